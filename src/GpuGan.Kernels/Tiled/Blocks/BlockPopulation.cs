using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Tiled.Blocks;

/// <summary>GANs of any width on a GPU, each in a group of threads, chunk by chunk.</summary>
/// <example>
/// <code>
/// BlockPopulation population = new(device, settings, 1000, i => settings with { Seed = (ulong)i }, member => Gaussian.Chapter.Sample(member.Seed, rows: 1000), rows: 1000);
/// int converged = population.Train(Evaluation.Of(Gaussian.Chapter)).Count(member => member.Verdict.Converged);
/// </code>
/// </example>
internal sealed class BlockPopulation : IPopulation
{
    // More members at once make nothing faster.
    private const long MostBytes = 8L << 30;
    private const int MostMembers = 4096;

    private readonly Device device;
    private readonly TrainingSettings settings;
    private readonly Func<int, TrainingSettings> member;
    private readonly Func<TrainingSettings, DataSet> data;
    private readonly int rows, chunkSize;

    /// <summary>Describes a population.</summary>
    /// <param name="device">Where; must outlive the population.</param>
    /// <param name="settings">What the members have in common.</param>
    /// <param name="count">Number of members, at least 1.</param>
    /// <param name="member">The settings of the member of a number, from 0: those in common but for the seed and the numbers.</param>
    /// <param name="data">What a member learns; the same object for all, or rows of its own.</param>
    /// <param name="rows">How many rows each has.</param>
    public BlockPopulation(
        Device device, TrainingSettings settings, int count, Func<int, TrainingSettings> member, Func<TrainingSettings, DataSet> data, int rows)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(member);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        (this.device, this.settings, Count, this.member, this.data, this.rows) = (device, settings, count, member, data, rows);
        chunkSize = Math.Min(MostMembers, DefaultChunkSize());
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public long StepsPerMember => (long)settings.StepsPerEpoch(rows) * settings.Epochs;

    /// <inheritdoc/>
    public int ChunkSize => Math.Min(chunkSize, History?.MostMembers(settings) ?? int.MaxValue);

    /// <summary>Measures each member's discriminator; null where that is not asked for.</summary>
    public DiscriminatorAccuracy? Accuracy { get; init; }

    /// <summary>Which points of each training are kept; null for none.</summary>
    public History? History { get; init; }

    /// <summary>Makes the parameters that a member begins with of those that were drawn; null where it begins with these.</summary>
    public Func<GanParameters, GanParameters>? Start { get; init; }

    /// <inheritdoc/>
    public IEnumerable<TrainedMember> Train(Evaluation evaluation, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        evaluation.RequireFits(settings.Generator);
        settings.RequireCountableSteps(rows);
        return TrainChunks(evaluation, progress, cancellation);
    }

    /// <summary>Bytes that a member takes on the device, but for its data.</summary>
    internal static long BytesOf(TrainingSettings settings, int rows) => new GanPlaces(settings, Math.Min(settings.BatchSize, rows)).Words * sizeof(float);

    private IEnumerable<TrainedMember> TrainChunks(Evaluation evaluation, Action<long>? progress, CancellationToken cancellation)
    {
        LaunchPace pace = new();
        for (int first = 0; first < Count; first += ChunkSize)
        {
            TrainingSettings[] members = [.. Enumerable.Range(first, Math.Min(ChunkSize, Count - first)).Select(member)];
            foreach (TrainedMember one in Train(members, pace, evaluation, progress, cancellation))
            {
                yield return one;
            }
        }
    }

    private TrainedMember[] Train(TrainingSettings[] members, LaunchPace pace, Evaluation evaluation, Action<long>? progress, CancellationToken cancellation)
    {
        foreach (TrainingSettings its in members)
        {
            its.Validate(settings.Generator.Outputs);
        }

        DataSet[] learned = Array.ConvertAll(members, its => data(its));
        learned = Array.TrueForAll(learned, its => its == learned[0]) ? [learned[0]] : learned;
        GanParameters[] initial = Array.ConvertAll(members, its => Start is null ? GanParameters.Draw(its) : Start(GanParameters.Draw(its)));
        using BlockGans gans = new(device, members, learned, initial, Walks.Of(settings, Math.Min(settings.BatchSize, rows), members.Length));
        var points = new HistoryPoint[History?.CountOf(settings.Epochs) ?? 0][];
        long done = 0;
        float[] losses = [];
        int?[] divergedAt = [];
        float[][] judged = [];
        foreach ((int point, int epoch) in (History?.EpochsOf(settings.Epochs) ?? [settings.Epochs]).Index())
        {
            long before = (epoch - 1L) * gans.StepsPerEpoch;
            gans.Train(before - done, pace, Tell);
            gans.ForgetLosses();
            gans.Train(gans.StepsPerEpoch, pace, Tell);
            done = before + gans.StepsPerEpoch;
            losses = gans.ReadLosses();
            divergedAt = gans.ReadDivergedAt();
            judged = [.. Enumerable.Range(0, members.Length).Select(i => settings.GEma != 0 ? gans.ReadAverages(i) : gans.ReadParameters(i))];
            if (History is not null)
            {
                points[point] = new HistoryPoint[members.Length];
                Parallel.For(0, members.Length, i => points[point][i] = History.PointOf(
                    LossesOf(i, epoch), Wrap(judged[i], divergedAt[i]), divergedAt[i] is not null, evaluation, members[i].Seed));
            }
        }

        float[][] parameters = settings.GEma != 0 ? [.. Enumerable.Range(0, members.Length).Select(gans.ReadParameters)] : judged;
        var trained = new TrainedMember[members.Length];
        Parallel.For(0, trained.Length, i => trained[i] = TrainedMember.Of(
            members[i], Wrap(parameters[i], divergedAt[i]), Wrap(judged[i], divergedAt[i]), LossesOf(i, settings.Epochs), divergedAt[i], evaluation, Accuracy));
        return History is null ? trained : [.. trained.Select((one, i) => one with { History = [.. points.Select(all => all[i])] })];

        void Tell(int steps)
        {
            progress?.Invoke((long)steps * members.Length);
            cancellation.ThrowIfCancellationRequested();
        }

        EpochLosses LossesOf(int i, int epoch) => BlockLosses.OfEpoch(
            losses.AsSpan(i * BlockLosses.Count, BlockLosses.Count), settings, epoch, (epoch - 1) * gans.StepsPerEpoch, gans.StepsPerEpoch);
    }

    private GanParameters Wrap(float[] values, int? divergedAt) => GanParameters.OrNaN(settings, values, divergedAt is not null);

    private int DefaultChunkSize()
    {
        long bytes = BytesOf(settings, rows) + ((long)rows * settings.Generator.Outputs * sizeof(float));
        long most = Math.Max(1, Math.Min(MostBytes, device.Accelerator.MemorySize / 4) / bytes);

        // Chunks of equal size: a small last one would leave the device idle.
        long chunks = (Count + most - 1) / most;
        return (int)((Count + chunks - 1) / chunks);
    }
}
