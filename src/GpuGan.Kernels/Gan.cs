using System.Diagnostics;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Engines;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels;

/// <summary>The way in: trains one GAN or a population, on any accelerator, to the same bits.</summary>
/// <example>
/// <code>
/// TrainedGan gan = Gan.Train(Gaussian.Chapter.Sample(seed: 7, rows: 1000), new TrainingSettings { Seed = 7, LrG = 0.01 });
/// Console.WriteLine($"converged {gan.Verdict.Converged}");
/// gan.Save("weights.safetensors");
/// </code>
/// </example>
public static class Gan
{
    /// <summary>The accelerators here that give the promised bits, by the words that <see cref="GanOptions.Devices"/> takes.</summary>
    public static IReadOnlyList<string> Devices => [.. AcceleratorCatalog.List().Select(entry => entry.Device).OfType<string>()];

    /// <summary>Trains a GAN and judges its generator.</summary>
    /// <param name="data">What to learn. Rows that were drawn are judged by their distribution, others by nearest neighbours too.</param>
    /// <param name="settings">How to train; the networks fit the columns of the data.</param>
    /// <param name="options">Where to train, and what is asked; null for the best accelerator.</param>
    /// <param name="progress">Told after each epoch.</param>
    /// <param name="cancellation">Ends the training after its epoch.</param>
    /// <exception cref="InvalidSettingException">A setting is out of range or does not fit the data.</exception>
    /// <exception cref="ArgumentException">A number of the data is not finite, or the parameters to begin with are of other networks.</exception>
    /// <exception cref="DeviceNotFoundException">There is no such device here.</exception>
    /// <exception cref="DeviceMemoryException">There is too little memory.</exception>
    /// <exception cref="OperationCanceledException">The training was ended.</exception>
    public static TrainedGan Train(
        DataSet data, TrainingSettings settings, GanOptions? options = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        long start = Stopwatch.GetTimestamp();
        options ??= new GanOptions();
        using ITrainer trainer = Begin(data, settings, options);
        settings = settings.ForRows(data.Rows);
        settings.RequireCountableSteps(data.Rows);
        Evaluation evaluation = GanModel.EvaluationOf(data, options.Limits);
        List<EpochLosses> losses = [];
        List<HistoryPoint> points = [];
        HashSet<int> kept = [.. options.History?.EpochsOf(settings.Epochs) ?? []];
        long steps = (long)settings.StepsPerEpoch(data.Rows) * settings.Epochs;
        while (losses.Count < settings.Epochs && trainer.DivergedAt is null)
        {
            cancellation.ThrowIfCancellationRequested();
            losses.Add(trainer.TrainEpoch());
            bool isOver = losses.Count == settings.Epochs || trainer.DivergedAt is not null;
            if (options.History is not null && (isOver || kept.Contains(losses.Count)))
            {
                points.Add(options.History.PointOf(losses[^1], trainer.ReadJudged(), trainer.DivergedAt is not null, evaluation, settings.Seed));
            }

            progress?.Report(new TrainingProgress(trainer.Steps, steps, isOver ? 1 : 0, 1, Stopwatch.GetElapsedTime(start), losses[^1]));
        }

        GanParameters judged = trainer.ReadJudged();
        Verdict verdict = trainer.DivergedAt is null ? evaluation.Judge(judged, settings.Seed) : Verdict.Diverged;
        return new TrainedGan(settings, settings.GEma == 0 ? judged : trainer.ReadParameters(), judged, data, losses, points, verdict, trainer.DivergedAt);
    }

