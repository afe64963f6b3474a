using System.Diagnostics;
using System.Globalization;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Benchmarks;

/// <summary>The comparison with C++, PyTorch and TorchSharp, which lies beside the sources: <c>bench/compare.sh</c>, and of wider networks <c>bench/widths.sh</c>.</summary>
internal static class PeerComparison
{
    private static readonly string Script = Path.Join("bench", "compare.sh"), OfWidths = "widths.sh";

    /// <summary>Runs both on the CPU, one after the other; they print their tables, or the first one a JSON object for each measurement.</summary>
    /// <param name="seconds">How long each program is measured in a round; the scripts take whole seconds.</param>
    /// <param name="threads">Threads of each program; 0 for all cores.</param>
    /// <param name="json">Whether to print JSON, of the chapter's networks alone.</param>
    /// <param name="table">Where the second table is written as CSV too; null for nowhere.</param>
    /// <exception cref="CommandException">There are no such scripts here, or they cannot be run.</exception>
    public static ExitCode Run(double seconds, int threads, bool json, string? table)
    {
        string script = Find(Environment.CurrentDirectory) ?? throw new CommandException(
            ExitCode.Failed, $"--compare needs the sources: no {Script} in {Environment.CurrentDirectory} or above; run it in a clone of the repository");
        string[] common = ["--seconds", Word((int)Math.Ceiling(seconds)), .. threads > 0 ? (string[])["--threads", Word(threads)] : []];
        ExitCode code = Bash(script, [.. common, .. json ? (string[])["--json"] : []]);
        return code != ExitCode.Done || json
            ? code
            : Bash(Path.Join(Path.GetDirectoryName(script), OfWidths), [.. common, .. table is null ? (string[])[] : ["--csv", Path.GetFullPath(table)]]);

        static string Word(int number) => number.ToString(CultureInfo.InvariantCulture);
    }

    private static ExitCode Bash(string script, string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("bash", [script, .. arguments]) { UseShellExecute = false })!;
            process.WaitForExit();
            return process.ExitCode == 0 ? ExitCode.Done : ExitCode.Failed;
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new CommandException(ExitCode.Failed, $"--compare needs bash: {exception.Message}");
        }
    }

    /// <summary>The script in a folder or the nearest one above that has it.</summary>
    internal static string? Find(string? folder)
    {
        for (; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Path.Join(folder, Script) is var script && File.Exists(script))
            {
                return script;
            }
        }

        return null;
    }
}
