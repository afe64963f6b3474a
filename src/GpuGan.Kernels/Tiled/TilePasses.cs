using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Random;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Tiled;

/// <summary>The tiles of a batch, and the phases of a step in which a thread takes one of them: through a network, and back.</summary>
internal sealed class TilePasses
{
    // What the units of a tile may take of a core's second-level cache, and the rows that it should have at least and at most.
    private const int CacheBytes = 256 * 1024, FewestRows = 32, MostRows = 128;

    private readonly TrainingSettings settings;
    private readonly DataSet data;
    private readonly TiledNetwork generator, discriminator;
    private readonly ILossPass loss;
    private readonly TiledPenalty penalty;
    private readonly IDraws latents, normals, uniforms;
    private (IDraws Latents, IDraws Normals, IDraws Uniforms)? recorded;
    private readonly IShuffle shuffle;
    private readonly Tile[] tiles;
    private readonly Scratch[] scratch;
    private readonly RoundKeys<uint>[] rounds = new RoundKeys<uint>[RowOrder.Rounds];
    private readonly int lanes;
    private int epochOfRounds = -1;

    /// <summary>Allocates the tiles.</summary>
    /// <param name="settings">The training's.</param>
    /// <param name="data">What to learn.</param>
    /// <param name="generator">The generator.</param>
    /// <param name="discriminator">The discriminator.</param>
    /// <param name="batch">Rows of a batch.</param>
    /// <param name="threads">How many take tiles.</param>
    /// <param name="code">For how many lanes.</param>
    public TilePasses(TrainingSettings settings, DataSet data, TiledNetwork generator, TiledNetwork discriminator, int batch, int threads, VectorCode code)
    {
        (this.settings, this.data, this.generator, this.discriminator) = (settings, data, generator, discriminator);
        loss = code.Loss(settings.Loss);
        latents = settings.Generator.Latent == Latent.Uniform ? code.Draws<SignedUniformNumbers>() : code.Draws<NormalNumbers>();
        normals = code.Draws<NormalNumbers>();
        uniforms = code.Draws<UniformNumbers>();
        shuffle = code.Shuffle();
        penalty = new TiledPenalty(settings, discriminator, code);
        lanes = code.Lanes;
        RowsOfTile = SizeOf(settings, batch, threads, lanes);
        tiles = [.. Enumerable.Range(0, Count(batch)).Select(i => new Tile(settings, i * RowsOfTile, RowsOfTile, lanes))];
        scratch = [.. Enumerable.Range(0, threads).Select(_ => new Scratch(settings, RowsOfTile, lanes))];
        Logits = new BatchLogits(tiles.Length * Padded(RowsOfTile));
    }

    /// <summary>Rows of a whole tile.</summary>
    public int RowsOfTile { get; }

    /// <summary>The logits of the last phases.</summary>
    public BatchLogits Logits { get; }

    /// <summary>One of the tiles.</summary>
    public Tile this[int tile] => tiles[tile];

    /// <summary>Numbers that the tiles take, and what the threads need while they are at them.</summary>
    public static long LengthOf(TrainingSettings settings, int batch, int threads, int lanes)
    {
        int size = SizeOf(settings, batch, threads, lanes);
        return ((batch + size - 1) / size * Tile.LengthOf(settings, size, lanes)) + (threads * Scratch.LengthOf(settings, size));
    }

    /// <summary>How many tiles a batch has.</summary>
    public int Count(int batch) => (batch + RowsOfTile - 1) / RowsOfTile;

    /// <summary>The rows of the discriminator's gradient in their order: the real ones, then the fake ones, or in turn; then those between.</summary>
    public GradientRows[] DiscriminatorRows(int batch)
    {
        bool isInTurn = settings.Loss.IsShiftInvariant;
        int ofReal = penalty.TermsOfReal, ofFake = penalty.TermsOfFake, ofBetween = penalty.TermsOfBetween;
        List<GradientRows> all = [];
        if (isInTurn)
        {
            Add(0, ofReal + ofFake, 0, 2);
        }
        else
        {
            Add(0, ofReal, 0, 1);
            Add(ofReal, ofFake, 1, 1);
        }

        if (ofBetween > 0)
        {
            Add(ofReal + ofFake, ofBetween, 2, 1);
        }

        return [.. all];

        // All in units of a tile's rows.
        void Add(int first, int terms, int firstRow, int kinds)
        {
            for (int i = 0; i < Count(batch); i++)
            {
                int count = RowsOf(tiles[i], batch);
                all.Add(new GradientRows(tiles[i].DiscriminatorTerms, first * count, terms * count, firstRow * count, kinds * count));
            }
        }
    }

