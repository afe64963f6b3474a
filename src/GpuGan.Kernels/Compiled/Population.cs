using System.Diagnostics;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;

namespace GpuGan.Kernels.Compiled;

/// <summary>
/// GANs of one shape, as many as one likes, trained chunk by chunk. What a member becomes depends neither on the chunks nor on
/// its neighbours.
/// </summary>
/// <example>
/// <code>
/// CompiledKernels kernels = new(device, settings, Gaussian.Chapter, rows: 1000);
/// Population population = new(kernels, 4096, i => settings with { Seed = (ulong)i });
/// int converged = population.Train(Evaluation.Of(Gaussian.Chapter)).Count(member => member.Verdict.Converged);
/// </code>
/// </example>
internal sealed class Population : IPopulation
{
    // More members at once make nothing faster; on the CPU their states should stay in its caches.
    private const long MostBytes = 256 << 20;
    private const int WavesOnCpu = 128;

    private readonly CompiledKernels kernels;
    private readonly Func<int, TrainingSettings> member;
    private readonly int chunkSize;

    /// <summary>Describes a population.</summary>
    /// <param name="kernels">Compiled for the device, the shape and the data; must outlive the population.</param>
    /// <param name="count">Number of members, at least 1.</param>
    /// <param name="member">The settings of the member of a number, from 0: the kernels' but for the seed and the numbers.</param>
    public Population(CompiledKernels kernels, int count, Func<int, TrainingSettings> member)
    {
        ArgumentNullException.ThrowIfNull(kernels);
        ArgumentNullException.ThrowIfNull(member);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        (this.kernels, this.member, Count) = (kernels, member, count);
        chunkSize = DefaultChunkSize();
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public long StepsPerMember => (long)kernels.StepsPerEpoch * kernels.Settings.Epochs;

    /// <summary>Members that are trained at the same time; from the start as many as are good for the device.</summary>
    public int ChunkSize
    {
        get => History is null ? chunkSize : Math.Min(chunkSize, (History.MostMembers(kernels.Settings) + kernels.Lanes - 1) / kernels.Lanes * kernels.Lanes);
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            chunkSize = value;
        }
    }

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
        evaluation.RequireFits(kernels.Settings.Generator);
        kernels.Settings.RequireCountableSteps(kernels.Rows);
        return TrainChunks(evaluation, progress, cancellation);
    }

    private IEnumerable<TrainedMember> TrainChunks(Evaluation evaluation, Action<long>? progress, CancellationToken cancellation)
    {
        // Launches that keep losses have a pace of their own.
        LaunchPace pace = new(), paceWithLosses = new();
        for (int first = 0; first < Count; first += ChunkSize)
        {
            TrainingSettings[] members = [.. Enumerable.Range(first, Math.Min(ChunkSize, Count - first)).Select(member)];
            TrainedMember[] trained;
            using (CompiledTrainer trainer = new(kernels, members, first))
            {
                if (Start is not null)
                {
                    trainer.WriteStates([.. trainer.ReadStates().Select(state => state.StartingFrom(Start))]);
                }

                List<HistoryPoint[]> points = [];
                foreach (int epoch in History?.EpochsOf(kernels.Settings.Epochs) ?? [kernels.Settings.Epochs])
                {
                    Advance(((epoch - 1L) * trainer.StepsPerEpoch) - trainer.Steps, withLosses: false, pace);
                    Advance(trainer.StepsPerEpoch, withLosses: true, paceWithLosses);
                    if (History is not null)
                    {
                        points.Add(PointsOf(History, trainer, members, evaluation));
                    }
                }

                trained = Judge(trainer, members, evaluation);
                if (History is not null)
                {
                    trained = [.. trained.Select((one, i) => one with { History = [.. points.Select(all => all[i])] })];
                }

                void Advance(long steps, bool withLosses, LaunchPace pace)
                {
                    while (steps > 0)
                    {
                        cancellation.ThrowIfCancellationRequested();
                        int launch = (int)Math.Min(steps, pace.Steps);
                        long start = Stopwatch.GetTimestamp();
                        trainer.Train(launch, withLosses);
                        pace.Learn(launch, Stopwatch.GetElapsedTime(start));
                        progress?.Invoke((long)launch * members.Length);
                        steps -= launch;
                    }
                }
            }

            foreach (TrainedMember one in trained)
            {
                yield return one;
            }
        }
    }

    private static HistoryPoint[] PointsOf(History history, CompiledTrainer trainer, TrainingSettings[] members, Evaluation evaluation)
    {
        GanParameters[] judged = trainer.ReadJudged();
        EpochLosses[] losses = trainer.ReadLosses();
        int?[] divergedAt = trainer.ReadDivergedAt();
        var points = new HistoryPoint[members.Length];
        Parallel.For(0, points.Length, i => points[i] = history.PointOf(losses[i], judged[i], divergedAt[i] is not null, evaluation, members[i].Seed));
        return points;
    }

    private TrainedMember[] Judge(CompiledTrainer trainer, TrainingSettings[] members, Evaluation evaluation)
    {
        GanParameters[] parameters = trainer.ReadParameters(), judged = kernels.Settings.GEma != 0 ? trainer.ReadJudged() : parameters;
        EpochLosses[] losses = trainer.ReadLosses();
        int?[] divergedAt = trainer.ReadDivergedAt();
        var trained = new TrainedMember[members.Length];
        Parallel.For(0, trained.Length, i => trained[i] = TrainedMember.Of(members[i], parameters[i], judged[i], losses[i], divergedAt[i], evaluation, Accuracy));
        return trained;
    }

    private int DefaultChunkSize()
    {
        Accelerator accelerator = kernels.Device.Accelerator;
        long most = Math.Max(1, Math.Min(MostBytes, accelerator.MemorySize / 4) / kernels.BytesPerMember / kernels.Lanes * kernels.Lanes);
        if (accelerator is CPUAccelerator)
        {
            most = Math.Min(most, (long)WavesOnCpu * accelerator.NumMultiprocessors * kernels.Lanes);
        }

        // Chunks of equal size: a small last one would leave the device idle.
        long chunks = (Count + most - 1) / most;
        return (int)(((Count + chunks - 1) / chunks) + kernels.Lanes - 1) / kernels.Lanes * kernels.Lanes;
    }
}
