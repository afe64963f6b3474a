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
/// The readable engine: trains one GAN of any shape step by step, one kernel for each concept. All buffers are allocated
/// at the start; a step is 8 launches, and nothing is copied to the host before the end of the epoch.
/// </summary>
public sealed class StepwiseTrainer : IDisposable
{
    private readonly TrainingSettings settings;
    private readonly AcceleratorStream stream;
    private readonly StepwiseKernels kernels;
    private readonly StepwiseNetwork generator, discriminator;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> data, noise, losses;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> divergedAt;
    private readonly AdamSchedule<float> schedule;
    private readonly int rows, stepsPerEpoch;
    private AdamPowers<float> powers = AdamSchedule.InitialPowers;
    private double learningRateFactor = 1;

    /// <summary>Allocates all buffers, compiles the kernels and draws the initial weights from the seed.</summary>
    /// <param name="device">Where to train; must outlive the trainer.</param>
    /// <param name="settings">How to train.</param>
    /// <param name="data">What to learn.</param>
    /// <exception cref="InvalidSettingException">A setting is out of range or does not fit the data.</exception>
    /// <exception cref="ArgumentException">A number of the data is not finite.</exception>
    /// <exception cref="DeviceMemoryException">The device has too little memory.</exception>
    public StepwiseTrainer(Device device, TrainingSettings settings, DataSet data)
        : this(device, settings, data, InitialParameters(settings))
    {
    }

    /// <summary>Allocates all buffers and compiles the kernels, for a training that begins with given parameters.</summary>
    /// <param name="device">Where to train; must outlive the trainer.</param>
    /// <param name="settings">How to train; <see cref="TrainingSettings.InitStd"/> is not used.</param>
    /// <param name="data">What to learn.</param>
    /// <param name="initial">The parameters to begin with.</param>
    /// <exception cref="InvalidSettingException">A setting is out of range or does not fit the data.</exception>
    /// <exception cref="ArgumentException">A number of the data is not finite, or the parameters are of other networks.</exception>
    /// <exception cref="DeviceMemoryException">The device has too little memory.</exception>
    public StepwiseTrainer(Device device, TrainingSettings settings, DataSet data, GanParameters initial)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(initial);
        settings.Validate(data.Columns);
        data.RequireFinite();
        if (!initial.Generator.Equals(settings.Generator) || !initial.Discriminator.Equals(settings.Discriminator))
        {
            throw new ArgumentException(
                $"the parameters are of {initial.Generator} and {initial.Discriminator}, the training of {settings.Generator} and {settings.Discriminator}");
        }

        this.settings = settings;
        rows = data.Rows;
        int batch = Math.Min(settings.BatchSize, rows);
        stepsPerEpoch = settings.StepsPerEpoch(rows);
        schedule = AdamSchedule.Of(settings);
        RequireIndexable(batch);

