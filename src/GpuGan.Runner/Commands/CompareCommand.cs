using System.CommandLine;
using System.Globalization;
using GpuGan.Runner.Folders;
using GpuGan.Runner.Parsing;
using GpuGan.Runner.Plots;
using GpuGan.Runner.Report;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Commands;

/// <summary><c>gpugan compare</c>: shows runs, populations and sweeps side by side.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        Argument<string[]> folders = new("folders")
        {
            HelpName = "DIR",
            Description = "Folders of trainings, populations and sweeps, in any mix; two or more",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string?> data = Options.Path("--data", "FILE", "The rows of those trainings whose file is neither where it was, nor in or beside their folder");
        Option<string?> output = Options.Path(
            "--out", "DIR", "Folder for the pictures, compare-losses, compare-samples and compare-shares; those that are there are replaced [default: runs/TIME-compare]");
        Option<bool> noPlots = Options.Switch("--no-plots", "Draw no pictures");
        Option<bool> json = Options.Switch("--json", "Print one JSON document instead of the report");
        Verb command = new(
            "compare",
            "Shows trainings, populations and sweeps side by side: the settings that differ, the verdicts with their limits, losses and generated rows in " +
            "one picture each, shares with their intervals. Nothing is trained; what a folder lacks is left out, and said.",
            "gpugan compare runs/first runs/second",
            "gpugan compare runs/first runs/population sweeps/learning-rates --out comparison --json") { folders, data, output, noPlots, json };
        command.SetAction(parsed => (int)Run(
            parsed.GetRequiredValue(folders),
            parsed.GetValue(data),
            parsed.GetValue(output),
            !parsed.GetValue(noPlots),
            parsed.GetValue(json),
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error));
        return command;
    }

    private static ExitCode Run(string[] paths, string? data, string? output, bool plots, bool asJson, TextWriter report, TextWriter error)
    {
        if (paths.Length < 2 || paths.Length > ComparePlots.MostFolders)
        {
            throw new CommandException(ExitCode.Usage, $"compare takes 2 to {ComparePlots.MostFolders} folders, and {(paths.Length == 1 ? $"only {paths[0]} is" : $"{paths.Length} are")} given");
        }

        ComparedFolder[] folders = [.. paths.Select((path, place) => ComparedFolder.Read(path, (char)('A' + place), data))];
        string[] written = [];
        string? problem = plots ? PlotFailure.Of(() => written = Draw(folders, output ?? DefaultPath())) : null;
        if (asJson)
        {
            report.Write(Json.Document(CompareReport.ToJson(folders, written)));
        }
        else
        {
            CompareReport.Write(report, folders, written.Where(file => file.EndsWith(".png", StringComparison.Ordinal)));
        }

        return problem is null ? ExitCode.Done : Notice.Fail(error, ExitCode.Failed, problem);
    }

    private static string DefaultPath() => Path.Join("runs", $"{DateTime.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}-compare");

    private static string[] Draw(ComparedFolder[] folders, string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception exception) when (FileContentException.IsAboutFiles(exception))
        {
            throw FileContentException.Of(path, exception);
        }

        List<string> files = [];
        Picture.Write(ComparePlots.Of(folders), (name, bytes) =>
        {
            string file = Path.Join(path, name);
            AtomicFile.Write(file, stream => stream.Write(bytes));
            lock (files)
            {
                files.Add(file);
            }
        });
        return [.. files.Order(StringComparer.Ordinal)];
    }
}
