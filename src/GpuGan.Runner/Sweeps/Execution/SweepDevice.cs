using System.Diagnostics;
using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Engines;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Tiled;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Sweeps.Results;
using GpuGan.Runner.Sweeps.Specification;

namespace GpuGan.Runner.Sweeps.Execution;

/// <summary>An accelerator that trains members by the compiled engine, wide ones by the tiled engine.</summary>
/// <param name="device">Disposed with this.</param>
/// <param name="data">What to learn.</param>
/// <param name="mostMembers">The most members of a chunk.</param>
internal sealed class SweepDevice(Device device, SweepData data, int mostMembers) : ISweepDevice
{
    // What a kill may cost, roughly; a training that takes longer is not cut.
    private const double SecondsOfChunk = 10;

    // A guess, until the first chunk is measured: a slow processor's.
    private const double StepsPerSecondOfLane = 15_000, CostPerSecondOfWide = 2e9;
    private const int FirstWavesOnCpu = 16;

    // Readers have a chunk of each group in memory.
    private const long MostBytesOfPoints = 16 << 20;

    // A GPU has about as many multiprocessors, and one GAN leaves all but one of them idle.
    private const int LeastOfWideOnGpu = 128;

    private readonly Dictionary<IDistribution, Evaluation> evaluations = [];
    private readonly int width = CompiledKernels.WidthOf(device);
    private double speed = StepsPerSecondOfLane * CompiledKernels.WidthOf(device);
    private (KernelGroup Group, CompiledKernels Kernels)? compiled;
    private KernelGroup? measured;

    public string Word => device.Word;

    /// <summary>The hardware's name.</summary>
    public string Name => device.Name;

    public Device Device => device;

    /// <inheritdoc/>
    public int ChunkOf(KernelGroup group, int left)
    {
        // Until the kernels are compiled, what memory they need is not known.
        int most = Math.Min(Math.Min(left, mostMembers), ChunkFile.MostMembers);
        if (group.History is History history)
        {
            most = (int)Math.Clamp(MostBytesOfPoints / history.BytesOf(group.Settings.Training), 1, most);
        }

        bool isWide = EngineChoice.OfMany(group.Settings.Training) != Engine.Compiled;
        double expected = isWide && measured != group ? CostPerSecondOfWide / group.Settings.CostOfStep : speed;
        double inTime = Math.Max(expected * SecondsOfChunk / group.Settings.Steps, !isWide ? width : device.HasVectors ? 1 : LeastOfWideOnGpu);
        int suits = compiled is { } kernels && kernels.Group.Code.Equals(group.Code)
            ? new Population(kernels.Kernels, left, _ => group.Settings.Training).ChunkSize
            : device.HasVectors ? FirstWavesOnCpu * width : width;
        return (int)Math.Min(Math.Min(inTime, suits), most);
    }

    /// <inheritdoc/>
    public MemberResult[] Train(SweepPlan plan, KernelGroup group, WorkSet work, Action<long> progress)
    {
        long start = Stopwatch.GetTimestamp();
        MemberResult[] results = [.. TrainMembers(plan, group, work, progress, CancellationToken.None).Select(MemberResult.Of)];
        measured = group;
        speed = (double)results.Length * group.Settings.Steps / Stopwatch.GetElapsedTime(start).TotalSeconds;
        return results;
    }

    /// <summary>Trains members, with all that is known of each.</summary>
    /// <param name="plan">The sweep's.</param>
    /// <param name="group">Of these members.</param>
    /// <param name="work">Which they are.</param>
    /// <param name="progress">Told how many steps of GANs were done.</param>
    /// <param name="cancellation">Ends it between launches.</param>
    public IEnumerable<TrainedMember> TrainMembers(SweepPlan plan, KernelGroup group, WorkSet work, Action<long> progress, CancellationToken cancellation)
    {
        MemberSettings[] members = [.. work.Places.Select(plan.SettingsAt)];
        IPopulation population = Compiles(plan, group) ? Together(plan, group, members) : SideBySide(plan, group, members);
        return population.Train(EvaluationOf(plan.Specification, group.Settings), progress, cancellation);
    }

    /// <summary>Whether a group is trained by the compiled engine.</summary>
    public static bool Compiles(SweepPlan plan, KernelGroup group) =>
        plan.Specification.FastMath ? group.IsCompiled : EngineChoice.OfMany(group.Settings.Training) == Engine.Compiled;