        Accelerator accelerator = device.Accelerator;
        stream = accelerator.DefaultStream;
        kernels = new StepwiseKernels(device, settings);
        divergedAt = device.Allocate("the losses", () => accelerator.Allocate1D([int.MaxValue]));
        generator = device.Allocate("the generator", () =>
            new StepwiseNetwork(accelerator, settings.Generator, initial.GeneratorValues, batch, divergedAt));
        discriminator = device.Allocate("the discriminator", () =>
            new StepwiseNetwork(accelerator, settings.Discriminator, initial.DiscriminatorValues, 3 * batch, divergedAt));
        this.data = device.Allocate("the data", () => accelerator.Allocate1D(data.Values));
        noise = device.Allocate("the noise", () => accelerator.Allocate1D<float>((long)batch * settings.Generator.Inputs));
        losses = device.Allocate("the losses", () => accelerator.Allocate1D<float>(Loss.Count));
        losses.MemSetToZero();
        accelerator.Synchronize();
    }

    /// <summary>Steps done so far.</summary>
    public int Steps { get; private set; }

    /// <summary>Epochs done so far.</summary>
    public int Epochs => Steps / stepsPerEpoch;

    /// <summary>The first step, counted from 1, after which a parameter was not finite; null while all are.</summary>
    public int? DivergedAt { get; private set; }

    /// <summary>Trains one epoch and waits for it; after single steps, the rest of theirs.</summary>
    /// <returns>The losses of the epoch, means over the steps that were trained here.</returns>
    public EpochLosses TrainEpoch()
    {
        losses.MemSetToZero(stream);
        int steps = stepsPerEpoch - (Steps % stepsPerEpoch);
        for (int step = 0; step < steps; step++)
        {
            int batch = NextBatch;
            int blocks = ((batch * settings.Generator.Inputs) + Streams.BlockSize - 1) / Streams.BlockSize;
            kernels.Noise(stream, blocks, noise.View, (uint)settings.Seed, (uint)(settings.Seed >> 32), (uint)Steps);
            Step();
        }

        float[] read = ReadLosses();
        return new EpochLosses(
            Epochs, read[Loss.SumD] / steps, read[Loss.SumG] / steps, read[Loss.LastD], read[Loss.LastG]);
    }

    /// <summary>Trains one step with noise of the caller's, to follow a recorded training.</summary>
    /// <param name="stepNoise"><c>[row, latent]</c> of the step's batch, which may be short.</param>
    /// <returns>The losses of the step.</returns>
    /// <exception cref="ArgumentException">The noise does not have that many numbers.</exception>
    public (float LossD, float LossG) TrainStep(ReadOnlySpan<float> stepNoise)
    {
        int expected = NextBatch * settings.Generator.Inputs;
        if (stepNoise.Length != expected)
        {
            throw new ArgumentException($"step {Steps + 1} takes {expected} numbers of noise, not {stepNoise.Length}");
        }

        noise.View.SubView(0, expected).CopyFromCPU(stepNoise.ToArray());
        Step();
        float[] read = ReadLosses();
        return (read[Loss.LastD], read[Loss.LastG]);
    }

    /// <summary>Copies the parameters from the device; all of them NaN after a divergence.</summary>
    public GanParameters ReadParameters() => Join(generator.ReadParameters(), discriminator.ReadParameters());

    /// <summary>Copies the gradients that the optimisers used in the last step, laid out as the parameters are.</summary>
    public GanParameters ReadGradients() => Join(generator.ReadGradients(), discriminator.ReadGradients());

    /// <summary>Copies all that the rest of the training depends on, at the end of an epoch.</summary>
    /// <exception cref="ArgumentException">The epoch has not ended.</exception>
    public TrainingState ReadState()
    {
        TrainingState.RequireEndOfEpoch(Steps, stepsPerEpoch);
        return new TrainingState(
            Steps,
            ReadParameters(),
            Join(generator.ReadFirstMoments(), discriminator.ReadFirstMoments()),
            Join(generator.ReadSecondMoments(), discriminator.ReadSecondMoments()),
            powers);
    }

    /// <summary>Goes on where another training was when its state was read, whichever engine it had.</summary>
    /// <param name="state">The state; its settings and data are those of this training.</param>
    /// <exception cref="ArgumentException">The state is of other networks, or not of the end of an epoch.</exception>
    public void WriteState(TrainingState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.RequireFits(settings, stepsPerEpoch);
        generator.Write(state.Parameters.GeneratorValues, state.FirstMoments.GeneratorValues, state.SecondMoments.GeneratorValues);
        discriminator.Write(
            state.Parameters.DiscriminatorValues, state.FirstMoments.DiscriminatorValues, state.SecondMoments.DiscriminatorValues);
        divergedAt.CopyFromCPU([int.MaxValue]);
        (Steps, DivergedAt, powers) = (state.Steps, null, state.Powers);
        learningRateFactor = TrainingSettings.LearningRateFactor(settings.LrDecay, Epochs);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        generator.Dispose();
        discriminator.Dispose();
        data.Dispose();
        noise.Dispose();
        losses.Dispose();
        divergedAt.Dispose();
    }

    private int FirstRow => Steps % stepsPerEpoch * Math.Min(settings.BatchSize, rows);

    private int NextBatch => Math.Min(settings.BatchSize, rows - FirstRow);

    private static GanParameters InitialParameters(TrainingSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new(
            settings.Generator,
            settings.Discriminator,
            InitialWeights.Draw(settings.Generator, settings.Discriminator, settings.Seed, (float)settings.InitStd));
    }

    /// <summary>The discriminator is updated first; the same noise serves both updates.</summary>
    private void Step()
    {
        int batch = NextBatch;
        BatchRows real = new(FirstRow, settings.Shuffle ? rows : 0, (uint)settings.Seed, (uint)(settings.Seed >> 32), (uint)Epochs);
        powers = schedule.Next(powers, default(Arithmetic.DeviceOperations));
        Steps++;

        kernels.ForwardDiscriminator(stream, 2 * batch, data.View, real, noise.View, generator.View, discriminator.View, batch);
        kernels.BackwardDiscriminator(stream, 2 * batch, discriminator.View, batch, 0.5f / batch);
        Update(discriminator, 2 * batch, settings.LrD);

        kernels.ForwardGenerator(stream, batch, generator.View, discriminator.View, batch);
        kernels.BackwardGenerator(stream, batch, generator.View, discriminator.View, batch, 1f / batch);
        Update(generator, batch, settings.LrG);

        kernels.Loss(stream, 1, discriminator.View, batch, losses.View);
        if (Steps % stepsPerEpoch == 0)
        {
            learningRateFactor *= settings.LrDecay;
        }
    }

    private void Update(StepwiseNetwork network, int gradientRows, double learningRate)
    {
        AdamStep<float> adam = schedule.At(powers, (float)(learningRate * learningRateFactor), default(Arithmetic.DeviceOperations));
        kernels.Adam(stream, network.ParameterCount, network.View, gradientRows, network.Optimizer, adam, Steps);
    }

    private float[] ReadLosses()
    {
        int first = divergedAt.GetAsArray1D()[0];
        DivergedAt = first == int.MaxValue ? null : first;
        return losses.GetAsArray1D();
    }

    private GanParameters Join(float[] ofGenerator, float[] ofDiscriminator)
    {
        float[] values = [.. ofGenerator, .. ofDiscriminator];
        if (DivergedAt is not null)
        {
            Array.Fill(values, float.NaN);
        }

        return new GanParameters(settings.Generator, settings.Discriminator, values);
    }

    private void RequireIndexable(int batch)
    {
        long units = 3L * batch * Math.Max(settings.Generator.UnitCount, settings.Discriminator.UnitCount);
        if (units > int.MaxValue)
        {
            throw new InvalidSettingException(
                nameof(TrainingSettings.BatchSize), $"{settings.BatchSize} is too large for these networks; at most {int.MaxValue / (units / batch)}");
        }
    }
}
