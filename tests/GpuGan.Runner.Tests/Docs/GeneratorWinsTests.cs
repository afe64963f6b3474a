using System.Text.RegularExpressions;

namespace GpuGan.Runner.Tests.Docs;

/// <summary>The commands of <c>docs/generator-wins.md</c> print what stands below them.</summary>
internal sealed class GeneratorWinsTests
{
    private static readonly string Page = File.ReadAllText(Path.Join(AppContext.BaseDirectory, "Docs", "generator-wins.md"));

    private static readonly IEnumerable<TestCaseData> Commands =
        from Match match in Regex.Matches(Page, "```sh\ngpugan (.+)\n```\n\n```text\n((?:.+\n)+)```\n")
        select new TestCaseData(match.Groups[1].Value, match.Groups[2].Value).SetArgDisplayNames(match.Groups[1].Value);

    [TestCaseSource(nameof(Commands))]
    [Category("Slow")]
    public void A_command_prints_the_lines_of_the_page(string command, string printed)
    {
        using TemporaryFolder folder = new();
        Gpugan run = Gpugan.Run([.. command.Split(' '), "--device", "cpu", "--quiet", "--out", folder["run"]]);
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")));
        Assert.That(Lines(printed), Is.SubsetOf(Lines(run.Output)));
    }

    [Test]
    public void Every_command_of_the_page_is_among_them() =>
        Assert.That(Commands.Count(), Is.EqualTo(Regex.Count(Page, "```sh")).And.Positive);

    private static string[] Lines(string text) => [.. text.Split('\n').Select(line => line.TrimEnd())];
}
