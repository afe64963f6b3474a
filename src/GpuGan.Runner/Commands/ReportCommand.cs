using System.CommandLine;
using GpuGan.Kernels.Devices;
using GpuGan.Runner.Files;
using GpuGan.Runner.HtmlReport;
using GpuGan.Runner.Report;
using GpuGan.Runner.Sweeps;

namespace GpuGan.Runner.Commands;

/// <summary><c>gpugan report</c>: makes one page of a folder, to be read in any browser.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        Argument<string> folder = new("run") { HelpName = "DIR", Description = "Folder of a training, a population or a sweep" };
        Option<string?> file = Options.Path("--out", "FILE", "The page [default: report.html in the folder]");
        Option<string?> data = Options.DataAgain();
        DeviceOptions device = new();
        Verb command = new(
            "report",
            "Makes a page of a training, a population or a sweep, which needs no network: verdicts, pictures, the evolution of a training under a " +
            "slider, heat maps whose cells show some of their members. What the folder does not hold is trained again from the seeds.",
            "gpugan report runs/first",
            "gpugan report sweeps/learning-rates --out report.html") { folder, file, data };
        foreach (Option option in device.All)
        {
            command.Add(option);
        }

        command.SetAction(parsed => (int)Run(
            parsed.GetRequiredValue(folder), parsed.GetValue(file), parsed.GetValue(data), device.Bind(parsed), parsed.InvocationConfiguration.Output));
        return command;
    }

    private static ExitCode Run(string folder, string? file, string? data, DeviceArguments arguments, TextWriter output)
    {
        RunKind kind = RunKinds.Of(folder);
        using Device device = arguments.Open();
        (string page, string? unfinished) = kind switch
        {
            RunKind.Training => (RunPage.Make(folder, MemberData.Read(folder, data), device), null),
            RunKind.Population => (OfPopulation(folder, data, device), null),
            _ => OfSweep(folder, data, device),
        };
        string path = file ?? Path.Join(folder, RunFolder.ReportName);
        AtomicFile.Write(path, page);
        PopulationReport.Line(output, "report", path);
        PopulationReport.WriteUnfinished(output, unfinished);
        return ExitCode.Done;
    }

    private static string OfPopulation(string folder, string? data, Device device) => SweepPage.Make(
        NameOf(folder),
        PopulationMembers.Read(folder),
        MemberData.Read(folder, data),
        PopulationFolder.Read(folder).FastMath,
        device);

    private static (string Page, string? Unfinished) OfSweep(string folder, string? data, Device device)
    {
        SweepSpecification specification = SweepFolder.Open(folder).Specification;
        SweepResult result = SweepResult.Read(folder);
        return (SweepPage.Make(NameOf(folder), result, MemberData.Of(folder, specification, data), specification.FastMath, device), result.Unfinished);
    }

    private static string NameOf(string folder) => Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
}
