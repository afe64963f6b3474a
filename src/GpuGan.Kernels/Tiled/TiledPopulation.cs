using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Tiled;

/// <summary>GANs of any width, one a core: while a core trains one, nothing of another is in its caches.</summary>
/// <example>
/// <code>
/// TiledPopulation population = new(device, settings, 64, i => settings with { Seed = (ulong)i }, member => Gaussian.Chapter.Sample(member.Seed, rows: 1000), rows: 1000);
/// int converged = population.Train(Evaluation.Of(Gaussian.Chapter)).Count(member => member.Verdict.Converged);
/// </code>
/// </example>
internal sealed class TiledPopulation : IPopulation
{
    // Members of unequal length are not waited for long, and not many are kept.
    private const int MembersOfCore = 4;

    // What the runtime may leave lying of a member that is done; it would leave some hundred megabytes.
    private const long BytesLeft = 4_000_000;

    private readonly Device device;
    private readonly TrainingSettings settings;
    private readonly Func<int, TrainingSettings> member;
    private readonly Func<TrainingSettings, DataSet> data;
    private readonly int rows;

    /// <summary>Describes a population.</summary>
    /// <param name="device">The CPU accelerator; its number of threads is that of the members that are trained at the same time.</param>
    /// <param name="settings">What the members have in common.</param>
    /// <param name="count">Number of members, at least 1.</param>
    /// <param name="member">The settings of the member of a number, from 0; they have the same networks and schedule.</param>
    /// <param name="data">What a member learns; the same object for all, or rows of its own.</param>
    /// <param name="rows">How many rows each has.</param>
    /// <exception cref="ArgumentException">The device has no vectors.</exception>
    /// <exception cref="DeviceMemoryException">There is too little memory.</exception>
    public TiledPopulation(
        Device device, TrainingSettings settings, int count, Func<int, TrainingSettings> member, Func<TrainingSettings, DataSet> data, int rows)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(member);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        TiledTrainer.RequireVectors(device);
        (this.device, this.settings, Count, this.member, this.data, this.rows) = (device, settings, count, member, data, rows);
        device.RequireMemory(BytesOf(settings, rows, Math.Min(count, Cores)));
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public long StepsPerMember => (long)settings.StepsPerEpoch(rows) * settings.Epochs;

    /// <inheritdoc/>
    public int ChunkSize => Math.Min(Math.Min(Count, Cores * MembersOfCore), History?.MostMembers(settings) ?? int.MaxValue);

    /// <summary>Measures each member's discriminator; null where that is not asked for.</summary>
    public DiscriminatorAccuracy? Accuracy { get; init; }

    /// <summary>Which points of each training are kept; null for none.</summary>
    public History? History { get; init; }

    /// <summary>Makes the parameters that a member begins with of those that were drawn; null where it begins with these.</summary>
    public Func<GanParameters, GanParameters>? Start { get; init; }

    private int Cores => device.Multiprocessors;

    /// <summary>Bytes of memory that a population takes, but for what does not grow with the networks.</summary>
    /// <param name="settings">Of the members.</param>
    /// <param name="rows">Of the data of each, at least 1.</param>
    /// <param name="atOnce">Members that are trained at the same time, at least 1.</param>
    public static long BytesOf(TrainingSettings settings, int rows, int atOnce)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(atOnce, 1);
        return atOnce * TiledTrainer.BytesOf(settings, rows, threads: 1);
    }

    /// <inheritdoc/>
    public IEnumerable<TrainedMember> Train(Evaluation evaluation, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        evaluation.RequireFits(settings.Generator);
        settings.RequireCountableSteps(rows);
        return TrainChunks(evaluation, progress, cancellation);
    }

    private IEnumerable<TrainedMember> TrainChunks(Evaluation evaluation, Action<long>? progress, CancellationToken cancellation)
    {
        Lock told = new();
        for (int first = 0; first < Count; first += ChunkSize)
        {
            TrainedMember[] trained = new TrainedMember[Math.Min(ChunkSize, Count - first)];
            try
            {
                Parallel.For(
                    0,
                    trained.Length,
                    new ParallelOptions { MaxDegreeOfParallelism = Cores, CancellationToken = cancellation },
                    i =>
                    {
                        trained[i] = Train(member(first + i), evaluation, Tell, cancellation);
                        if (TiledTrainer.BytesOf(settings, rows, threads: 1) > BytesLeft)
                        {
                            GC.Collect();
                        }
                    });
            }
            catch (AggregateException exception)
            {
                // Of members that are wrong in the same way one is told.
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
            }

            foreach (TrainedMember one in trained)
            {
                yield return one;
            }
        }

        void Tell(long steps)
        {
            lock (told)
            {
                progress?.Invoke(steps);
            }
        }
    }

    private TrainedMember Train(TrainingSettings its, Evaluation evaluation, Action<long> told, CancellationToken cancellation)
    {
        its.Validate(settings.Generator.Outputs);
        using TiledTrainer trainer = new(device, its, data(its), Start?.Invoke(GanParameters.Draw(its)), VectorCode.WidestLanes, threads: 1);
        int before = 0;
        EpochLosses losses;
        List<HistoryPoint> points = [];
        Queue<int> kept = new(History?.EpochsOf(its.Epochs) ?? []);
        do
        {
            cancellation.ThrowIfCancellationRequested();
            losses = trainer.TrainEpoch();
            told(trainer.Steps - before);
            before = trainer.Steps;
            if (kept.TryPeek(out int epoch) && epoch == trainer.Epochs)
            {
                Keep(kept.Dequeue());
            }
        }
        while (trainer.Epochs < its.Epochs && trainer.DivergedAt is null);

        // Of a training that diverged the rest has no numbers.
        while (kept.TryDequeue(out int epoch))
        {
            Keep(epoch);
        }

        told(StepsPerMember - before);
        TrainedMember trained = TrainedMember.Of(its, trainer.ReadParameters(), trainer.ReadJudged(), losses, trainer.DivergedAt, evaluation, Accuracy);
        return History is null ? trained : trained with { History = points };

        void Keep(int epoch) => points.Add(History!.PointOf(losses with { Epoch = epoch }, trainer.ReadJudged(), trainer.DivergedAt is not null, evaluation, its.Seed));
    }
}
