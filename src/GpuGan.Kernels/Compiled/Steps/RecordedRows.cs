using GpuGan.Kernels.Compiled.Recordings;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Random;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Compiled.Steps;

/// <summary>
/// The real rows of a batch: read from the data set that all members share, or drawn in place from each member's seed, to the
/// bits of <see cref="Sampling.Sample(IDistribution, ulong, int)"/>; in their own order, or shuffled.
/// </summary>
internal sealed class RecordedRows
{
    private readonly Recording recording;
    private readonly RowWalk walk;
    private readonly IDistribution? ownData;
    private readonly int columns;
    private readonly (Symbol Low, Symbol High) seed;
    private readonly Symbol variates, choices;
    private readonly RecordedOrder? order;
    private Symbol firstRow, firstBlock;

    /// <summary>Records what comes before the first step.</summary>
    /// <param name="recording">Where.</param>
    /// <param name="walk">How rows are passed.</param>
    /// <param name="settings">Whether the rows are shuffled, and how many columns they have.</param>
    /// <param name="batch">The most rows of a batch.</param>
    /// <param name="ownData">Where each member draws its own rows from; null where all read the same data set.</param>
    /// <param name="seed">Its halves, the low one first.</param>
    public RecordedRows(Recording recording, RowWalk walk, TrainingSettings settings, int batch, IDistribution? ownData, (Symbol Low, Symbol High) seed)
    {
        (this.recording, this.walk, this.ownData, columns, this.seed) = (recording, walk, ownData, settings.Discriminator.Inputs, seed);
        variates = recording.Scratch(ownData is null ? 0 : walk.LengthOfDrawn((batch * columns) + Streams.BlockSize, columns));
        choices = DrawsChoices ? recording.Scratch(batch) : default;
        order = settings.Shuffle ? new RecordedOrder(recording, walk, seed, batch) : null;
    }

    private RecordingOperations O => recording.Operations;

    private bool DrawsChoices => ownData is { DrawsUniform: true };

    /// <summary>Finds the rows of a batch, and draws the variates of those that are the member's own.</summary>
    /// <param name="pass">An index: which step of the launch, from 0.</param>
    /// <param name="first">An index: the place of the batch's first row in the epoch.</param>
    /// <param name="count">An index: how many rows it has.</param>
    public void Prepare(Symbol pass, Symbol first, Symbol count)
    {
        firstRow = first;
        order?.Find(pass, first, count);
        if (ownData is not null && order is not null)
        {
            recording.Loop(walk.Groups(count), group => DrawRow(order.RowsOf(group), Times(group, columns)));
        }
        else if (ownData is not null)
        {
            Symbol begin = Times(first, columns);
            firstBlock = RecordedNumbers.FirstBlock(recording, begin);
            Symbol elements = Index(Operation.IndexSubtract, Index(Operation.IndexAdd, begin, Times(count, columns)), Times(firstBlock, Streams.BlockSize));
            RecordedNumbers.Draw(recording, walk, default(NormalNumbers), seed, StreamId.Data, O.Word(0), firstBlock, elements, variates);
        }

        if (DrawsChoices)
        {
            recording.Loop(walk.Groups(count), group => DrawChoice(order?.RowsOf(group) ?? walk.NumbersOf(first, group, count), group));
        }
    }

    /// <summary>The rows of a group of the batch that was prepared last.</summary>
    /// <param name="group">An index.</param>
    /// <returns><c>[column]</c>.</returns>
    public Symbol[] Row(Symbol group)
    {
        if (ownData is null)
        {
            return order is null ? walk.LoadData(PlaceOf(group), columns) : Gather(O.MultiplyLow(order.RowsOf(group), O.Word((uint)columns)));
        }

        Symbol[] z = order is null
            ? walk.LoadDrawn(variates, Index(Operation.IndexSubtract, PlaceOf(group), Times(firstBlock, Streams.BlockSize)), columns)
            : Load(Index(Operation.IndexAdd, variates, Times(group, columns)));
        Symbol u = DrawsChoices ? recording.LoadScratch(Index(Operation.IndexAdd, choices, group)) : default;
        Symbol[] numbers = new Symbol[columns];
        ownData.Row(z, u, numbers, O);
        return numbers;
    }

    private Symbol PlaceOf(Symbol group) => Times(Index(Operation.IndexAdd, firstRow, walk.FirstOf(group)), columns);

    private Symbol[] Gather(Symbol places) => [.. Enumerable.Range(0, columns).Select(column => recording.GatherData(places, column))];

    private Symbol[] Load(Symbol start) => [.. Enumerable.Range(0, columns).Select(column => recording.LoadScratch(start, column))];

    /// <summary>Draws the variates of one row: all blocks that a row may lie in, of which each lane takes its own part.</summary>
    private void DrawRow(Symbol row, Symbol place)
    {
        Symbol element = O.MultiplyLow(row, O.Word((uint)columns));
        Symbol block = O.ShiftRight(element, 2);
        Symbol before = O.ToNumber(O.ShiftRight(O.MultiplyLow(element, O.Word(1u << 30)), 30));

        // A row begins at a multiple of this in its first block.
        int stride = (int)System.Numerics.BigInteger.GreatestCommonDivisor(columns, Streams.BlockSize);
        List<Symbol> drawn = [];
        while (drawn.Count < Streams.BlockSize - stride + columns)
        {
            Streams.Draw(
                default(NormalNumbers), seed.Low, seed.High, StreamId.Data, O.Word(0), O.AddWords(block, O.Word((uint)(drawn.Count / Streams.BlockSize))), O, out Quad<Symbol> four);
            drawn.AddRange([four.A, four.B, four.C, four.D]);
        }

        for (int column = 0; column < columns; column++)
        {
            Symbol variate = drawn[column];
            for (int begin = stride; begin < Streams.BlockSize; begin += stride)
            {
                variate = O.SelectLess(before, O.Constant(begin), variate, drawn[begin + column]);
            }

            recording.StoreScratch(Index(Operation.IndexAdd, variates, place), variate, behind: column);
        }
    }

    /// <summary>Draws the uniform number of one row.</summary>
    private void DrawChoice(Symbol row, Symbol place)
    {
        Streams.Choice(seed.Low, seed.High, StreamId.Data, O.Word(0), row, O, out Symbol number);
        recording.StoreScratch(Index(Operation.IndexAdd, choices, place), number);
    }

    private Symbol Times(Symbol index, int factor) => Index(Operation.IndexMultiply, index, recording.Index(factor));

    private Symbol Index(Operation operation, params ReadOnlySpan<Symbol> operands) => recording.Index(operation, operands);
}
