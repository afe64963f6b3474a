using System.CommandLine;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Data;
using GpuGan.Runner.Parsing;
using GpuGan.Runner.Report;
using GpuGan.Runner.Sweeps.Execution;
using GpuGan.Runner.Sweeps.Results;
using GpuGan.Runner.Sweeps.Specification;
using GpuGan.Runner.Trainings;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Commands;

/// <summary><c>gpugan sweep</c>: trains many settings and seeds, and says where the GAN really converges.</summary>
internal static class SweepCommand
{
    private const int MostLookedAt = 4096;

    public static Command Create()
    {
        SweepOptions options = new();
        Verb command = new(
            "sweep",
            "Trains every combination of settings from many seeds, and says where the GAN really converges. VALUES are a list, .01,.05; a range, " +
            "lin:FROM:TO:COUNT or log:FROM:TO:COUNT; with --random a distribution, uniform:FROM:TO or loguniform:FROM:TO. The same command goes on with what is done. " +
            TrainOptions.Converged,
            "gpugan sweep --lr-d .005,.05 --lr-g .005,.05 --seeds 64",
            "gpugan sweep --lr-d log:1e-4:1:32 --lr-g log:1e-4:1:32 --seeds 64 --plan",
            "gpugan sweep --discriminator 2-5-3-1,2-8-1 --batch-size 4,8,16 --loss non-saturating,minimax --csv",
            "gpugan sweep --random 1000 --lr-d loguniform:1e-4:1 --beta1 uniform:0:0.95",
            "gpugan sweep --spec sweep.json --shard 3/8 --out shards");
        options.AddTo(command);
        command.SetAction(parsed => (int)Run(
            options.Bind(parsed), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }

    private static ExitCode Run(SweepArguments arguments, TextWriter output, TextWriter error)
    {
        SweepData data = SweepData.Of(arguments.Request);
        SweepSpecification specification = SweepSpecification.Of(arguments.Request, data.Columns, data.Sha256, data.File?.Rows.Rows);
        Notice.Warn(error, arguments.Request.Remarks());
        if (arguments.PrintSpec)
        {
            output.Write(Json.Document(specification.ToJson()));
            return ExitCode.Done;
        }

        Shard shard = Shard.Find(arguments.Shard, arguments.Shards, Environment.GetEnvironmentVariable);
        SweepPlan plan = new(specification);
        string path = arguments.Out ?? SweepFolder.DefaultPath(specification);
        using OpenedDevices devices = arguments.Devices.Open(data, arguments.Chunk);
        if (arguments.Plan)
        {
            SweepEstimate estimate = SweepEstimate.Of(plan, shard, devices);
            SweepReport.WriteEstimate(output, arguments.Json, plan, shard, estimate, $"{devices}", path, data.Remarks);
            return ExitCode.Done;
        }

        if (data.File is LearnedData learned)
        {
            Notice.Warn(error, Reach.Warnings(learned, FarthestOf(plan, learned.Rows.Rows)));
            if (!specification.Shuffle)
            {
                RowSequence.Warn(error, specification.Data!, learned.Real);
            }
        }

        return SweepTraining.Run(arguments, data, plan, shard, devices, path, output, error);
    }

    // Where one point of the sweep reaches the data there is nothing to warn of; of very many points some are looked at.
    private static TrainingSettings FarthestOf(SweepPlan plan, int rows)
    {
        int looked = Math.Min(plan.Points, MostLookedAt);
        return Enumerable.Range(0, looked)
            .Select(i => plan.SettingsOf((int)((long)i * plan.Points / looked)).Training)
            .MaxBy(settings => Reach.Of(settings, rows))!;
    }
}
