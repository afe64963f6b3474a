using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Random;
using GpuGan.Kernels.Training;
using GpuGan.Kernels.Training.Optimizers;
using ILGPU;
using ILGPU.Runtime;
using Device = GpuGan.Kernels.Devices.Device;

namespace GpuGan.Kernels.Stepwise;

/// <summary>
/// The readable engine: trains one GAN of any shape and game step by step, one kernel for each concept. All buffers are allocated
/// at the start; a step of the chapter's game is 8 launches, and nothing is copied to the host before the end of the epoch.
/// </summary>
internal sealed class StepwiseTrainer : IStepTrainer
{
    private readonly TrainingSettings settings;
    private readonly AcceleratorStream stream;
    private readonly StepwiseKernels kernels;
    private readonly StepwiseNetwork generator, discriminator;
    private readonly StepwisePenalty penalty;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> data, noise, inputNoise, mix, losses;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> divergedAt;
    private readonly OptimizerSchedule<float> schedule;
    private readonly int rows, stepsPerEpoch;
    private DecayPowers<float> powersD = OptimizerSchedule.InitialPowers, powersG = OptimizerSchedule.InitialPowers;
    private double learningRateFactor = 1;

    /// <summary>Allocates all buffers and compiles the kernels.</summary>
    /// <param name="device">Where to train; must outlive the trainer.</param>
    /// <param name="settings">How to train; <see cref="TrainingSettings.InitStd"/> is not used where parameters are given.</param>
    /// <param name="data">What to learn.</param>
    /// <param name="initial">The parameters to begin with; null to draw them from the seed.</param>
    /// <exception cref="InvalidSettingException">A setting is out of range or does not fit the data.</exception>
    /// <exception cref="ArgumentException">A number of the data is not finite, or the parameters are of other networks.</exception>
    /// <exception cref="DeviceMemoryException">The device has too little memory.</exception>
    public StepwiseTrainer(Device device, TrainingSettings settings, DataSet data, GanParameters? initial = null)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(data);
        settings.Validate(data.Columns);
        data.RequireFinite();
        initial?.RequireFits(settings);
        this.settings = settings;
        rows = data.Rows;
        int batch = Math.Min(settings.BatchSize, rows);
        stepsPerEpoch = settings.StepsPerEpoch(rows);
        schedule = OptimizerSchedule.Of(settings);
        RequireIndexable(batch);
        device.RequireMemory(BytesOf(settings, rows));
        initial ??= GanParameters.Draw(settings);

