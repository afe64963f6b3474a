using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using GpuGan.Runner.Report;
using GpuGan.Runner.Sweeps;

namespace GpuGan.Runner.Commands;

/// <summary><c>gpugan sweep</c>: trains many settings and seeds, and says where the GAN really converges.</summary>
internal static class SweepCommand
{
    public static Command Create()
    {
        SweepOptions options = new();
        Verb command = new(
            "sweep",
            "Trains every combination of settings from many seeds, and says where the GAN really converges. VALUES are a list, .01,.05; a range, " +
            "lin:FROM:TO:COUNT or log:FROM:TO:COUNT; with --random a distribution, uniform:FROM:TO or loguniform:FROM:TO. The same command goes on with what is done.",
            "gpugan sweep --lr-d .005,.05 --lr-g .005,.05 --seeds 64",
            "gpugan sweep --lr-d log:1e-4:1:32 --lr-g log:1e-4:1:32 --seeds 64 --plan",
            "gpugan sweep --discriminator 2-5-3-1,2-8-1 --batch-size 4,8,16 --g-loss non-saturating,minimax --csv",
            "gpugan sweep --random 1000 --lr-d loguniform:1e-4:1 --beta1 uniform:0:0.95",
            "gpugan sweep --spec sweep.json --shard 3/8 --out shards");
        options.AddTo(command);
        command.SetAction(parsed => (int)Run(
            options.Bind(parsed), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }

    private static ExitCode Run(SweepArguments arguments, TextWriter output, TextWriter error)
    {
        StageClock clock = new();
        SweepData data = SweepData.Of(arguments.Request);
        SweepSpecification specification = SweepSpecification.Of(arguments.Request, data.Columns, data.Sha256, data.File?.Rows);
        if (arguments.PrintSpec)
        {
            output.Write(Json.Document(specification.ToJson()));
            return ExitCode.Done;
        }

        Shard shard = Shard.Find(arguments.Shard, arguments.Shards, Environment.GetEnvironmentVariable);
        SweepPlan plan = new(specification);
        WorkRange own = shard.WorkOf(plan);
        string path = arguments.Out ?? SweepFolder.DefaultPath(specification);
        if (arguments.Plan)
        {
            return SweepEstimate.Print(arguments, plan, shard, data, path, output);
        }

        using Interruption interruption = new(arguments.Quiet ? TextWriter.Null : error, "chunk");
        SweepFolder folder = SweepFolder.Make(path, specification, arguments.Fresh, own);
        if (shard == Shard.Whole)
        {
            folder.Tidy();
        }

        IReadOnlyList<ChunkFile> chunks = folder.ReadChunks(file => Warn(error, $"{file} is damaged, and its members are trained again"));
        ChunkQueue queue = new(plan, own.Without(chunks.Select(chunk => chunk.Work)));
        TextWriter report = arguments.Json ? TextWriter.Null : output;
        SweepReport.WritePlan(report, plan);
        if (shard != Shard.Whole)
        {
            PopulationReport.Line(report, "shard", string.Create(CultureInfo.InvariantCulture, $"{shard}, {own.Count:n0} members"));
        }

        if (queue.Members < own.Count)
        {
            PopulationReport.Line(report, "done before", string.Create(CultureInfo.InvariantCulture, $"{own.Count - queue.Members:n0} members"));
        }

        clock.End("load");
        string devices = "";
        bool done = queue.Members == 0;
        if (!done)
        {
            IReadOnlyList<SweepDevice> opened = arguments.Devices.Open(data, arguments.Chunk);
            try
            {
                devices = string.Join(", ", opened.Select(device => $"{device.Word} ({device.Name})"));
                SweepRunner runner = new(plan, folder, shard);
                PopulationProgress.Show(error, arguments.Quiet, (long)queue.Steps, show =>
                    done = runner.Run(queue, opened, show, problem => Warn(error, problem), () => interruption.Requested));
                foreach (SweepDevice device in opened.Take(1))
                {
                    FastMathNote.Write(report, specification.FastMath, device.Device);
                }
            }
            finally
            {
                foreach (SweepDevice device in opened)
                {
                    device.Dispose();
                }
            }
        }

        double seconds = clock.End("train");
        if (!done)
        {
            throw new CommandException(ExitCode.Interrupted, string.Create(
                CultureInfo.InvariantCulture, $"interrupted; what is done is in {folder.Path}, and the same command goes on with it"));
        }

        JsonObject json = [];
        if (shard == Shard.Whole)
        {
            SweepSummary summary = SweepOutput.Write(folder, plan, folder.ReadChunks(_ => { }), arguments.Csv);
            json = summary.ToJson();
            SweepReport.Write(report, summary);
        }
        else
        {
            json["shard"] = $"{shard}";
            json["members"] = own.Count;
            PopulationReport.Line(report, "next", "when all shards are done: gpugan merge FOLDER…");
        }

        clock.End("write");
        if (queue.Members > 0)
        {
            json["device"] = devices;
            json["gan_steps_per_second"] = Math.Round(queue.Steps / seconds);
            PopulationReport.Line(report, "speed", string.Create(CultureInfo.InvariantCulture, $"{queue.Steps / seconds:0.00e+0} GAN-steps/s in {seconds:f1} s, compiling and verdicts included"));
            PopulationReport.Line(report, "device", devices);
        }

        PopulationReport.Line(report, "run folder", folder.Path);
        if (arguments.Json)
        {
            json["times"] = clock.ToJson();
            json["run_folder"] = folder.Path;
            output.Write(Json.Document(json));
        }

        return ExitCode.Done;
    }

    private static void Warn(TextWriter error, string problem) => error.WriteLine($"gpugan: {Files.Text.OnOneLine(problem)}");
}
