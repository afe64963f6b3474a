using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;
using GpuGan.Kernels.Training.Optimizers;

namespace GpuGan.Kernels.Tiled;

/// <summary>
/// The engine for width: trains one GAN with the rows of the batch in the lanes of the processor's vectors and the sums of several units in its
/// registers, tile by tile of rows that stay in a core's cache. Its bits are those of <c>StepwiseTrainer</c>: a sum may be put anywhere, but is
/// never split.
/// </summary>
/// <remarks>
/// <para>
/// A step has a few phases. In two of them a thread takes a tile, some rows of the batch, through a network and back; in two others it takes a part
/// of a gradient, over all rows in order. So no number is written by two threads, and their number changes no bit.
/// </para>
/// <para>
/// It runs on threads of its own, not in kernels of the CPU accelerator: a launch there costs 20 to 130 microseconds, as much as a whole step of a
/// small network here.
/// </para>
/// </remarks>
internal sealed class TiledTrainer : IStepTrainer
{
    // Multiply-adds below which the other threads are not worth waking: some ten microseconds; of an activation, as many as it takes the time of.
    private const long WorthSharing = 300_000, OfActivation = 16;

    // Parameters that a thread moves at a time.
    private const int MovedAtOnce = 4096;

    private readonly TrainingSettings settings;
    private readonly Crew crew;
    private readonly TiledNetwork generator, discriminator;
    private readonly TilePasses tiles;
    private readonly OptimizerSchedule<float> schedule;
    private readonly ILossPass loss;
    private readonly int rows, stepsPerEpoch, lanes;
    private readonly float[] ofReal, ofFake, generated;
    private readonly long costOfRow;
    private readonly IReadOnlyList<GradientPart> partsD, partsG;
    private readonly AlignedNumbers[] scratch;
    private DecayPowers<float> powersD = OptimizerSchedule.InitialPowers, powersG = OptimizerSchedule.InitialPowers;
    private double learningRateFactor = 1;
    private int firstDiverged = int.MaxValue;
    private float lastD, lastG, sumD, sumG;

    /// <summary>Allocates all buffers.</summary>
    /// <param name="device">The CPU accelerator; its number of threads is that of the training.</param>
    /// <param name="settings">How to train; <see cref="TrainingSettings.InitStd"/> is not used where parameters are given.</param>
    /// <param name="data">What to learn.</param>
    /// <param name="initial">The parameters to begin with; null to draw them from the seed.</param>
    /// <exception cref="InvalidSettingException">A setting is out of range or does not fit the data.</exception>
    /// <exception cref="ArgumentException">
    /// A number of the data is not finite, the parameters are of other networks, or the device is not the CPU.
    /// </exception>
    /// <exception cref="DeviceMemoryException">There is too little memory.</exception>
    public TiledTrainer(Device device, TrainingSettings settings, DataSet data, GanParameters? initial = null)
        : this(device, settings, data, initial, VectorCode.WidestLanes, ThreadsOf(device))
    {
    }

    /// <summary>The same with other vectors and threads, which changes no bit.</summary>
    internal TiledTrainer(Device device, TrainingSettings settings, DataSet data, GanParameters? initial, int lanes, int threads)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(data);
        settings.Validate(data.Columns);
        data.RequireFinite();
        initial?.RequireFits(settings);
        RequireVectors(device);
        this.settings = settings;
        this.lanes = lanes;
        rows = data.Rows;
        int batch = Math.Min(settings.BatchSize, rows);
        stepsPerEpoch = settings.StepsPerEpoch(rows);
        schedule = OptimizerSchedule.Of(settings);
        RequireCountable(batch);
        device.RequireMemory(BytesOf(settings, rows, threads, lanes));
        initial ??= GanParameters.Draw(settings);
        VectorCode code = new(lanes);
        loss = code.Loss(settings.Loss);
        generator = device.Allocate("the generator", () => new TiledNetwork(settings.Generator, initial.GeneratorValues, settings.GOptimizer, settings.GEma, code));
        discriminator = device.Allocate(
            "the discriminator", () => new TiledNetwork(settings.Discriminator, initial.DiscriminatorValues, settings.DOptimizer, average: 0, code));
        tiles = device.Allocate("the rows of a batch", () => new TilePasses(settings, data, generator, discriminator, batch, threads, code));
        int padded = tiles.Logits.Real.Length;
        (ofReal, ofFake, generated) = (new float[padded], new float[padded], new float[padded]);
        partsD = discriminator.Parts(tiles[0].DiscriminatorTerms, 2 * batch, threads);
        partsG = generator.Parts(tiles[0].GeneratorTerms, batch, threads);
        scratch = [.. Enumerable.Range(0, threads).Select(_ => new AlignedNumbers(TiledNetwork.ScratchLength))];
        costOfRow = Cost(settings.Generator) + (2 * Cost(settings.Discriminator));
        crew = new Crew(threads);

