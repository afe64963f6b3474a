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
using GpuGan.Runner.Sweeps.Results;
using GpuGan.Runner.Trajectories;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Trainings;

/// <summary><c>gpugan train --population</c>: trains many seeds at once, and says how many converged.</summary>
internal static class PopulationTraining
{
    /// <summary>Trains a population.</summary>
    /// <param name="arguments">Checked as far as they can be without the data.</param>
    /// <param name="output">Takes the report.</param>
    /// <param name="error">Takes the progress.</param>
    public static ExitCode Run(TrainArguments arguments, TextWriter output, TextWriter error)
    {
        int count = arguments.Population!.Value;
        StageClock clock = new();
        using Interruption interruption = new(arguments.Quiet ? TextWriter.Null : error, "chunk");
        using Device device = arguments.Device.Open();
        LearnedData? learned = arguments switch
        {
            { Data: string file } => LearnedData.Read(file, arguments.Csv, arguments.Standardize),
            { SharedData: true } => LearnedData.Drawn(arguments.Distribution, arguments.Settings.Seed, arguments.Rows),
            _ => null,
        };
        DataSet? shared = learned?.Rows;
        IReadOnlyList<string> remarks = learned?.Remarks ?? [];
        TrainingSettings settings = arguments.Validate(shared?.Columns ?? arguments.Distribution.Columns, ExitCode.Failed).ForRows(shared?.Rows ?? arguments.Rows);
        if (arguments.Data is not null && !settings.Shuffle)
        {
            RowSequence.Warn(error, arguments.Data, learned!.Real);
        }

        Evaluation evaluation = LearnedData.Evaluation(learned, arguments.Distribution, arguments.Limits);
        bool comparesSamples = evaluation.ComparesSamples(settings.Generator);
        int rows = shared?.Rows ?? arguments.Rows;
        clock.End("load");

        Engine engine = EngineOf(arguments, settings);
        IPopulation population = Of(arguments, engine, device, settings, shared, rows);
        RunFolder folder = MakeFolder(arguments, settings, engine, device, rows, learned);
        clock.End("compile");

        TextWriter report = arguments.Json ? TextWriter.Null : output;
        PopulationReport.Line(report, "population", $"{count} GANs, {population.StepsPerMember} steps each; seeds {settings.Seed} to {settings.Seed + (ulong)(count - 1)}");
        PopulationReport.Line(report, "data", arguments.Data ?? $"{DistributionWord.Describe(arguments.Distribution)}, {rows} rows, {(shared is null ? "each member its own" : $"seed {settings.Seed} for all")}");
        Remarks.Write(report, remarks);
        TrainingReport.WriteOrder(report, settings.Shuffle);
        BatchNote.Write(report, settings.BatchSize, rows);
        if (arguments.Data is not null)
        {
            Notice.Warn(error, Reach.Warnings(learned!, settings));
        }

        bool isMixture = evaluation.Mixture is not null;
        PopulationResult result = new(arguments.Accuracy is not null, isMixture);
        folder.Write(RunFolder.MembersName, stream =>
        {
            using StreamWriter csv = new(stream, leaveOpen: true);
            csv.Write(PopulationResult.CsvHeader(arguments.Accuracy is not null, isMixture));
            PopulationProgress.Show(error, arguments.Quiet, before: 0, count * population.StepsPerMember, show =>
            {
                if (arguments.History is HistoryRequest history)
                {
                    HistoryColumns columns = HistoryColumns.Of(history.Of(settings), settings);
                    folder.Write(HistoryParquet.FileName, file => HistoryParquet.Write(
                        file, Members(show, csv).SelectMany(pair => HistoryRow.Of(pair.Index, pair.Item, columns)), columns.Names, arguments.TableMetadata(settings, rows, learned)));
                }
                else
                {
                    foreach ((int _, TrainedMember _) in Members(show, csv))
                    {
                    }
                }
            });
        });
        double seconds = clock.End("train");

        string? plotProblem = arguments.Plots
            ? PlotFailure.Of(() => PopulationPlots.Write(
                result, settings, arguments.Limits, (name, bytes) => folder.Write(name, stream => stream.Write(bytes))))
            : null;
        clock.End("plot");

        double speed = result.Count * population.StepsPerMember / seconds;
        JsonObject json = new()
        {
            ["seed"] = settings.Seed,
            ["device"] = device.Word,
            ["device_name"] = device.Name,
            ["engine"] = Words.Of(engine),
            ["fast_math"] = arguments.FastMath,
            ["population"] = count,
            ["shared_data"] = shared is not null,
            ["steps"] = population.StepsPerMember,
        };
        json["limits"] = LimitsJson.Of(arguments.Limits, comparesSamples, isMixture, evaluation.IsPoint);
        double? realAccuracy = comparesSamples ? evaluation.RealAccuracy(settings.Seed) : null;
        if (realAccuracy is double real)
        {
            json[FigureNames.RealAccuracyName] = Json.Number(real);
        }

        foreach ((string name, JsonNode? value) in result.ToJson())
        {
            json[name] = value?.DeepClone();
        }

        json["interrupted"] = result.Count < count;
        json["gan_steps_per_second"] = Math.Round(speed);
        json["times"] = clock.ToJson();
        json["run_folder"] = folder.Path;
        json["remarks"] = Remarks.ToJson(remarks);
        folder.Write(RunFolder.SummaryName, Json.Document(json));
        if (arguments.Json)
        {
            output.Write(Json.Document(json));
        }

        PopulationReport.Write(report, result, Equilibrium.Of(settings));
        PopulationReport.WriteLimits(report, arguments.Limits, realAccuracy, isMixture, evaluation.IsPoint);
        PopulationReport.Line(report, "speed", $"{speed:0.00e+0} GAN-steps/s, compiling and verdicts included");
        PopulationReport.Line(report, "device", $"{device.Word} ({device.Name})");
        FastMathNote.Write(report, arguments.FastMath, device);
        PopulationReport.Line(report, "run folder", folder.Path);
        return plotProblem is null ? Judge(arguments, result, error) : Notice.Fail(error, ExitCode.Failed, plotProblem);

        // Each is in its table when it is given.
        IEnumerable<(int Index, TrainedMember Item)> Members(Action<long> show, TextWriter csv)
        {
            foreach (TrainedMember member in population.Train(evaluation, show))
            {
                csv.Write(PopulationResult.CsvLine(result.Count, member, isMixture));
                result.Add(member);
                yield return (result.Count - 1, member);
                if (interruption.Requested && result.Count % population.ChunkSize == 0)
                {
                    yield break;
                }
            }
        }
    }

