using System.Text.Json.Nodes;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Engines;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Data;
using GpuGan.Runner.Files;
using GpuGan.Runner.Parsing;
using GpuGan.Runner.Plots;
using GpuGan.Runner.Report;
using GpuGan.Runner.Settings;
using GpuGan.Runner.Trajectories;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Trainings;

/// <summary>Trains one GAN, from its beginning or from a checkpoint, and says whether it converged.</summary>
internal static class SingleTraining
{
    /// <summary>Trains a GAN.</summary>
    /// <param name="arguments">Checked as far as they can be without the data.</param>
    /// <param name="output">Takes the report.</param>
    /// <param name="error">Takes the progress.</param>
    public static ExitCode Run(TrainArguments arguments, TextWriter output, TextWriter error)
    {
        StageClock clock = new();
        using Interruption interruption = new(arguments.Quiet ? TextWriter.Null : error);
        using Device device = arguments.Device.Open();
        ulong dataSeed = arguments.DataSeed ?? arguments.Settings.Seed;
        LearnedData learned = arguments switch
        {
            { Earlier: MemberData earlier } => earlier.Draw(dataSeed),
            { Data: string file } => LearnedData.Read(file, arguments.Csv, arguments.Standardize),
            _ => LearnedData.Drawn(arguments.Distribution, dataSeed, arguments.Rows),
        };
        DataSet data = learned.Rows;
        TrainingSettings settings = arguments.Validate(data.Columns, ExitCode.Failed).ForRows(data.Rows);
        if (arguments.Data is not null && !settings.Shuffle)
        {
            RowSequence.Warn(error, arguments.Data, learned.Real);
        }

        Evaluation evaluation = LearnedData.Evaluation(learned, arguments.Distribution, arguments.Limits);
        Checkpoint? checkpoint = arguments.Resumes ? ReadCheckpoint(arguments, settings, learned) : null;
        clock.End("load");

        using ITrainer training = Trainers.Begin(arguments.Engine, arguments.FastMath, device, settings, data);
        if (checkpoint is not null)
        {
            training.WriteState(checkpoint.State);
        }
        else
        {
            arguments.Initial?.Start(training);
        }

        RunFolder folder = MakeFolder(arguments, settings, training.Engine, device, learned);
        clock.End("compile");

        TextWriter report = arguments.Json ? TextWriter.Null : output;
        TrainingReport.WriteData(report, arguments.Data ?? $"{DistributionWord.Describe(arguments.Distribution)}, seed {dataSeed}", learned, arguments.Data is null ? evaluation.Target : null);
        TrainingReport.WriteOrder(report, settings.Shuffle);
        BatchNote.Write(report, settings.BatchSize, data.Rows);
        if (arguments.Data is not null)
        {
            Notice.Warn(error, Reach.Warnings(learned, settings));
        }

        List<EpochLosses> losses = [.. checkpoint?.Losses ?? []];
        if (checkpoint is not null)
        {
            TrainingReport.WriteResumed(report, losses.Count, settings.Epochs);
        }

        History? history = arguments.History?.Of(settings);
        HashSet<int> kept = [.. history?.EpochsOf(settings.Epochs) ?? []];
        List<HistoryPoint> points = history is null || checkpoint is null ? [] : HistoryBefore(arguments.Out!, kept, losses.Count);
        int saved = losses.Count;
        IReadOnlyDictionary<string, string>? identity = null; // Of the hash of all rows, which is not made for each checkpoint again.
        TrainingProgress.Show(error, arguments.Quiet, settings.Epochs, show =>
        {
            while (losses.Count < settings.Epochs && training.DivergedAt is null && (losses.Count == 0 || !interruption.Requested))
            {
                losses.Add(training.TrainEpoch());
                show(losses[^1]);
                if (kept.Contains(losses.Count))
                {
                    KeepPoint();
                }

                if (losses.Count % arguments.CheckpointEvery == 0)
                {
                    Save();
                }
            }
        });
        // One that was interrupted or diverged has its last epoch too.
        if (history is not null && points.LastOrDefault()?.Epoch != losses.Count)
        {
            KeepPoint();
        }

        // An interrupted training can go on, and one that came to its end can be made longer.
        Save();
        WriteHistory();

        RunResult result = RunResult.Of(training, device, settings, losses, evaluation, arguments.Accuracy, learned.Real.Names, arguments.Energy);
        clock.End("train");

        folder.Write(RunFolder.LossesName, result.ToCsv());
        folder.Write(RunFolder.WeightsName, stream => WeightsFile.Write(
            stream, result.Parameters, result.Judged, SettingsJson.Metadata(settings, data.Rows, arguments.DataSeed, learned.Distribution), learned.Real.Names, learned.Standardization));
        string? plotProblem = arguments.Plots
            ? PlotFailure.Of(() => RunPlots.Write(
                folder.Path,
                PlotInputs.Of(learned, result.Judged, result.Settings, result.Losses, evaluation, TrainingFolder.ReadHistory(folder.Path)),
                (path, bytes) => AtomicFile.Write(path, stream => stream.Write(bytes))))
            : null;
        clock.End("plot");

        JsonObject json = result.ToJson(clock.ToJson(), folder.Path);
        json.Insert(json.IndexOf("times"), "remarks", Remarks.ToJson(learned.Remarks));
        folder.Write(RunFolder.MetricsName, Json.Document(json));
        if (arguments.Json)
        {
            output.Write(Json.Document(json));
        }

        TrainingReport.WriteResult(report, result, folder.Path);
        FastMathNote.Write(report, arguments.FastMath, device);
        return plotProblem is null ? Judge(result, arguments, folder, error) : Notice.Fail(error, ExitCode.Failed, plotProblem);

        void KeepPoint() => points.Add(history!.PointOf(losses[^1], training.ReadJudged(), training.DivergedAt is not null, evaluation, settings.Seed));

        void WriteHistory()
        {
            if (history is not null)
            {
                HistoryColumns columns = HistoryColumns.Of(history, settings);
                folder.Write(HistoryParquet.FileName, stream => HistoryParquet.Write(
                    stream, points.Select(point => new HistoryRow(0, settings.Seed, point, columns)), columns.Names, arguments.TableMetadata(settings, data.Rows, learned)));
            }
        }

        void Save()
        {
            // What diverged does not go on; the checkpoint before it diverges again.
            if (arguments.Checkpoint && training.DivergedAt is null && losses.Count > saved)
            {
                // First: of what a checkpoint does not know a history may tell, but not the other way round.
                WriteHistory();
                identity ??= Checkpoint.IdentityOf(settings, learned, arguments.DataSeed, arguments.Initial);
                folder.Write(RunFolder.CheckpointName, stream => new Checkpoint(training.ReadState(), losses).Write(stream, identity));
                saved = losses.Count;
            }
        }
    }