    /// <summary>The rows of the generator's gradient in their order.</summary>
    public GradientRows[] GeneratorRows(int batch) =>
        [.. Enumerable.Range(0, Count(batch)).Select(i => new GradientRows(tiles[i].GeneratorTerms, 0, RowsOf(tiles[i], batch), 0, RowsOf(tiles[i], batch)))];

    /// <summary>The random numbers of the steps from now on; null where they are drawn.</summary>
    public void Follow((IDraws Latents, IDraws Normals, IDraws Uniforms)? numbers) => recorded = numbers;

    /// <summary>Prepares the order of the rows; before the first tile of a step.</summary>
    public void Begin(StepNumbers step)
    {
        if (settings.Shuffle && step.Epoch != epochOfRounds)
        {
            for (uint round = 0; round < RowOrder.Rounds; round++)
            {
                rounds[round] = RowOrder.Keys(
                    round, (uint)data.Rows, (uint)settings.Seed, (uint)(settings.Seed >> 32), (uint)step.Epoch, default(DeviceOperations));
            }

            epochOfRounds = step.Epoch;
        }
    }

    /// <summary>Draws the random numbers of a tile.</summary>
    public void Draw(int number, int worker, StepNumbers step)
    {
        Tile tile = tiles[number];
        int count = RowsOf(tile, step.Batch), width = settings.Generator.Inputs, columns = settings.Discriminator.Inputs;
        if (settings.Generator.Latent != Latent.Zero)
        {
            Span<float> drawn = scratch[worker].Drawn.AsSpan(0, count * width);
            (recorded?.Latents ?? latents).Fill(settings.Seed, StreamId.Noise, settings.FixedNoise ? 0 : step.Step, tile.First * width, drawn);
            Transposed.Copy(drawn, width, count, width, tile.Generator.Units(0), tile.Generator.Stride);
        }

        if (settings.InstanceNoise != 0)
        {
            (recorded?.Normals ?? normals).Fill(settings.Seed, StreamId.InputNoise, step.Step, tile.First * columns, tile.AddedNoise.AsSpan(0, count * columns));
            (recorded?.Normals ?? normals).Fill(
                settings.Seed, StreamId.InputNoise, step.Step, (step.Batch + tile.First) * columns, tile.AddedNoise.AsSpan(count * columns, count * columns));
        }
    }

    /// <summary>Makes the fake rows of a tile.</summary>
    public void Make(int number, StepNumbers step) => generator.Forward(tiles[number].Generator, RowsOf(tiles[number], step.Batch));

    /// <summary>The discriminator's phase, once the fake rows are made: judges both, and takes the loss back.</summary>
    public void Discriminate(int number, int worker, StepNumbers step)
    {
        Tile tile = tiles[number];
        Scratch its = scratch[worker];
        UnitRows units = tile.Discriminator;
        int count = RowsOf(tile, step.Batch), logit = settings.Discriminator.UnitCount - 1;
        RowPlaces ofReals = tile.RealRows, ofFakes = tile.FakeRows(count);
        CopyReal(tile, its, step, units, ofReals);
        CopyFake(tile, count, units, ofFakes);
        if (settings.GradientPenalty != 0)
        {
            MixRows(tile, its, count, step);
        }

        discriminator.Forward(units, Tile.KindsOfRows(settings) * count);
        Span<float> real = Logits.Real.AsSpan(tile.First, Padded(count)), fake = Logits.Fake.AsSpan(tile.First, Padded(count));
        ReadOnlySpan<float> logits = units.Units(logit);
        for (int row = 0; row < count; row++)
        {
            real[row] = logits[ofReals[row]];
            fake[row] = logits[ofFakes[row]];
        }

        Span<float> ofReal = its.First.AsSpan(0, Padded(count)), ofFake = its.Second.AsSpan(0, Padded(count));
        loss.Derivatives(real, fake, (float)settings.LabelSmoothing, settings.Loss.Weight * (1f / step.Batch), ofReal, ofFake);
        Span<float> deltas = units.Deltas(logit);
        for (int row = 0; row < count; row++)
        {
            deltas[ofReals[row]] = ofReal[row];
            deltas[ofFakes[row]] = ofFake[row];
        }

        if (!settings.HasPenalty || penalty.LeavesSome)
        {
            discriminator.Backward(units, 2 * count);
        }

        if (settings.HasPenalty)
        {
            penalty.Run(tile, its.Tangents, count, 1f / step.Batch);
        }

        tile.DiscriminatorTerms.Turn((penalty.TermsOfReal + penalty.TermsOfFake + penalty.TermsOfBetween) * count);
    }

