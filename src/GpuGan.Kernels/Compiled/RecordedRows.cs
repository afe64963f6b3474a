using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Random;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Compiled;

/// <summary>
/// The real rows of a batch: read from the data set that all members share, or drawn in place from each member's seed, to the
/// bits of <see cref="Sampling.Sample(IDistribution, ulong, int)"/>; in their own order, or shuffled.
/// </summary>
internal sealed class RecordedRows
{
    private readonly Recording recording;
    private readonly IDistribution? ownData;
    private readonly int columns;
    private readonly (Symbol Low, Symbol High) seed;
    private readonly Symbol variates, choices;
    private readonly RecordedOrder? order;
    private Symbol firstRow, firstBlock;

    /// <summary>Records what comes before the first step.</summary>
    /// <param name="recording">Where.</param>
    /// <param name="settings">Whether the rows are shuffled, and how many columns they have.</param>
    /// <param name="batch">The most rows of a batch.</param>
    /// <param name="ownData">Where each member draws its own rows from; null where all read the same data set.</param>
    /// <param name="seed">Its halves, the low one first.</param>
    public RecordedRows(Recording recording, TrainingSettings settings, int batch, IDistribution? ownData, (Symbol Low, Symbol High) seed)
    {
        (this.recording, this.ownData, columns, this.seed) = (recording, ownData, settings.Discriminator.Inputs, seed);
        variates = recording.Scratch(ownData is null ? 0 : RecordedNumbers.WholeBlocks(batch * columns) + Streams.BlockSize);
        choices = DrawsChoices ? recording.Scratch(batch) : default;
        order = settings.Shuffle ? new RecordedOrder(recording, seed, batch) : null;
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
            recording.Loop(count, row => DrawRow(order.RowAt(row), Times(row, columns)));
        }
        else if (ownData is not null)
        {
            Symbol begin = Times(first, columns);
            firstBlock = RecordedNumbers.FirstBlock(recording, begin);
            Symbol elements = Index(Operation.IndexSubtract, Index(Operation.IndexAdd, begin, Times(count, columns)), Times(firstBlock, Streams.BlockSize));
            RecordedNumbers.Draw(recording, default(NormalNumbers), seed, StreamId.Data, O.Word(0), firstBlock, elements, variates);
        }

        if (DrawsChoices)
        {
            recording.Loop(count, row => DrawChoice(order?.RowAt(row) ?? recording.Word(Index(Operation.IndexAdd, first, row)), row));
        }
    }

    /// <summary>A row of the batch that was prepared last.</summary>
    /// <param name="row">An index: which of its rows.</param>
    public Symbol[] Row(Symbol row)
    {
        if (ownData is null)
        {
            return order is null
                ? Columns(Times(Index(Operation.IndexAdd, firstRow, row), columns), recording.LoadData)
                : Columns(O.MultiplyLow(order.RowAt(row), O.Word((uint)columns)), recording.GatherData);
        }

        Symbol element = order is null
            ? Index(Operation.IndexSubtract, Times(Index(Operation.IndexAdd, firstRow, row), columns), Times(firstBlock, Streams.BlockSize))
            : Times(row, columns);
        Symbol[] z = Columns(Index(Operation.IndexAdd, variates, element), recording.LoadScratch);
        Symbol u = DrawsChoices ? recording.LoadScratch(Index(Operation.IndexAdd, choices, row)) : default;
        Symbol[] numbers = new Symbol[columns];
        ownData.Row(z, u, numbers, O);
        return numbers;
    }

    private Symbol[] Columns(Symbol start, Func<Symbol, int, Symbol> load) => [.. Enumerable.Range(0, columns).Select(column => load(start, column))];

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
            Streams.Normals(
                seed.Low, seed.High, StreamId.Data, O.Word(0), O.AddWords(block, O.Word((uint)(drawn.Count / Streams.BlockSize))), O, out Quad<Symbol> four);
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
