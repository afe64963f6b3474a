using System.Numerics;
using GpuGan.Kernels.Compiled.Recordings;
using GpuGan.Kernels.Random;

namespace GpuGan.Kernels.Compiled.Steps;

/// <summary>A group is a row. Where registers allow, a few of them are recorded side by side, so that a processor computes them at the same time.</summary>
/// <param name="recording">Where.</param>
/// <param name="rowsAtOnce">How many; a power of two.</param>
internal sealed class RowsInTurn(Recording recording, int rowsAtOnce) : RowWalk
{
    private RecordingOperations O => recording.Operations;

    /// <inheritdoc/>
    public override bool IsOneGroup => false;

    /// <inheritdoc/>
    public override Symbol Groups(Symbol count) => count;

    /// <inheritdoc/>
    public override Symbol FirstOf(Symbol group) => group;

    /// <inheritdoc/>
    public override Symbol NumbersOf(Symbol first, Symbol group, Symbol count) => recording.Word(recording.Index(Operation.IndexAdd, first, group));

    /// <inheritdoc/>
    public override void Loop(Symbol count, Action<Symbol[]> record)
    {
        Symbol done = recording.Index(0);
        if (rowsAtOnce > 1)
        {
            uint shift = (uint)BitOperations.Log2((uint)rowsAtOnce);
            Symbol groups = recording.Add(SymbolKind.Index, Operation.IndexShiftRight, shift, count);
            recording.Loop(groups, group =>
            {
                Symbol first = recording.Index(Operation.IndexMultiply, group, recording.Index(rowsAtOnce));
                record([.. Enumerable.Range(0, rowsAtOnce).Select(i => recording.Index(Operation.IndexAdd, first, recording.Index(i)))]);
            });
            done = recording.Index(Operation.IndexMultiply, groups, recording.Index(rowsAtOnce));
        }

        recording.Loop(recording.Index(Operation.IndexSubtract, count, done), rest => record([recording.Index(Operation.IndexAdd, done, rest)]));
    }

    /// <inheritdoc/>
    public override void Part(Action record)
    {
        if (rowsAtOnce > 1)
        {
            recording.Section(record);
        }
        else
        {
            record();
        }
    }

    /// <inheritdoc/>
    public override Symbol[] LoadData(Symbol element, int width, int behind = 0) =>
        [.. Enumerable.Range(behind, width).Select(place => recording.LoadData(element, place))];

    /// <inheritdoc/>
    public override Symbol[] LoadDrawn(Symbol start, Symbol element, int width)
    {
        Symbol first = recording.Index(Operation.IndexAdd, start, element);
        return [.. Enumerable.Range(0, width).Select(place => recording.LoadScratch(first, place))];
    }

    /// <inheritdoc/>
    public override int LengthOfDrawn(int elements, int width) => (elements + Streams.BlockSize - 1) / Streams.BlockSize * Streams.BlockSize;

    /// <inheritdoc/>
    public override void Draw(Symbol target, Symbol firstBlock, Symbol blocks, Func<Symbol, Symbol[]> draw) => recording.Loop(blocks, block =>
    {
        Symbol[] four = draw(recording.Word(recording.Index(Operation.IndexAdd, firstBlock, block)));
        Symbol start = recording.Index(Operation.IndexAdd, target, recording.Index(Operation.IndexMultiply, block, recording.Index(Streams.BlockSize)));
        for (int i = 0; i < four.Length; i++)
        {
            recording.StoreScratch(start, four[i], behind: i);
        }
    });

    /// <inheritdoc/>
    public override void Add(Variable sum, Symbol[] values)
    {
        RecordingOperations o = O;
        recording.Set(sum, values.Aggregate(recording.Get(sum), (added, value) => o.Add(added, value)));
    }

    /// <inheritdoc/>
    public override Symbol OfMember(Symbol finite) => finite;
}