    /// <summary>The same beside the caller's thread.</summary>
    /// <inheritdoc cref="Train"/>
    public static Task<TrainedGan> TrainAsync(
        DataSet data, TrainingSettings settings, GanOptions? options = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(settings);
        return Task.Factory.StartNew(() => Train(data, settings, options, progress, cancellation), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Begins a training that its caller takes from epoch to epoch, and may stop and go on with elsewhere.</summary>
    /// <param name="data">What to learn.</param>
    /// <param name="settings">How to train.</param>
    /// <param name="options">Where to train; null for the best accelerator.</param>
    /// <returns>The training, which has the accelerator open until it is disposed of.</returns>
    /// <inheritdoc cref="Train" path="/exception"/>
    /// <example>
    /// <code>
    /// using ITrainer trainer = Gan.Begin(data, settings);
    /// while (trainer.Epochs &lt; settings.Epochs)
    /// {
    ///     Console.WriteLine(trainer.TrainEpoch());
    /// }
    /// </code>
    /// </example>
    public static ITrainer Begin(DataSet data, TrainingSettings settings, GanOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(settings);
        options ??= new GanOptions();
        options.Validate();
        settings.Validate(data.Columns);
        data.RequireFinite();
        options.Start?.RequireFits(settings);
        Device device = Device.Open(options.Devices[0], options.Threads);
        try
        {
            OwnedTrainer trainer = new(device, Trainers.Begin(options.Engine, fastMath: false, device, settings.ForRows(data.Rows), data));
            if (options.Start is not null)
            {
                trainer.WriteState(trainer.ReadState().StartingFrom(_ => options.Start));
            }

            return trainer;
        }
        catch
        {
            device.Dispose();
            throw;
        }
    }

    /// <summary>Describes GANs that all learn the same rows; they are trained when they are enumerated.</summary>
    /// <param name="data">What to learn.</param>
    /// <param name="count">Number of members, at least 1.</param>
    /// <param name="member">The settings of the member of a number, from 0: those of the first but for the seed and the numbers.</param>
    /// <param name="options">Where to train, and what is asked; null for the best accelerator.</param>
    /// <param name="progress">Told now and then, from the threads that train.</param>
    /// <param name="cancellation">Ends the training.</param>
    /// <exception cref="InvalidSettingException">A setting of a member is out of range or does not fit.</exception>
    /// <exception cref="ArgumentException">A number of the data is not finite, or there is no member.</exception>
    /// <example>
    /// <code>
    /// await foreach (TrainedMember one in Gan.Population(data, 1000, i => settings with { Seed = (ulong)i, LrG = 0.001 * (1 + (i % 10)) }))
    /// {
    ///     Console.WriteLine($"{one.Settings.LrG} {one.Verdict.Converged}");
    /// }
    /// </code>
    /// </example>
    public static GanPopulation Population(
        DataSet data,
        int count,
        Func<int, TrainingSettings> member,
        GanOptions? options = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        data.RequireFinite();
        return new GanPopulation(data, data.Distribution, data.Rows, count, member, options ?? new GanOptions(), progress, cancellation);
    }

    /// <summary>Describes GANs each of which draws rows of its own by its seed; they are trained when they are enumerated.</summary>
    /// <param name="distribution">What to learn.</param>
    /// <param name="rows">How many rows each has, at least 1.</param>
    /// <param name="count">Number of members, at least 1.</param>
    /// <param name="member">The settings of the member of a number, from 0: those of the first but for the seed and the numbers.</param>
    /// <param name="options">Where to train, and what is asked; null for the best accelerator.</param>
    /// <param name="progress">Told now and then, from the threads that train.</param>
    /// <param name="cancellation">Ends the training.</param>
    /// <exception cref="InvalidSettingException">A setting of a member is out of range or does not fit.</exception>
    /// <exception cref="ArgumentException">There is no row, or no member.</exception>
    public static GanPopulation Population(
        IDistribution distribution,
        int rows,
        int count,
        Func<int, TrainingSettings> member,
        GanOptions? options = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(distribution);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        return new GanPopulation(null, distribution, rows, count, member, options ?? new GanOptions(), progress, cancellation);
    }

    /// <summary>The networks of a member, to be sampled, judged and saved.</summary>
    /// <param name="member">Of a population.</param>
    public static GanModel ToModel(this TrainedMember member)
    {
        ArgumentNullException.ThrowIfNull(member);
        return new GanModel(member.Settings, member.Parameters, member.Judged, member.Data);
    }
}
