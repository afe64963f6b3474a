using System.CommandLine;
using GpuGan.Kernels.Devices;
using GpuGan.Runner.Parsing;
using GpuGan.Runner.Report;
using GpuGan.Runner.Verification;
using GpuGan.Runner.Wording;
using Spectre.Console;

namespace GpuGan.Runner.Commands;

/// <summary><c>gpugan verify</c>: shows on the user's machine that every accelerator gives the same bits.</summary>
internal static class VerifyCommand
{
    private const string AllDevices = "all";

    public static Command Create()
    {
        Option<string> device = Options.Free("--device", "all|cpu|cuda[:n]|opencl[:n]", "Accelerators to verify", AllDevices);
        device.CompletionSources.Add(AllDevices, "cpu", "cuda", "opencl");
        Option<int> threads = DeviceOptions.Threads();
        Option<bool> json = Options.Switch("--json", "Print the checks as JSON");
        Verb command = new(
            "verify",
            "Trains GANs of many kinds on every accelerator that can be used, compares their bits with the CPU's and with known " +
            "checksums, and follows recorded PyTorch trainings. Exits with 4 when anything disagrees.",
            "gpugan verify",
            "gpugan verify --device opencl:0",
            "gpugan verify --json") { device, threads, json };
        command.SetAction(parsed => (int)Run(
            Accelerators(parsed.GetValue(device)!, parsed.GetValue(threads)),
            TrainingCases.All,
            ReferenceTraces.Names,
            parsed.GetValue(json),
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error));
        return command;
    }

    /// <summary>Verifies.</summary>
    /// <param name="accelerators">The reference first.</param>
    /// <param name="trainings">What is trained on each.</param>
    /// <param name="traces">Names of <see cref="ReferenceTraces"/>.</param>
    /// <param name="json">Whether to print JSON.</param>
    /// <param name="output">Takes the checks.</param>
    /// <param name="error">Takes the progress, where it is a terminal.</param>
    internal static ExitCode Run(
        IReadOnlyList<VerifiedAccelerator> accelerators,
        IReadOnlyList<TrainingCase> trainings,
        IReadOnlyList<string> traces,
        bool json,
        TextWriter output,
        TextWriter error)
    {
        IReadOnlyList<Check> checks = Watch(error, Verifier.Run(accelerators, trainings, traces));
        if (json)
        {
            output.Write(Json.Document(VerificationReport.ToJson(checks)));
        }
        else
        {
            VerificationReport.Write(output, checks);
        }

        return checks.All(check => check.Holds) ? ExitCode.Done : ExitCode.Disagreed;
    }

    // Tells on a terminal what was done last.
    private static List<Check> Watch(TextWriter error, IEnumerable<Check> checks)
    {
        if (!Terminal.IsTerminal(error))
        {
            return [.. checks];
        }

        return Terminal.ConsoleOf(error).Status().Start("verifying", status => checks.Select(check =>
        {
            status.Status($"{Markup.Escape(check.Accelerator)}: {Markup.Escape(check.Subject)}");
            return check;
        }).ToList());
    }

    private static IReadOnlyList<VerifiedAccelerator> Accelerators(string word, int threads)
    {
        if (word == AllDevices)
        {
            return VerifiedAccelerator.All(threads);
        }

        // A device that is not there is told before the trainings.
        using Device device = new DeviceArguments(word, threads, AllDevices).Open();
        return VerifiedAccelerator.Only(device.Word, threads);
    }
}
