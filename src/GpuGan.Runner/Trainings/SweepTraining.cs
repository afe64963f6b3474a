using System.Globalization;
using System.Text.Json.Nodes;
using GpuGan.Runner.Report;
using GpuGan.Runner.Settings;
using GpuGan.Runner.Sweeps.Execution;
using GpuGan.Runner.Sweeps.Results;
using GpuGan.Runner.Sweeps.Specification;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Trainings;

/// <summary>Trains what is left of a sweep, or of a part of it, and writes the results when all is done.</summary>
internal static class SweepTraining
{
    /// <summary>Trains and reports.</summary>
    /// <param name="arguments">What was asked for.</param>
    /// <param name="data">What the members learn.</param>
    /// <param name="plan">The sweep's.</param>
    /// <param name="shard">The part that is done here.</param>
    /// <param name="devices">Work on it together.</param>
    /// <param name="path">The folder.</param>
    /// <param name="output">Takes the report.</param>
    /// <param name="error">Takes progress and warnings.</param>
    public static ExitCode Run(
        SweepArguments arguments, SweepData data, SweepPlan plan, Shard shard, OpenedDevices devices, string path, TextWriter output, TextWriter error)
    {
        StageClock clock = new();
        using Interruption interruption = new(arguments.Quiet ? TextWriter.Null : error, "chunk");
        WorkRange own = shard.WorkOf(plan);
        using SweepFolder folder = SweepFolder.Begin(path, plan, own, arguments.Fresh, Warn);
        if (shard == Shard.Whole)
        {
            folder.Tidy();
        }

        IReadOnlyList<ChunkFile> done = folder.ReadChunks(file => Warn($"{file} is damaged, and its members are trained again"));
        ChunkQueue queue = new(plan, own.Without(done.SelectMany(chunk => chunk.Work.Ranges)));
        TextWriter report = arguments.Json ? TextWriter.Null : output;
        SweepReport.WritePlan(report, plan, shard);
        Remarks.Write(report, data.Remarks);
        SweepReport.WriteDoneBefore(report, own.Count - queue.Members, folder.ExtendedFrom);
        clock.End("load");

        bool complete = queue.Members == 0;
        if (!complete)
        {
            folder.DeleteReport();
            SweepRunner runner = new(plan, folder, shard);
            long before = (long)(plan.StepsOf(own) - queue.Steps);
            PopulationProgress.Show(error, arguments.Quiet, before, before + (long)queue.Steps, show =>
                complete = runner.Run(queue, devices.All, show, Warn, () => interruption.Requested));
        }

        double seconds = clock.End("train");
        if (!complete)
        {
            throw new CommandException(ExitCode.Interrupted, $"interrupted; what is done is in {folder.Path}, and the same command goes on with it");
        }

        JsonObject json = shard == Shard.Whole ? WriteResult() : new JsonObject { ["shard"] = $"{shard}", ["members"] = own.Count };
        clock.End("write");
        if (shard != Shard.Whole)
        {
            PopulationReport.Line(report, "next", "when all shards are done: gpugan merge FOLDER…");
        }

        if (queue.Members > 0)
        {
            double speed = queue.Steps / seconds;
            json["device"] = $"{devices}";
            json["gan_steps_per_second"] = Math.Round(speed);
            PopulationReport.Line(report, "speed", string.Create(
                CultureInfo.InvariantCulture, $"{speed:0.00e+0} GAN-steps/s in {seconds:f1} s, compiling and verdicts included"));
            PopulationReport.Line(report, "device", $"{devices}");
            FastMathNote.Write(report, plan.Specification.FastMath, devices.All[^1].Device);
        }

        PopulationReport.Line(report, "run folder", folder.Path);
        if (arguments.Json)
        {
            json["times"] = clock.ToJson();
            json["run_folder"] = folder.Path;
            json["remarks"] = Remarks.ToJson(data.Remarks);
            output.Write(Json.Document(json));
        }

        return ExitCode.Done;

        JsonObject WriteResult()
        {
            SweepSummary summary = SweepOutput.Write(folder, plan, folder.ReadChunks(_ => { }), arguments.Csv, arguments.Plots);
            SweepReport.Write(report, summary, plan.Specification.Limits, RealAccuracy());
            return summary.ToJson();
        }

        // Of several distributions there is not one, and where rows are Gaussian their moments tell.
        double? RealAccuracy() => data.File is null && (plan.Specification.First.Distribution.IsGaussian || plan.Specification.Axes.Any(axis => axis.Name == DistributionWord.Name))
            ? null
            : data.Evaluation(plan.Specification.First.Distribution, plan.Specification.Limits).RealAccuracy(plan.Specification.Seed);

        void Warn(string problem) => Notice.Warn(error, [problem]);
    }
}
