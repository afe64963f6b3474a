using System.Diagnostics;
using System.Globalization;
using GpuGan.Runner.Commands;

namespace GpuGan.Runner.Benchmarks;

/// <summary>The comparison with C++, PyTorch and TorchSharp, which lies beside the sources: <c>bench/compare.sh</c>.</summary>
internal static class PeerComparison
{
    private static readonly string Script = Path.Join("bench", "compare.sh");

    /// <summary>Runs it on the CPU; it prints its table, or a JSON object for each measurement.</summary>
    /// <param name="seconds">How long each program is measured in a round; the script takes whole seconds.</param>
    /// <param name="threads">Threads of each program; 0 for all cores.</param>
    /// <param name="json">Whether it prints JSON.</param>
    /// <exception cref="CommandException">There is no such script here, or it cannot be run.</exception>
    public static ExitCode Run(double seconds, int threads, bool json)
    {
        ProcessStartInfo start = new("bash") { UseShellExecute = false };
        start.ArgumentList.Add(Find(Environment.CurrentDirectory) ?? throw new CommandException(
            ExitCode.Failed, $"--compare needs the sources: no {Script} in {Environment.CurrentDirectory} or above; run it in a clone of the repository"));
        Add("--seconds", (int)Math.Ceiling(seconds));
        if (threads > 0)
        {
            Add("--threads", threads);
        }

        if (json)
        {
            start.ArgumentList.Add("--json");
        }

        try
        {
            using Process process = Process.Start(start)!;
            process.WaitForExit();
            return process.ExitCode == 0 ? ExitCode.Done : ExitCode.Failed;
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new CommandException(ExitCode.Failed, $"--compare needs bash: {exception.Message}");
        }

        void Add(string option, int value)
        {
            start.ArgumentList.Add(option);
            start.ArgumentList.Add(value.ToString(CultureInfo.InvariantCulture));
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
