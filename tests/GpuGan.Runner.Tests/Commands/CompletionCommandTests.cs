using System.Diagnostics;
using GpuGan.Kernels.Training.Losses;

namespace GpuGan.Runner.Tests.Commands;

internal sealed class CompletionCommandTests
{
    [TestCase("bash", "complete -o default -F _gpugan gpugan")]
    [TestCase("zsh", "#compdef gpugan")]
    [TestCase("pwsh", "Register-ArgumentCompleter -Native -CommandName gpugan")]
    public void A_script_knows_every_option(string shell, string registration)
    {
        Gpugan run = Gpugan.Run("completion", shell);
        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Output, Does.Contain(registration).And.Contain("--require-converged").And.Contain("minimax non-saturating"));
        Assert.That(run.Output, Does.Not.Contain("\r"));
    }

    [Test]
    public void Zsh_completes_files_where_an_argument_is_one() =>
        Assert.That(Gpugan.Run("completion", "zsh").Output, Does.Contain("':run:_files'").And.Contain("':source:_files'").And.Contain("'*:traces:_files'").And.Contain("'*:folders:_files'").And.Contain("'*:names:(analytic-optimum "));

    [TestCase("gpugan tr", "train")]
    [TestCase("gpugan dev", "devices")]
    [TestCase("gpugan --lr", "--lr-d --lr-decay --lr-g")]
    [TestCase("gpugan train --lr-de", "--lr-decay")]
    [TestCase("gpugan train --loss ", "{losses}")]
    [TestCase("gpugan --loss = mini", "minimax")]
    [TestCase("gpugan --loss =", "{losses}")]
    [TestCase("gpugan --hidden-activation l", "leaky-relu")]
    [TestCase("gpugan --device c", "cpu cuda")]
    [TestCase("gpugan verify --device ", "all cpu cuda opencl")]
    [TestCase("gpugan resume --ch", "--checkpoint-every")]
    [TestCase("gpugan sample --hidden-activation l", "leaky-relu")]
    [TestCase("gpugan export --o", "--out")]
    [TestCase("gpugan help s", "sample sweep")]
    [TestCase("gpugan comp", "compare completion")]
    [TestCase("gpugan compare --", "--data --help --json --no-plots --out")]
    [TestCase("gpugan report --mem", "--members")]
    [TestCase("gpugan replay --th", "--threads")]
    [TestCase("gpugan verify --th", "--threads")]
    [TestCase("gpugan reproduce bilinear d", "dirac-gan")]
    [TestCase("gpugan reproduce --mi", "--minutes")]
    [TestCase("gpugan replay --lr", "")]
    [TestCase("gpugan completion ", "--help bash pwsh zsh")]
    [TestCase("gpugan train --data ", "")]
    public void Bash_completes(string line, string expected)
    {
        if (!File.Exists("/bin/bash"))
        {
            Assert.Ignore("there is no bash here");
        }

        // In the order in which they are sorted.
        expected = expected.Replace("{losses}", string.Join(' ', LossTable.All.Words.Order(StringComparer.Ordinal)), StringComparison.Ordinal);
        using TemporaryFolder folder = new();
        string script = folder.Write("gpugan.bash", Gpugan.Run("completion", "bash").Output);
        string test = $$"""
            source {{script}}
            IFS=' ' read -ra COMP_WORDS <<< '{{line}}'
            [[ '{{line}}' == *' ' ]] && COMP_WORDS+=('')
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _gpugan
            printf '%s\n' "${COMPREPLY[@]}" | LC_ALL=C sort | tr '\n' ' '
            """;
        using Process bash = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", test]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        string completed = bash.StandardOutput.ReadToEnd().Trim();
        Assert.That(bash.StandardError.ReadToEnd(), Is.Empty);
        Assert.That(completed, Is.EqualTo(expected));
    }
}
