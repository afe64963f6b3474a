using System.Diagnostics;
using GpuGan.Runner.Commands;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Tests;

/// <summary>A run of the program, and what came of it.</summary>
internal sealed record Gpugan(int ExitCode, string Output, string Error)
{
    /// <summary>The program's assembly, which the build puts beside the tests.</summary>
    public static string Assembly => typeof(CommandLine).Assembly.Location;

    /// <summary>Runs in this process.</summary>
    public static Gpugan Run(params string[] args)
    {
        using StringWriter output = new(), error = new();
        ExitCode exitCode = CommandLine.Run(args, output, error);
        return new Gpugan((int)exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Starts a process of its own.</summary>
    public static Process Start(string folder, params string[] args)
    {
        ProcessStartInfo start = new(DotNet) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Assembly);
        foreach (string argument in args)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    /// <summary>Waits for a process to end.</summary>
    public static Gpugan Finish(Process process)
    {
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Gpugan(process.ExitCode, output, error.Result);
    }

    // The host that runs these tests.
    private static string DotNet => Environment.ProcessPath is string path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
}
