using System.CommandLine;
using GpuGan.Runner.Parsing;
using GpuGan.Runner.Report;
using GpuGan.Runner.Sweeps.Results;
using GpuGan.Runner.Sweeps.Specification;
using GpuGan.Runner.Trainings;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Commands;

/// <summary><c>gpugan merge</c>: makes of the shards of a sweep the result that one machine would have written.</summary>
internal static class MergeCommand
{
    public static Command Create()
    {
        Argument<string[]> folders = new("folders")
        {
            HelpName = "DIR",
            Description = "The shards' folder, or folders",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string?> output = Options.Path("--out", "DIR", "Folder for the result [default: the shards' folder; runs/sweep-HASH where they have several]");
        Option<bool> csv = Options.Switch("--csv", "Write members.csv beside members.parquet");
        Option<bool> noPlots = Options.Switch("--no-plots", "Draw no pictures");
        Option<bool> json = Options.Switch("--json", "Print one JSON document instead of the report");
        Verb command = new(
            "merge",
            "Checks that the shards of a sweep belong together and are complete, and writes the one result: the bytes that one machine would have written.",
            "gpugan merge shards",
            "gpugan merge node1 node2 node3 --out sweep") { folders, output, csv, noPlots, json };
        command.SetAction(parsed => (int)Run(
            parsed.GetRequiredValue(folders),
            parsed.GetValue(output),
            parsed.GetValue(csv),
            !parsed.GetValue(noPlots),
            parsed.GetValue(json),
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error));
        return command;
    }

    private static ExitCode Run(string[] paths, string? output, bool csv, bool plots, bool asJson, TextWriter report, TextWriter error)
    {
        SweepFolder[] folders = [.. paths.Select(SweepFolder.Open)];
        SweepSpecification specification = folders[0].Specification;
        foreach (SweepFolder folder in folders)
        {
            if (specification.DifferenceTo(folder.Specification, $"in {folder.Path}", $"in {folders[0].Path}") is string difference)
            {
                throw new FileContentException(folder.Path, $"holds a shard of another sweep: {difference}");
            }
        }

        SweepPlan plan = new(specification);
        ChunkFile[] chunks = [.. folders.SelectMany(folder => folder.ReadChunks(file => error.WriteLine($"gpugan: {file} is damaged, and left out")))];
        RequireComplete(plan, chunks);

        string path = output ?? (paths.Length == 1 ? paths[0] : SweepFolder.DefaultPath(specification));
        SweepFolder merged = SweepFolder.Make(path, specification);
        foreach (ChunkFile chunk in chunks)
        {
            merged.Copy(chunk);
        }

        SweepSummary summary = SweepOutput.Write(merged, plan, merged.ReadChunks(_ => { }), csv, plots);
        if (asJson)
        {
            System.Text.Json.Nodes.JsonObject json = summary.ToJson();
            json["run_folder"] = path;
            report.Write(Json.Document(json));
            return ExitCode.Done;
        }

        SweepReport.WritePlan(report, plan, Shard.Whole);
        SweepReport.Write(report, summary, plan.Specification.Limits);
        PopulationReport.Line(report, "run folder", path);
        return ExitCode.Done;
    }

    private static void RequireComplete(SweepPlan plan, ChunkFile[] chunks)
    {
        WorkRange[] missing = [.. new WorkRange(0, plan.Members).Without(chunks.SelectMany(chunk => chunk.Work.Ranges))];
        if (missing.Length == 0)
        {
            return;
        }

        int count = chunks.Select(chunk => chunk.Shard.Count).DefaultIfEmpty(1).Max();
        List<string> lacking = [];
        foreach (Shard shard in Enumerable.Range(1, count).Select(index => new Shard(index, count)))
        {
            WorkRange work = shard.WorkOf(plan);
            int members = missing.Sum(range => range.Intersect(work).Count);
            if (members > 0)
            {
                lacking.Add($"{(count == 1 ? "the sweep" : $"shard {shard}")} lacks {members} of {work.Count} members");
            }
        }

        const int Told = 8;
        string more = lacking.Count > Told ? $", and {lacking.Count - Told} other shards lack some" : "";
        string remedy = count == 1 ? "run its command again" : "run them again";
        throw new CommandException(ExitCode.Failed, $"incomplete: {string.Join(", ", lacking.Take(Told))}{more}; {remedy}");
    }
}