    private static Checkpoint ReadCheckpoint(TrainArguments arguments, TrainingSettings settings, LearnedData data)
    {
        string folder = arguments.Out!, path = Path.Join(folder, RunFolder.CheckpointName);
        if (!File.Exists(path))
        {
            throw new FileContentException(
                folder, $"has no {RunFolder.CheckpointName} to go on from: its training was killed before it wrote one, diverged, or had --no-checkpoint; train it again");
        }

        Checkpoint checkpoint = Checkpoint.Read(path, settings, data, arguments.DataSeed, arguments.Initial);
        return checkpoint.Losses.Count <= settings.Epochs
            ? checkpoint
            : throw new FileContentException(path, $"was written after epoch {checkpoint.Losses.Count}, more than the {settings.Epochs} that are asked for");
    }

    // Rows that the training on to its end would not have are left out: of an end that has moved, of what was trained after the checkpoint.
    private static List<HistoryPoint> HistoryBefore(string folder, HashSet<int> kept, int epochs)
    {
        string path = Path.Join(folder, HistoryParquet.FileName);
        List<HistoryPoint> points = [.. HistoryParquetReader.Read(path, member: 0).Select(row => row.Point).Where(point => point.Epoch <= epochs && kept.Contains(point.Epoch))];
        return points.Count == kept.Count(epoch => epoch <= epochs)
            ? points
            : throw new FileContentException(path, $"lacks epochs before the checkpoint, which is of epoch {epochs}; train again");
    }

    private static RunFolder MakeFolder(TrainArguments arguments, TrainingSettings settings, Engine engine, Device device, LearnedData learned)
    {
        JsonObject json = arguments.ToJson(settings, engine, device, learned.Rows.Rows, learned);
        json["checkpoint_every"] = arguments.CheckpointEvery;
        string text = Json.Document(json);
        return arguments.Resumes ? RunFolder.Continue(arguments.Out!, text) : arguments.MakeFolder(settings.Seed, text);
    }

    private static ExitCode Judge(RunResult result, TrainArguments arguments, RunFolder folder, TextWriter error)
    {
        if (result.DivergedAt is int step)
        {
            return Notice.Fail(error, ExitCode.Diverged, $"diverged at step {step}: a parameter is not finite; smaller learning rates may help");
        }

        if (result.Interrupted)
        {
            return Notice.Fail(
                error,
                ExitCode.Interrupted,
                $"interrupted after {result.Losses.Count} of {result.Settings.Epochs} epochs; what there is was written{(arguments.Checkpoint ? $", 'gpugan resume {folder.Path}' goes on" : "")}");
        }

        return arguments.RequireConverged && !result.Verdict.Converged ? ExitCode.Disagreed : ExitCode.Done;
    }
}
