using System.CommandLine;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Parsing;
using GpuGan.Runner.Replay;
using GpuGan.Runner.Report;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Commands;

/// <summary><c>gpugan replay</c>: trains along recorded trainings, and compares step by step.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        Argument<string[]> files = new("traces")
        {
            HelpName = "TRACE.safetensors",
            Description = "Recorded trainings",
            Arity = ArgumentArity.OneOrMore,
        };
        DeviceOptions device = new();
        Verb command = new(
            "replay",
            "Trains along recorded trainings with their data, noise and initial weights, and compares losses, gradients and parameters. " +
            "Exits with 4 when a tolerance of a file is exceeded.",
            "gpugan replay tests/Reference/chapter.safetensors",
            "gpugan replay --device cpu tests/Reference/*.safetensors") { files };
        foreach (Option option in device.All)
        {
            command.Add(option);
        }

        command.SetAction(parsed => (int)Run(
            parsed.GetRequiredValue(files),
            device.Bind(parsed),
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error));
        return command;
    }

    // Every file is replayed, whatever became of those before it; the worst exit code counts.
    private static ExitCode Run(string[] files, DeviceArguments arguments, TextWriter output, TextWriter error)
    {
        using Device device = arguments.Open();
        ExitCode worst = ExitCode.Done;
        foreach (string file in files)
        {
            ExitCode exitCode = Replay(file, device, output, error);
            worst = exitCode > worst ? exitCode : worst;
        }

        return worst;
    }

    private static ExitCode Replay(string file, Device device, TextWriter output, TextWriter error)
    {
        try
        {
            Trace trace = Trace.Open(file);
            IReadOnlyList<(Engine Engine, Comparison Comparison)> all = Comparison.All(trace, device);
            ReplayReport.Write(output, file, trace, all, device.Word);
            return all.All(one => one.Comparison.Holds && one.Comparison.Sha256 == all[0].Comparison.Sha256) ? ExitCode.Done : ExitCode.Disagreed;
        }
        catch (FileContentException exception)
        {
            return Notice.Fail(error, ExitCode.Failed, exception.Message);
        }
    }
}