    /// <summary>
    /// The generator's phase: the discriminator, as it is now, judges the fake rows, and the real ones where the loss compares them; the loss is taken
    /// back through both networks. The discriminator's units are this thread's alone, as nobody else asks for them.
    /// </summary>
    public void Generate(int number, int worker, StepNumbers step)
    {
        Tile tile = tiles[number];
        Scratch its = scratch[worker];
        UnitRows judged = its.Judged;
        int count = RowsOf(tile, step.Batch), logit = settings.Discriminator.UnitCount - 1;
        CopyFake(tile, count, judged, new RowPlaces(0, 1));
        if (settings.Loss.IsPaired)
        {
            CopyReal(tile, its, step, judged, new RowPlaces(count, 1));
        }

        discriminator.Forward(judged, settings.Loss.IsPaired ? 2 * count : count);
        Span<float> fake = Logits.Judged.AsSpan(tile.First, Padded(count)), real = Logits.RealAgain.AsSpan(tile.First, Padded(count));
        judged.Units(logit)[..count].CopyTo(fake);
        if (settings.Loss.IsPaired)
        {
            judged.Units(logit).Slice(count, count).CopyTo(real);
        }

        Span<float> derivatives = its.First.AsSpan(0, Padded(count));
        loss.GeneratorDerivatives(real, fake, 1f / step.Batch, derivatives);
        derivatives.CopyTo(judged.Deltas(logit));
        discriminator.Backward(judged, count);
        discriminator.BackwardToInputs(judged, count);
        int made = settings.Generator.UnitCount - settings.Generator.Outputs;
        for (int unit = 0; unit < settings.Generator.Outputs; unit++)
        {
            judged.Deltas(unit)[..Padded(count)].CopyTo(tile.Generator.Deltas(made + unit));
        }

        generator.MultiplyByOutputDerivative(tile.Generator, count);
        generator.Backward(tile.Generator, count);
        tile.GeneratorTerms.Turn(count);
    }

    /// <summary>
    /// Rows of a tile: so many that its units stay in the cache, few enough that each thread has one, all of them alike; whole vectors, so that each
    /// tile's numbers begin with one.
    /// </summary>
    private static int SizeOf(TrainingSettings settings, int batch, int threads, int lanes)
    {
        // Units, deltas and what is turned of them, twice in the discriminator; of a penalty as many again, and what the tangent pass computes.
        int ofDiscriminator = settings.HasPenalty ? 16 : 6;
        int bytesOfRow = sizeof(float) * ((ofDiscriminator * settings.Discriminator.UnitCount) + (3 * settings.Generator.UnitCount));
        int most = Math.Clamp(CacheBytes / bytesOfRow, FewestRows, MostRows);
        int count = (batch + most - 1) / most;
        int shared = (count + threads - 1) / threads * threads;
        count = batch / shared >= FewestRows / 2 ? shared : count;
        int size = (batch + count - 1) / count;
        return (size + lanes - 1) / lanes * lanes;
    }

    /// <summary>Draws where the gradient penalty of a tile is taken, and puts the rows there: u x + (1-u) G(z), as the discriminator sees both.</summary>
    private void MixRows(Tile tile, Scratch its, int count, StepNumbers step)
    {
        Span<float> mix = its.First.AsSpan(0, count);
        (recorded?.Uniforms ?? uniforms).Fill(settings.Seed, StreamId.Mix, step.Step, tile.First, mix);
        DeviceOperations o = default;
        RowPlaces ofReals = tile.RealRows, ofFakes = tile.FakeRows(count);
        for (int column = 0; column < data.Columns; column++)
        {
            Span<float> inputs = tile.Discriminator.Units(column);
            for (int row = 0; row < count; row++)
            {
                float real = inputs[ofReals[row]], fake = inputs[ofFakes[row]];
                inputs[(2 * count) + row] = o.Fma(mix[row], o.Subtract(real, fake), fake);
            }
        }
    }