    /// <summary>The engine that trains a population; never <see cref="Engine.Auto"/>.</summary>
    internal static Engine EngineOf(TrainArguments arguments, TrainingSettings settings) =>
        arguments.FastMath ? Engine.Compiled : arguments.Engine != Engine.Auto ? arguments.Engine : EngineChoice.OfMany(settings);

    /// <summary>Describes a population.</summary>
    /// <param name="arguments">Checked.</param>
    /// <param name="engine">Of <see cref="EngineOf"/>.</param>
    /// <param name="device">Where; must outlive the population.</param>
    /// <param name="settings">Of the first member.</param>
    /// <param name="shared">The data of all members; null where each draws its own.</param>
    /// <param name="rows">Rows of the data.</param>
    internal static IPopulation Of(TrainArguments arguments, Engine engine, Device device, TrainingSettings settings, DataSet? shared, int rows) =>
        Trainers.Populator(engine, arguments.FastMath, device, settings, shared, arguments.Distribution, rows)(new Members(
            arguments.Population!.Value,
            i => settings with { Seed = settings.Seed + (ulong)i },
            arguments.Accuracy,
            arguments.Initial is null ? null : arguments.Initial.Start,
            arguments.History?.Of(settings)));

    private static RunFolder MakeFolder(TrainArguments arguments, TrainingSettings settings, Engine engine, Device device, int rows, LearnedData? learned)
    {
        JsonObject json = arguments.ToJson(settings, engine, device, rows, learned);
        json.Insert(2, "population", arguments.Population);
        json.Insert(3, "shared_data", arguments.SharedData);
        string text = Json.Document(json);
        return arguments.MakeFolder(settings.Seed, text, $"-population{arguments.Population}");
    }

    private static ExitCode Judge(TrainArguments arguments, PopulationResult result, TextWriter error)
    {
        if (result.Count < arguments.Population)
        {
            return Notice.Fail(
                error, ExitCode.Interrupted, $"interrupted after {result.Count} of {arguments.Population} members; what there is was written");
        }

        return arguments.RequireConverged && result.ShareOf(PopulationResult.Kind.Converged).Count < result.Count ? ExitCode.Disagreed : ExitCode.Done;
    }
}