    /// <summary>The kernels of a group; those of the group before are forgotten, but for their code where it is the same.</summary>
    public CompiledKernels KernelsOf(SweepPlan plan, KernelGroup group)
    {
        if (compiled is { } there && there.Group == group)
        {
            return there.Kernels;
        }

        (TrainingSettings settings, int rows) = group.Settings;
        bool fast = plan.Specification.FastMath;
        CompiledKernels? known = compiled?.Group.Code.Equals(group.Code) == true ? compiled.Value.Kernels : null;
        CompiledKernels kernels = data.SharedBy(plan.Specification, group.Settings) is DataSet shared
            ? known?.For(settings, shared) ?? new CompiledKernels(device, settings, shared, fastMath: fast)
            : known?.For(settings, rows) ?? new CompiledKernels(device, settings, group.Settings.Distribution, rows, fastMath: fast);
        compiled = (group, kernels);
        return kernels;
    }

    /// <summary>What a chunk takes of the device's memory.</summary>
    public long BytesOf(SweepPlan plan, KernelGroup group, int members)
    {
        (TrainingSettings settings, int rows) = group.Settings;
        return Compiles(plan, group) ? (long)KernelsOf(plan, group).BytesPerMember * members
            : TiledEngine.BytesOf(device, settings, rows, members);
    }

    /// <summary>Whether trainings are made of launches: those of wide networks on the CPU are not.</summary>
    public bool Launches(SweepPlan plan, KernelGroup group) => Compiles(plan, group) || !device.HasVectors;

    /// <summary>How long the first steps with the last kernels took, which is about what it takes to compile them; known once they are measured.</summary>
    public double CompilingSeconds { get; private set; }

    /// <summary>GAN-steps per second, found out by training for some tenths of a second.</summary>
    public double Measure(SweepPlan plan, KernelGroup group)
    {
        MemberSettings settings = group.Settings;
        if (!Compiles(plan, group))
        {
            // A few batches are enough, and an epoch of many rows may take minutes.
            int rows = (int)Math.Min(settings.Rows, 8L * settings.Training.BatchSize);
            using ITrainer training = Trainers.Begin(Engine.Auto, fastMath: false, device, settings.Training, new DataSet(new float[rows * data.Columns], data.Columns));
            training.TrainEpoch();
            return Rate(() =>
            {
                int before = training.Steps;
                training.TrainEpoch();
                return training.Steps - before;
            });
        }

        CompiledKernels kernels = KernelsOf(plan, group);
        int count = ChunkOf(group, group.Work.Count);
        TrainingSettings[] members = [.. Enumerable.Range(group.Work.Start, count).Select(work => plan.SettingsAt(work).Training)];
        long start = Stopwatch.GetTimestamp();
        using CompiledTrainer trainer = new(kernels, members);
        trainer.Train(1, withLosses: false);
        trainer.Train(1, withLosses: true);
        CompilingSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        int steps = 1;
        speed = Rate(() =>
        {
            trainer.Train(steps *= 2, withLosses: false);
            return (long)steps * count;
        });
        return speed;
    }

    public void Dispose() => device.Dispose();

    private static double Rate(Func<long> train)
    {
        long steps = 0, start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < 0.3)
        {
            steps += train();
        }

        return steps / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private Population Together(SweepPlan plan, KernelGroup group, MemberSettings[] members) => new(KernelsOf(plan, group), members.Length, i => members[i].Training)
    {
        ChunkSize = members.Length,
        Accuracy = AccuracyOf(plan.Specification, group.Settings),
        History = group.History,
    };

    private IPopulation SideBySide(SweepPlan plan, KernelGroup group, MemberSettings[] members)
    {
        (TrainingSettings settings, int rows) = group.Settings;
        DataSet? shared = data.SharedBy(plan.Specification, group.Settings);
        return TiledEngine.Populate(
            device,
            settings,
            members.Length,
            i => members[i].Training,
            member => shared ?? group.Settings.Distribution.Sample(member.Seed, rows),
            shared?.Rows ?? rows,
            AccuracyOf(plan.Specification, group.Settings),
            history: group.History);
    }

    // All members whose rows are drawn alike are judged alike.
    private Evaluation EvaluationOf(SweepSpecification specification, MemberSettings settings)
    {
        if (!evaluations.TryGetValue(settings.Distribution, out Evaluation? known))
        {
            evaluations[settings.Distribution] = known = data.Evaluation(settings.Distribution, specification.Limits);
        }

        return known;
    }

    private static DiscriminatorAccuracy? AccuracyOf(SweepSpecification specification, MemberSettings settings) =>
        specification.AccuracyRows is int rows ? new DiscriminatorAccuracy(settings.Distribution, rows) : null;
}