    private int RowsOf(Tile tile, int batch) => Math.Min(RowsOfTile, batch - tile.First);

    private int Padded(int count) => (count + lanes - 1) / lanes * lanes;

    private void CopyReal(Tile tile, Scratch its, StepNumbers step, UnitRows units, RowPlaces places)
    {
        int count = RowsOf(tile, step.Batch), columns = data.Columns, first = step.FirstRow + tile.First;
        Span<uint> numbers = its.RowNumbers.AsSpan(0, Padded(count));
        if (settings.Shuffle)
        {
            shuffle.Fill(rounds, data.Rows, first, numbers);
        }

        for (int row = 0; row < count; row++)
        {
            int from = (settings.Shuffle ? (int)numbers[row] : first + row) * columns, to = places[row];
            for (int column = 0; column < columns; column++)
            {
                units.Units(column)[to] = WithNoise(data.Values[from + column], tile, (row * columns) + column);
            }
        }
    }

    private void CopyFake(Tile tile, int count, UnitRows units, RowPlaces places)
    {
        int columns = data.Columns, made = settings.Generator.UnitCount - columns;
        for (int column = 0; column < columns; column++)
        {
            ReadOnlySpan<float> from = tile.Generator.Units(made + column);
            Span<float> to = units.Units(column);
            for (int row = 0; row < count; row++)
            {
                to[places[row]] = WithNoise(from[row], tile, ((count + row) * columns) + column);
            }
        }
    }

    private float WithNoise(float value, Tile tile, int number) => settings.InstanceNoise == 0
        ? value
        : default(DeviceOperations).Fma((float)settings.InstanceNoise, tile.AddedNoise[number], value);

    /// <summary>What a thread needs while it is at a tile.</summary>
    private sealed class Scratch(TrainingSettings settings, int rows, int lanes)
    {
        /// <summary>Numbers that it takes, but for a few of each row.</summary>
        public static long LengthOf(TrainingSettings settings, int rows) =>
            UnitRows.LengthOf(settings.Discriminator, RowsJudged(settings, rows)) + TangentRows.LengthOf(settings.Discriminator, RowsWithTangents(settings, rows));

        private static int RowsJudged(TrainingSettings settings, int rows) => settings.Loss.IsPaired ? 2 * rows : rows;

        private static int RowsWithTangents(TrainingSettings settings, int rows) => settings.HasPenalty ? Tile.KindsOfRows(settings) * rows : 1;

        /// <summary>The discriminator's units in the generator's phase.</summary>
        public UnitRows Judged { get; } = new(settings.Discriminator, RowsJudged(settings, rows));

        /// <summary>What the tangent pass computes; next to nothing where there is no penalty.</summary>
        public TangentRows Tangents { get; } = new(settings.Discriminator, RowsWithTangents(settings, rows));

        /// <summary>Derivatives.</summary>
        public float[] First { get; } = new float[rows + lanes];

        /// <summary>Derivatives.</summary>
        public float[] Second { get; } = new float[rows + lanes];

        /// <summary>Latent rows, <c>[row, unit]</c>, before they are turned.</summary>
        public float[] Drawn { get; } = new float[rows * settings.Generator.Inputs];

        /// <summary>The numbers of real rows.</summary>
        public uint[] RowNumbers { get; } = new uint[rows + lanes];
    }
}

/// <summary>What all tiles of a step share.</summary>
/// <param name="Step">Which, from 0.</param>
/// <param name="Epoch">Which, from 0.</param>
/// <param name="FirstRow">The place of its first row in the epoch.</param>
/// <param name="Batch">How many rows it has.</param>
internal readonly record struct StepNumbers(int Step, int Epoch, int FirstRow, int Batch);

/// <summary>The logits of a batch, <c>[row]</c> each, of which the losses are computed at the end of a step.</summary>
/// <param name="length">How many rows, in whole vectors.</param>
internal sealed class BatchLogits(int length)
{
    /// <summary>Of the real rows.</summary>
    public float[] Real { get; } = new float[length];

    /// <summary>Of the fake ones.</summary>
    public float[] Fake { get; } = new float[length];

    /// <summary>Of the fake ones in the generator's phase.</summary>
    public float[] Judged { get; } = new float[length];

    /// <summary>Of the real ones in the generator's phase, where the loss compares them.</summary>
    public float[] RealAgain { get; } = new float[length];
}
