using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Tiled.Blocks;

/// <summary>
/// The engine for width on a GPU, of one GAN: four by four sums of each product in the registers of a thread. Its bits are those of
/// <c>StepwiseTrainer</c>: a sum may be put anywhere, but is never split.
/// </summary>
internal sealed class BlockTrainer : IStepTrainer
{
    private readonly TrainingSettings settings;
    private readonly BlockGans gans;
    private readonly LaunchPace pace = new();

    /// <summary>Allocates all buffers and compiles the kernel.</summary>
    /// <param name="device">Where to train; must outlive the trainer.</param>
    /// <param name="settings">How to train; <see cref="TrainingSettings.InitStd"/> is not used where parameters are given.</param>
    /// <param name="data">What to learn.</param>
    /// <param name="initial">The parameters to begin with; null to draw them from the seed.</param>
    /// <exception cref="InvalidSettingException">A setting is out of range or does not fit the data.</exception>
    /// <exception cref="ArgumentException">A number of the data is not finite, or the parameters are of other networks.</exception>
    /// <exception cref="DeviceMemoryException">The device has too little memory.</exception>
    public BlockTrainer(Device device, TrainingSettings settings, DataSet data, GanParameters? initial = null)
        : this(device, settings, data, initial, walk: null)
    {
    }

    /// <summary>The same by a walk of the caller's choice, which changes no bit.</summary>
    internal BlockTrainer(Device device, TrainingSettings settings, DataSet data, GanParameters? initial, Walk? walk)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(data);
        settings.Validate(data.Columns);
        data.RequireFinite();
        initial?.RequireFits(settings);
        device.RequireMemory(BlockPopulation.BytesOf(settings, data.Rows));
        initial ??= GanParameters.Draw(settings);
        this.settings = settings;
        gans = new BlockGans(device, [settings], [data], [initial], walk ?? Walks.Of(settings, Math.Min(settings.BatchSize, data.Rows), members: 1));
    }

    /// <inheritdoc/>
    public Engine Engine => Engine.Tiled;

    /// <inheritdoc/>
    public int Steps => gans.Steps;

    /// <inheritdoc/>
    public int Epochs => Steps / gans.StepsPerEpoch;

    /// <inheritdoc/>
    public int? DivergedAt { get; private set; }

    /// <inheritdoc/>
    public EpochLosses TrainEpoch()
    {
        gans.ForgetLosses();
        int first = Steps, steps = gans.StepsPerEpoch - (Steps % gans.StepsPerEpoch);
        gans.Train(steps, pace);
        return BlockLosses.OfEpoch(ReadLosses(), settings, Epochs, first, steps);
    }

    /// <inheritdoc/>
    public (float LossD, float LossG) TrainStep(
        ReadOnlySpan<float> stepNoise, ReadOnlySpan<float> stepInputNoise = default, ReadOnlySpan<float> stepMix = default)
    {
        int batch = gans.NextBatch;
        Require(stepNoise, batch * settings.Generator.Inputs, "numbers of noise");
        Require(stepInputNoise, settings.InstanceNoise != 0 ? 2 * batch * settings.Discriminator.Inputs : 0, "numbers of input noise");
        Require(stepMix, settings.GradientPenalty != 0 ? batch : 0, "numbers between 0 and 1");
        gans.WriteNumbers(stepNoise, stepInputNoise, stepMix);
        gans.Train(1, isDrawn: false);
        float[] read = ReadLosses();
        return (read[BlockLosses.LastD], read[BlockLosses.LastG]);

        void Require(ReadOnlySpan<float> numbers, int count, string name)
        {
            if (numbers.Length != count)
            {
                throw new ArgumentException($"step {Steps + 1} takes {count} {name}, not {numbers.Length}");
            }
        }
    }

    /// <inheritdoc/>
    public GanParameters ReadParameters() => Wrap(gans.ReadParameters(0));

    /// <inheritdoc/>
    public GanParameters ReadAverages() => settings.GEma != 0
        ? Wrap(gans.ReadAverages(0))
        : throw new InvalidOperationException("the generator of this training is not averaged");

    /// <inheritdoc/>
    public GanParameters ReadJudged() => settings.GEma != 0 ? ReadAverages() : ReadParameters();

    /// <inheritdoc/>
    public GanParameters ReadGradients() => Wrap(gans.ReadGradients(0));

    /// <inheritdoc/>
    public TrainingState ReadState()
    {
        TrainingState.RequireEndOfEpoch(Steps, gans.StepsPerEpoch);
        return new TrainingState(
            Steps,
            ReadParameters(),
            [.. Enumerable.Range(0, settings.StateWords).Select(word => Wrap(gans.ReadState(0, word)))],
            settings.GEma != 0 ? ReadAverages() : null,
            gans.PowersOf(0).D,
            gans.PowersOf(0).G);
    }

    /// <inheritdoc/>
    public void WriteState(TrainingState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.RequireFits(settings, gans.StepsPerEpoch);
        gans.WriteState(0, state);
        DivergedAt = null;
    }

    /// <inheritdoc/>
    public void Dispose() => gans.Dispose();

    private float[] ReadLosses()
    {
        DivergedAt = gans.ReadDivergedAt()[0];
        return gans.ReadLosses();
    }

    private GanParameters Wrap(float[] values) => GanParameters.OrNaN(settings, values, DivergedAt is not null);
}
