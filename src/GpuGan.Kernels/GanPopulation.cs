using System.Collections;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Engines;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels;

/// <summary>
/// GANs that are trained when they are enumerated, by all devices together, and given in their order. What a member becomes depends neither on
/// the devices nor on the other members. They are trained once: what is to be looked at again is kept by the caller.
/// </summary>
public sealed class GanPopulation : IAsyncEnumerable<TrainedMember>, IEnumerable<TrainedMember>
{
    private readonly DataSet? data;
    private readonly IDistribution? distribution;
    private readonly int rows;
    private readonly Func<int, TrainingSettings> member;
    private readonly GanOptions options;
    private readonly IProgress<TrainingProgress>? progress;
    private readonly CancellationToken cancellation;
    private readonly TrainingSettings settings;
    private readonly Evaluation evaluation;
    private int enumerations;

    internal GanPopulation(
        DataSet? data,
        IDistribution? distribution,
        int rows,
        int count,
        Func<int, TrainingSettings> member,
        GanOptions options,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(member);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        options.Validate();
        if (options.Engine == Engine.Stepwise)
        {
            throw new InvalidSettingException(nameof(GanOptions.Engine), $"{Engine.Stepwise} trains one GAN at a time; take {Engine.Auto}, {Engine.Compiled} or {Engine.Tiled}");
        }

        (this.data, this.distribution, this.rows, Count, this.member) = (data, distribution, rows, count, i => member(i).ForRows(rows));
        (this.options, this.progress, this.cancellation) = (options, progress, cancellation);
        settings = this.member(0);
        settings.Validate(data?.Columns ?? distribution!.Columns);
        settings.RequireCountableSteps(rows);
        options.Start?.RequireFits(settings);
        for (int i = 0; i < count; i++)
        {
            RequireAlike(this.member(i), i);
        }

        evaluation = data is null ? Evaluation.Of(distribution!, options.Limits) : GanModel.EvaluationOf(data, options.Limits);
    }

    /// <summary>Number of members.</summary>
    public int Count { get; }

    /// <summary>Steps of the whole training of a member.</summary>
    public long StepsPerMember => (long)settings.StepsPerEpoch(rows) * settings.Epochs;

    /// <summary>Trains the members, and gives each as soon as those before it are there.</summary>
    /// <exception cref="InvalidOperationException">They have been trained.</exception>
    public IEnumerator<TrainedMember> GetEnumerator()
    {
        RequireFirst();
        return Members().GetEnumerator();
    }

    /// <summary>Trains the members beside the caller's thread, and gives each as soon as those before it are there.</summary>
    /// <param name="cancellationToken">Ends the training.</param>
    /// <exception cref="InvalidOperationException">They have been trained.</exception>
    public IAsyncEnumerator<TrainedMember> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        RequireFirst();
        return MembersAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void RequireFirst()
    {
        if (Interlocked.Exchange(ref enumerations, 1) != 0)
        {
            throw new InvalidOperationException("these members have been trained, and are trained once; keep them in an array, or describe the population again");
        }
    }

    private IEnumerable<TrainedMember> Members()
    {
        using SharedTraining training = Begin(CancellationToken.None);
        for (int part = 0; part < training.Parts; part++)
        {
            foreach (TrainedMember one in training.PartAsync(part).GetAwaiter().GetResult())
            {
                yield return one;
            }
        }
    }

    private async IAsyncEnumerable<TrainedMember> MembersAsync([EnumeratorCancellation] CancellationToken also)
    {
        using SharedTraining training = await Task.Run(() => Begin(also), also).ConfigureAwait(false);
        for (int part = 0; part < training.Parts; part++)
        {
            foreach (TrainedMember one in await training.PartAsync(part).ConfigureAwait(false))
            {
                yield return one;
            }
        }
    }

    private SharedTraining Begin(CancellationToken also)
    {
        Lock told = new();
        long start = Stopwatch.GetTimestamp(), steps = 0;
        int ended = 0;
        return new SharedTraining(
            options.Devices,
            options.Threads,
            device => Trainers.Populator(
                options.Engine != Engine.Auto ? options.Engine : EngineChoice.OfMany(settings), fastMath: false, device, settings, data, distribution, rows),
            new Members(Count, member, Start: options.Start is null ? null : _ => options.Start, History: options.History),
            Train,
            cancellation,
            also);

        TrainedMember[] Train(IPopulation population, CancellationToken stop)
        {
            TrainedMember[] part = [.. population.Train(evaluation, done => Tell(done, 0), stop).Select(one => one with { Data = data })];
            Tell(0, part.Length);
            return part;
        }

        // One at a time, so that what is told only grows.
        void Tell(long done, int members)
        {
            lock (told)
            {
                (steps, ended) = (steps + done, ended + members);
                progress?.Report(new TrainingProgress(steps, Count * StepsPerMember, ended, Count, Stopwatch.GetElapsedTime(start)));
            }
        }
    }

    private void RequireAlike(TrainingSettings its, int number)
    {
        ArgumentNullException.ThrowIfNull(its, nameof(member));
        try
        {
            its.ValidateNumbers();
        }
        catch (InvalidSettingException exception)
        {
            throw new InvalidSettingException(exception.Setting, exception.Problem, number);
        }

        if (!CompiledKernels.CodeOf(its, rows).Equals(CompiledKernels.CodeOf(settings, rows)) || its.Epochs != settings.Epochs)
        {
            throw new ArgumentException($"member {number} differs from the first in more than its seed and its numbers");
        }
    }
}