        static long Cost(Network network) => (2L * network.ParameterCount) + (OfActivation * network.UnitCount);
    }

    /// <inheritdoc/>
    public Engine Engine => Engine.Tiled;

    /// <inheritdoc/>
    public int Steps { get; private set; }

    /// <inheritdoc/>
    public int Epochs => Steps / stepsPerEpoch;

    /// <inheritdoc/>
    public int? DivergedAt => firstDiverged == int.MaxValue ? null : firstDiverged;

    /// <summary>Bytes of memory that a training takes, but for what does not grow with the networks.</summary>
    /// <param name="settings">Of the training.</param>
    /// <param name="rows">Of the data, at least 1.</param>
    /// <param name="threads">Of the training, at least 1.</param>
    public static long BytesOf(TrainingSettings settings, int rows, int threads)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        return BytesOf(settings, rows, threads, VectorCode.WidestLanes);
    }

    /// <summary>Refuses a device without vectors, for which there is <see cref="Blocks.BlockTrainer"/>.</summary>
    /// <exception cref="ArgumentException">It has none.</exception>
    internal static void RequireVectors(Device device)
    {
        if (!device.HasVectors)
        {
            throw new ArgumentException($"{device.Word} has no vectors; {nameof(TiledEngine)} trains there in groups of threads");
        }
    }

    /// <inheritdoc/>
    public EpochLosses TrainEpoch()
    {
        (lastD, lastG, sumD, sumG) = (0, 0, 0, 0);
        int first = Steps, steps = stepsPerEpoch - (Steps % stepsPerEpoch);
        for (int step = 0; step < steps; step++)
        {
            Step();
        }

        return new EpochLosses(Epochs, sumD / steps, sumG / settings.GeneratorSteps(first, steps), lastD, lastG);
    }

    /// <inheritdoc/>
    public (float LossD, float LossG) TrainStep(
        ReadOnlySpan<float> stepNoise, ReadOnlySpan<float> stepInputNoise = default, ReadOnlySpan<float> stepMix = default)
    {
        int batch = Math.Min(settings.BatchSize, rows - FirstRow);
        Require(stepNoise, batch * settings.Generator.Inputs, "numbers of noise");
        Require(stepInputNoise, settings.InstanceNoise != 0 ? 2 * batch * settings.Discriminator.Inputs : 0, "numbers of input noise");
        Require(stepMix, settings.GradientPenalty != 0 ? batch : 0, "numbers between 0 and 1");
        tiles.Follow((new RecordedDraws(stepNoise.ToArray()), new RecordedDraws(stepInputNoise.ToArray()), new RecordedDraws(stepMix.ToArray())));
        Step();
        tiles.Follow(null);
        return (lastD, lastG);

        static void Require(ReadOnlySpan<float> numbers, int count, string name)
        {
            if (numbers.Length != count)
            {
                throw new ArgumentException($"there are {numbers.Length} {name}; the step takes {count}");
            }
        }
    }

    /// <inheritdoc/>
    public GanParameters ReadParameters() => Join(generator.Parameters, discriminator.Parameters);

    /// <inheritdoc/>
    public GanParameters ReadAverages() => settings.GEma != 0
        ? Join(generator.Averages, discriminator.Parameters)
        : throw new InvalidOperationException("the generator of this training is not averaged");

    /// <inheritdoc/>
    public GanParameters ReadJudged() => settings.GEma != 0 ? ReadAverages() : ReadParameters();

    /// <inheritdoc/>
    public GanParameters ReadGradients() => Join(generator.Gradients, discriminator.Gradients);

    /// <inheritdoc/>
    public TrainingState ReadState()
    {
        TrainingState.RequireEndOfEpoch(Steps, stepsPerEpoch);
        return new TrainingState(
            Steps,
            ReadParameters(),
            [.. Enumerable.Range(0, settings.StateWords).Select(word => Join(generator.Word(word), discriminator.Word(word)))],
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
            generator.WriteWord(word, state.Optimizer[word].GeneratorValues);
            discriminator.WriteWord(word, state.Optimizer[word].DiscriminatorValues);
        }

        if (state.Averages is GanParameters averages)
        {
            generator.WriteAverages(averages.GeneratorValues);
        }

        (Steps, firstDiverged, powersD, powersG) = (state.Steps, int.MaxValue, state.PowersD, state.PowersG);
        learningRateFactor = TrainingSettings.LearningRateFactor(settings.LrDecay, Epochs);
    }

    /// <inheritdoc/>
    public void Dispose() => crew.Dispose();

    private int FirstRow => Steps % stepsPerEpoch * Math.Min(settings.BatchSize, rows);

    private static long BytesOf(TrainingSettings settings, int rows, int threads, int lanes) => sizeof(float) * (
        TiledNetwork.LengthOf(settings.Generator, settings.GOptimizer, settings.GEma)
        + TiledNetwork.LengthOf(settings.Discriminator, settings.DOptimizer, average: 0)
        + TilePasses.LengthOf(settings, Math.Min(settings.BatchSize, rows), threads, lanes)
        + ((long)threads * TiledNetwork.ScratchLength));

    private static int ThreadsOf(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return device.Multiprocessors;
    }

    /// <summary>One noise serves all updates of a step.</summary>
    private void Step()
    {
        int first = FirstRow;
        StepNumbers step = new(Steps, Epochs, first, Math.Min(settings.BatchSize, rows - first));
        bool generates = settings.GeneratesIn(Steps), isFirstOfGenerator = settings.GeneratorSteps(0, Steps) == 0;
        bool generatesFirst = generates && settings.Updates == Updates.GeneratorFirst;
        Steps++;
        tiles.Begin(step);
        if (generatesFirst)
        {
            Tiles(step, (tile, worker) =>
            {
                tiles.Draw(tile, worker, step);
                tiles.Make(tile, step);
                tiles.Generate(tile, worker, step);
            });
            UpdateGenerator();
            GenerateAgain();
        }

        Tiles(step, (tile, worker) =>
        {
            if (!generatesFirst)
            {
                tiles.Draw(tile, worker, step);
            }

            tiles.Make(tile, step);
            tiles.Discriminate(tile, worker, step);
        });
        if (generates && settings.Updates == Updates.Simultaneous)
        {
            // Both gradients before either update.
            Tiles(step, (tile, worker) => tiles.Generate(tile, worker, step));
            UpdateDiscriminator();
            UpdateGenerator();
            GenerateAgain();
        }
        else
        {
            UpdateDiscriminator();
            if (generates && settings.Updates == Updates.Alternating)
            {
                Tiles(step, (tile, worker) => tiles.Generate(tile, worker, step));
                UpdateGenerator();
                GenerateAgain();
            }
        }

        AddLosses(step.Batch, generates);
        if (Steps % stepsPerEpoch == 0)
        {
            learningRateFactor *= settings.LrDecay;
        }

        void GenerateAgain()
        {
            for (int update = 1; update < settings.GSteps; update++)
            {
                Tiles(step, (tile, worker) =>
                {
                    tiles.Make(tile, step);
                    tiles.Generate(tile, worker, step);
                });
                UpdateGenerator();
            }
        }

        void UpdateDiscriminator() => Update(
            discriminator, partsD, tiles.DiscriminatorRows(step.Batch), settings.DOptimizer, ref powersD, settings.LrD, settings.WeightClip, isFirst: Steps == 1);

        void UpdateGenerator()
        {
            Update(generator, partsG, tiles.GeneratorRows(step.Batch), settings.GOptimizer, ref powersG, settings.LrG, clip: 0, isFirstOfGenerator);
            isFirstOfGenerator = false;
        }
    }

    private void Tiles(StepNumbers step, Action<int, int> part) => crew.Run(tiles.Count(step.Batch), step.Batch * costOfRow >= WorthSharing, part);

    private void Update(
        TiledNetwork network,
        IReadOnlyList<GradientPart> parts,
        GradientRows[] gradientRows,
        IOptimizer optimizer,
        ref DecayPowers<float> powers,
        double learningRate,
        double clip,
        bool isFirst)
    {
        long products = gradientRows.Sum(some => (long)some.Count) * network.Parameters.Length;
        crew.Run(parts.Count, products >= WorthSharing, (part, worker) => network.Gradient(parts[part], gradientRows, scratch[worker].From(0)));

        powers = optimizer.CorrectsBias ? schedule.Next(powers, default(DeviceOperations)) : powers;
        OptimizerStep<float> common = schedule.At(optimizer, powers, (float)(learningRate * learningRateFactor), isFirst ? 1 : 0, default(DeviceOperations));
        int all = network.Parameters.Length;
        crew.Run((all + MovedAtOnce - 1) / MovedAtOnce, all >= 4 * MovedAtOnce, (part, _) =>
        {
            int first = part * MovedAtOnce;
            if (!network.Move(first, Math.Min(MovedAtOnce, all - first), common, (float)clip))
            {
                // All threads would write the same.
                firstDiverged = Math.Min(firstDiverged, Steps);
            }
        });
    }

    /// <summary>The losses of a step, whose rows are added in order.</summary>
    private void AddLosses(int batch, bool generates)
    {
        BatchLogits logits = tiles.Logits;
        int padded = (batch + lanes - 1) / lanes * lanes;
        Span<float> real = ofReal.AsSpan(0, padded), fake = ofFake.AsSpan(0, padded), made = generated.AsSpan(0, padded);
        loss.Values(logits.Real, logits.Fake, (float)settings.LabelSmoothing, real, fake);
        loss.GeneratorValues(logits.RealAgain, logits.Judged, made);
        float a = 0, b = 0, c = 0;
        for (int row = 0; row < batch; row++)
        {
            a += real[row];
            b += fake[row];
            c += made[row];
        }

        DeviceOperations o = default;
        float ofRows = o.Reciprocal(batch);
        lastD = o.Multiply(settings.Loss.Weight, o.Fma(a, ofRows, o.Multiply(b, ofRows)));
        sumD += lastD;
        lastG = generates ? o.Multiply(c, ofRows) : float.NaN;
        sumG = generates ? sumG + lastG : sumG;
    }

    private GanParameters Join(ReadOnlySpan<float> ofGenerator, ReadOnlySpan<float> ofDiscriminator) =>
        GanParameters.OrNaN(settings, [.. ofGenerator, .. ofDiscriminator], DivergedAt is not null);

    /// <summary>The random numbers of a step are counted by whole numbers.</summary>
    private void RequireCountable(int batch)
    {
        int ofRow = Math.Max(settings.Generator.Inputs, 2 * settings.Discriminator.Inputs);
        if ((long)batch * ofRow > int.MaxValue)
        {
            throw new InvalidSettingException(
                nameof(TrainingSettings.BatchSize), $"{settings.BatchSize} is too large for these networks; at most {int.MaxValue / ofRow}");
        }
    }
}