        Accelerator accelerator = device.Accelerator;
        stream = accelerator.DefaultStream;
        kernels = new StepwiseKernels(device, settings);
        divergedAt = device.Allocate("the losses", () => accelerator.Allocate1D([int.MaxValue]));
        generator = device.Allocate("the generator", () =>
            new StepwiseNetwork(accelerator, settings.Generator, initial.GeneratorValues, batch, settings.GOptimizer, settings.GEma, divergedAt));
        discriminator = device.Allocate("the discriminator", () => new StepwiseNetwork(
            accelerator, settings.Discriminator, initial.DiscriminatorValues, GroupsOf(batch).Count, settings.DOptimizer, average: 0, divergedAt));
        penalty = device.Allocate("the penalty", () => new StepwisePenalty(accelerator, settings, GroupsOf(batch).Generated));
        this.data = device.Allocate("the data", () => accelerator.Allocate1D(data.Values));
        noise = device.Allocate("the noise", () => accelerator.Allocate1D<float>((long)batch * settings.Generator.Inputs));
        inputNoise = device.Allocate("the noise", () => accelerator.Allocate1D<float>(settings.InstanceNoise != 0 ? 2L * batch * data.Columns : 1));
        mix = device.Allocate("the noise", () => accelerator.Allocate1D<float>(batch));
        losses = device.Allocate("the losses", () => accelerator.Allocate1D<float>(Loss.Count));
        noise.MemSetToZero();
        losses.MemSetToZero();
        accelerator.Synchronize();
    }

    /// <inheritdoc/>
    public Engine Engine => Engine.Stepwise;

    /// <inheritdoc/>
    public int Steps { get; private set; }

    /// <inheritdoc/>
    public int Epochs => Steps / stepsPerEpoch;

    /// <inheritdoc/>
    public int? DivergedAt { get; private set; }

    /// <summary>Bytes of a device's memory that a training takes, but for the data and what does not grow with the networks.</summary>
    /// <param name="settings">Of the training.</param>
    /// <param name="rows">Of the data, at least 1.</param>
    public static long BytesOf(TrainingSettings settings, int rows)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        int batch = Math.Min(settings.BatchSize, rows);
        RowGroups groups = GroupsOf(settings, batch);
        return sizeof(float) * (
            StepwiseNetwork.LengthOf(settings.Generator, batch, settings.GOptimizer, settings.GEma)
            + StepwiseNetwork.LengthOf(settings.Discriminator, groups.Count, settings.DOptimizer, average: 0)
            + StepwisePenalty.LengthOf(settings, groups.Generated));
    }

    /// <inheritdoc/>
    public EpochLosses TrainEpoch()
    {
        losses.MemSetToZero(stream);
        int first = Steps, steps = stepsPerEpoch - (Steps % stepsPerEpoch);
        for (int step = 0; step < steps; step++)
        {
            Draw(NextBatch);
            Step();
        }

        float[] read = ReadLosses();
        return new EpochLosses(
            Epochs, read[Loss.SumD] / steps, read[Loss.SumG] / settings.GeneratorSteps(first, steps), read[Loss.LastD], read[Loss.LastG]);
    }

    /// <inheritdoc/>
    public (float LossD, float LossG) TrainStep(
        ReadOnlySpan<float> stepNoise, ReadOnlySpan<float> stepInputNoise = default, ReadOnlySpan<float> stepMix = default)
    {
        Fill(noise, stepNoise, NextBatch * settings.Generator.Inputs, "numbers of noise");
        Fill(inputNoise, stepInputNoise, settings.InstanceNoise != 0 ? 2 * NextBatch * settings.Discriminator.Inputs : 0, "numbers of input noise");
        Fill(mix, stepMix, settings.GradientPenalty != 0 ? NextBatch : 0, "numbers between 0 and 1");
        Step();
        float[] read = ReadLosses();
        return (read[Loss.LastD], read[Loss.LastG]);
    }

    /// <inheritdoc/>
    public GanParameters ReadParameters() => Join(generator.ReadParameters(), discriminator.ReadParameters());

    /// <inheritdoc/>
    public GanParameters ReadAverages() => settings.GEma != 0
        ? Join(generator.ReadAverages(), discriminator.ReadParameters())
        : throw new InvalidOperationException("the generator of this training is not averaged");

    /// <inheritdoc/>
    public GanParameters ReadJudged() => settings.GEma != 0 ? ReadAverages() : ReadParameters();

    /// <inheritdoc/>
    public GanParameters ReadGradients() => Join(generator.ReadGradients(), discriminator.ReadGradients());

    /// <inheritdoc/>
    public TrainingState ReadState()
    {
        TrainingState.RequireEndOfEpoch(Steps, stepsPerEpoch);
        return new TrainingState(
            Steps,
            ReadParameters(),
            [.. Enumerable.Range(0, settings.StateWords).Select(word => Join(generator.ReadState(word), discriminator.ReadState(word)))],
            settings.GEma != 0 ? ReadAverages() : null,
            powersD,
            powersG);
    }

    /// <inheritdoc/>
    public void WriteState(TrainingState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.RequireFits(settings, stepsPerEpoch);
        generator.WriteParameters(state.Parameters.GeneratorValues);
        discriminator.WriteParameters(state.Parameters.DiscriminatorValues);
        for (int word = 0; word < state.Optimizer.Count; word++)
        {
            generator.WriteState(word, state.Optimizer[word].GeneratorValues);
            discriminator.WriteState(word, state.Optimizer[word].DiscriminatorValues);
        }

        if (state.Averages is GanParameters averages)
        {
            generator.WriteAverages(averages.GeneratorValues);
        }

        divergedAt.CopyFromCPU([int.MaxValue]);
        (Steps, DivergedAt, powersD, powersG) = (state.Steps, null, state.PowersD, state.PowersG);
        learningRateFactor = TrainingSettings.LearningRateFactor(settings.LrDecay, Epochs);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        generator.Dispose();
        discriminator.Dispose();
        penalty.Dispose();
        foreach (MemoryBuffer buffer in (ReadOnlySpan<MemoryBuffer>)[data, noise, inputNoise, mix, losses, divergedAt])
        {
            buffer.Dispose();
        }
    }

    private int FirstRow => Steps % stepsPerEpoch * Math.Min(settings.BatchSize, rows);

    private int NextBatch => Math.Min(settings.BatchSize, rows - FirstRow);

    private void Fill(MemoryBuffer1D<float, Stride1D.Dense> buffer, ReadOnlySpan<float> values, int expected, string what)
    {
        if (values.Length != expected)
        {
            throw new ArgumentException($"step {Steps + 1} takes {expected} {what}, not {values.Length}");
        }

        if (expected > 0)
        {
            buffer.View.SubView(0, expected).CopyFromCPU(values.ToArray());
        }
    }

    private RowGroups GroupsOf(int batch) => GroupsOf(settings, batch);

    private static RowGroups GroupsOf(TrainingSettings settings, int batch) => new(
        batch, settings.GradientPenalty != 0 ? 1 : 0, settings.Loss.IsPaired ? 1 : 0, settings.Loss.IsShiftInvariant ? 1 : 0);

    /// <summary>Draws the random numbers of the next step.</summary>
    private void Draw(int batch)
    {
        if (settings.Generator.Latent != Latent.Zero)
        {
            Launch(kernels.Latent, noise, batch * settings.Generator.Inputs, StreamId.Noise, settings.FixedNoise ? 0 : Steps);
        }

        Launch(kernels.InputNoise, inputNoise, 2 * batch * settings.Discriminator.Inputs, StreamId.InputNoise, Steps);
        Launch(kernels.Mix, mix, batch, StreamId.Mix, Steps);

        void Launch(StepwiseKernels.NoiseLauncher? launcher, MemoryBuffer1D<float, Stride1D.Dense> buffer, int count, StreamId id, int step) => launcher?.Invoke(
            stream, (count + Streams.BlockSize - 1) / Streams.BlockSize, buffer.View, (uint)settings.Seed, (uint)(settings.Seed >> 32), (uint)id, (uint)step);
    }

    /// <summary>One noise serves all updates of a step.</summary>
    private void Step()
    {
        int batch = NextBatch;
        RowGroups groups = GroupsOf(batch);
        BatchRows real = new(FirstRow, settings.Shuffle ? rows : 0, (uint)settings.Seed, (uint)(settings.Seed >> 32), (uint)Epochs);
        Labels labels = new((float)settings.LabelSmoothing);
        InputNoise added = new(inputNoise.View, (float)settings.InstanceNoise);
        bool generates = settings.GeneratesIn(Steps);
        bool isFirstOfGenerator = settings.GeneratorSteps(0, Steps) == 0;
        Steps++;

        if (generates && settings.Updates == Updates.GeneratorFirst)
        {
            kernels.Make!(stream, batch, noise.View, generator.View);
            Generate();
        }

        kernels.ForwardDiscriminator(stream, groups.Between, data.View, real, noise.View, added, generator.View, discriminator.View, groups);
        kernels.Between?.Invoke(stream, batch, mix.View, discriminator.View, groups);
        kernels.BackwardDiscriminator(stream, groups.Between, discriminator.View, groups, labels, settings.Loss.Weight * (1f / batch));
        kernels.Tangent?.Invoke(stream, groups.Generated, discriminator.View, penalty.View, groups, 1f / batch);
        if (generates && settings.Updates == Updates.Simultaneous)
        {
            // Both gradients before either update.
            JudgeAgain();
            UpdateDiscriminator();
            UpdateGenerator();
            GenerateAgain();
        }
        else
        {
            UpdateDiscriminator();
            if (generates && settings.Updates == Updates.Alternating)
            {
                Generate();
            }
        }

        kernels.Loss(stream, 1, discriminator.View, groups, labels, settings.Loss.Weight, generates ? 1 : 0, losses.View);
        if (Steps % stepsPerEpoch == 0)
        {
            learningRateFactor *= settings.LrDecay;
        }

        void Generate()
        {
            JudgeAgain();
            UpdateGenerator();
            GenerateAgain();
        }

        void GenerateAgain()
        {
            for (int update = 1; update < settings.GSteps; update++)
            {
                kernels.Make!(stream, batch, noise.View, generator.View);
                JudgeAgain();
                UpdateGenerator();
            }
        }

        void JudgeAgain()
        {
            kernels.ForwardGenerator(stream, groups.Judged, data.View, real, added, generator.View, discriminator.View, groups);
            kernels.BackwardGenerator(stream, batch, generator.View, discriminator.View, groups, 1f / batch);
        }

        void UpdateDiscriminator() => Update(
            kernels.UpdateDiscriminator, discriminator, settings.DOptimizer, ref powersD, groups.Generated, penalty.View, groups, settings.LrD, settings.WeightClip, isFirst: Steps == 1);

        void UpdateGenerator()
        {
            Update(kernels.UpdateGenerator, generator, settings.GOptimizer, ref powersG, batch, penalty.None, new RowGroups(batch, between: 0, paired: 0, inTurn: 0), settings.LrG, clip: 0, isFirstOfGenerator);
            isFirstOfGenerator = false;
        }

        void Update(
            StepwiseKernels.UpdateLauncher launcher,
            StepwiseNetwork network,
            IOptimizer optimizer,
            ref DecayPowers<float> powers,
            int gradientRows,
            PenaltyView itsPenalty,
            RowGroups itsRows,
            double learningRate,
            double clip,
            bool isFirst)
        {
            powers = optimizer.CorrectsBias ? schedule.Next(powers, default(DeviceOperations)) : powers;
            OptimizerStep<float> shared = schedule.At(optimizer, powers, (float)(learningRate * learningRateFactor), isFirst ? 1 : 0, default(DeviceOperations));
            launcher(stream, network.ParameterCount, network.View, gradientRows, itsPenalty, itsRows, network.Optimizer, shared, clip == 0 ? 0 : 1, (float)clip, Steps);
        }
    }

    private float[] ReadLosses()
    {
        int first = divergedAt.GetAsArray1D()[0];
        DivergedAt = first == int.MaxValue ? null : first;
        return losses.GetAsArray1D();
    }

    private GanParameters Join(float[] ofGenerator, float[] ofDiscriminator) =>
        GanParameters.OrNaN(settings, [.. ofGenerator, .. ofDiscriminator], DivergedAt is not null);

    private void RequireIndexable(int batch)
    {
        long units = (long)batch * GroupsOf(1).Count * Math.Max(settings.Generator.UnitCount, settings.Discriminator.UnitCount);
        if (units > int.MaxValue)
        {
            throw new InvalidSettingException(
                nameof(TrainingSettings.BatchSize), $"{settings.BatchSize} is too large for these networks; at most {int.MaxValue / (units / batch)}");
        }
    }
}
