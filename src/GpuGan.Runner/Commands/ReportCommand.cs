using System.CommandLine;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Metrics;
using GpuGan.Runner.Files;
using GpuGan.Runner.Folders;
using GpuGan.Runner.HtmlReport;
using GpuGan.Runner.Parsing;
using GpuGan.Runner.Plots;
using GpuGan.Runner.Report;
using GpuGan.Runner.Sweeps.Results;
using GpuGan.Runner.Sweeps.Specification;
using GpuGan.Runner.Trajectories;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Commands;

/// <summary><c>gpugan report</c>: makes one page of a folder, to be read in any browser.</summary>
internal static class ReportCommand
{
    private const int MostMembers = 1000, ShownWays = 3;

    public static Command Create()
    {
        Argument<string> folder = new("run") { HelpName = "DIR", Description = "Folder of a training, a population or a sweep" };
        Option<string?> file = Options.Path("--out", "FILE", "The page [default: report.html in the folder]");
        Option<string?> data = Options.DataAgain();
        Option<int?> members = Options.OptionalCount(
            "--members", $"Members of each cell of a sweep, or of a population, that are shown: best, median, worst, and others between [default: up to {SweepPage.MostOfCell}]", least: 0, most: MostMembers);
        Option<bool> quiet = Options.Switch("--quiet", "Show no progress");
        DeviceOptions device = new();
        Verb command = new(
            "report",
            "Makes a page of a training, a population or a sweep, which needs no network: verdicts, pictures, the evolution of a training under a " +
            "slider, heat maps whose cells show some of their members. What the folder does not hold is trained again from the seeds.",
            "gpugan report runs/first",
            "gpugan report sweeps/learning-rates --out report.html") { folder, file, data, members };
        foreach (Option option in device.All)
        {
            command.Add(option);
        }

        command.Add(quiet);

        command.SetAction(parsed => (int)Run(
            parsed.GetRequiredValue(folder),
            parsed.GetValue(file),
            parsed.GetValue(data),
            parsed.GetValue(members),
            parsed.GetValue(quiet),
            device.Bind(parsed),
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error));
        return command;
    }

    private static ExitCode Run(string folder, string? file, string? data, int? members, bool quiet, DeviceArguments arguments, TextWriter output, TextWriter error)
    {
        RunKind kind = RunKinds.Of(folder);
        if (kind == RunKind.Training && members is not null)
        {
            throw new CommandException(ExitCode.Usage, $"--members is for populations and sweeps; {folder} is one training");
        }

        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
        using Device device = arguments.Open();
        (string page, string? unfinished) = kind switch
        {
            RunKind.Training => (RunPage.Make(folder, MemberData.Read(folder, data), device, error, quiet), null),
            RunKind.Population => OfMembers(PopulationMembers.Read(folder), MemberData.Read(folder, data), PopulationFolder.Read(folder).FastMath),
            _ => OfSweep(SweepFolder.Open(folder).Specification),
        };
        string path = file ?? Path.Join(folder, RunFolder.ReportName);
        AtomicFile.Write(path, page);
        PopulationReport.Line(output, "report", path);
        PopulationReport.WriteUnfinished(output, unfinished);
        return ExitCode.Done;

        (string Page, string? Unfinished) OfSweep(SweepSpecification specification) =>
            OfMembers(SweepResult.Read(folder), SweepData.OfMembers(folder, specification, data), specification.FastMath);

        (string Page, string? Unfinished) OfMembers(SweepResult result, MemberData source, bool fastMath)
        {
            Picture[] ways = [.. WaysOf(folder, result, source.Limits, data)];
            return (SweepPage.Make(name, result, source, fastMath, device, ways, members, error, quiet), result.Unfinished);
        }
    }

    private static IEnumerable<Picture> WaysOf(string folder, SweepResult result, VerdictLimits limits, string? data) =>
        File.Exists(Path.Join(folder, HistoryParquet.FileName))
            ? Ranking.Pick(result.Rows, ShownWays, limits).SelectMany(pick => HistoryPlots.OfMember(folder, (int)pick.Row.Member, data, Named(pick.Place, pick.Row.Member)))
            : [];

    private static string Named(string? place, long member) => place is null ? $"Member {member}" : $"Member {member}, the {place}";
}
