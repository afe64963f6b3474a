using System.Numerics;
using GpuGan.Kernels.Compiled.Recordings;
using GpuGan.Kernels.Random;

namespace GpuGan.Kernels.Compiled.Steps;

/// <summary>
/// A group has as many rows as there are lanes; the last one may leave some idle, which compute what nobody reads. Scratch memory is read
/// lane by lane where a sum must keep the order of its rows.
/// </summary>
internal sealed class RowsInLanes : RowWalk
{
    // What a method may compute before the JIT compiler stops optimising it.
    private const int UnitsOfPart = 20;

    private readonly Recording recording;
    private readonly int lanes, batch;
    private readonly Symbol side;

    /// <summary>Sets scratch memory aside.</summary>
    /// <param name="recording">Where.</param>
    /// <param name="lanes">How many there are; a power of two.</param>
    /// <param name="batch">The most rows of a batch.</param>
    public RowsInLanes(Recording recording, int lanes, int batch)
    {
        (this.recording, this.lanes, this.batch) = (recording, lanes, batch);
        side = recording.Scratch(1);
        RowsOfGroup = recording.Index(0);
    }

    /// <summary>How many lanes there are.</summary>
    public int Lanes => lanes;

    /// <summary>An index: how many rows the group has that is being recorded.</summary>
    public Symbol RowsOfGroup { get; private set; }

    /// <inheritdoc/>
    public override bool IsOneGroup => batch <= lanes;

    private RecordingOperations O => recording.Operations;

    private uint Shift => (uint)BitOperations.Log2((uint)lanes);

    /// <inheritdoc/>
    public override Symbol Groups(Symbol count) => IsOneGroup ? recording.Index(1) : ShiftRight(Sum(count, recording.Index(lanes - 1)));

    /// <inheritdoc/>
    public override Symbol FirstOf(Symbol group) => recording.Index(Operation.IndexMultiply, group, recording.Index(lanes));

    /// <inheritdoc/>
    public override Symbol NumbersOf(Symbol first, Symbol group, Symbol count)
    {
        // Idle lanes take the first row again: any other may not exist.
        Symbol begin = FirstOf(group), lane = O.ToNumber(recording.Lane());
        Symbol left = O.ToNumber(recording.Word(recording.Index(Operation.IndexSubtract, count, begin)));
        return O.AddWords(recording.Word(Sum(first, begin)), O.ToWord(O.SelectLess(lane, left, lane, O.Constant(0))));
    }

    /// <inheritdoc/>
    public override void Loop(Symbol count, Action<Symbol> record)
    {
        if (IsOneGroup)
        {
            RowsOfGroup = count;
            recording.Section(() => record(recording.Index(0)));
            return;
        }

        recording.Loop(Groups(count), group =>
        {
            Symbol left = recording.Index(Operation.IndexSubtract, count, FirstOf(group)), all = recording.Index(lanes);
            RowsOfGroup = recording.Index(Operation.IndexSelectLess, left, all, left, all);
            record(group);
        });
    }

    /// <inheritdoc/>
    public override void Units(int units, int ofNetwork, int groups, params Action<int, int>[] steps)
    {
        int atOnce = Math.Max(1, UnitsOfPart / groups);
        if (ofNetwork <= atOnce)
        {
            Record([.. Enumerable.Range(0, units)]);
            return;
        }

        foreach (int[] some in Enumerable.Range(0, units).Chunk(atOnce))
        {
            recording.Section(() => Record(some));
        }

        void Record(int[] some)
        {
            foreach (int unit in some)
            {
                for (int group = 0; group < groups; group++)
                {
                    foreach (Action<int, int> step in steps)
                    {
                        step(group, unit);
                    }
                }
            }
        }
    }

    /// <inheritdoc/>
    public override Symbol[] LoadData(Symbol element, int width, int behind = 0) =>
        [.. Enumerable.Range(behind, width).Select(place => recording.LoadDataRows(element, width, place))];

    /// <inheritdoc/>
    public override Symbol[] LoadDrawn(Symbol start, Symbol element, int width)
    {
        Symbol first = Sum(FirstOf(start), element);
        return [.. Enumerable.Range(0, width).Select(place => recording.LoadScratchRows(first, width, place))];
    }

    /// <inheritdoc/>
    public override int LengthOfDrawn(int elements, int width)
    {
        // Idle lanes read behind the last row.
        int all = elements + (lanes * width), ofGroup = lanes * Streams.BlockSize;
        return (all + ofGroup - 1) / ofGroup * Streams.BlockSize;
    }

    /// <inheritdoc/>
    public override void Draw(Symbol target, Symbol firstBlock, Symbol blocks, Func<Symbol, Quad<Symbol>> words, Func<Quad<Symbol>, Quad<Symbol>> numbers) =>
        recording.Loop(ShiftRight(Sum(blocks, recording.Index(lanes - 1))), group =>
        {
            Quad<Symbol> four = numbers(words(O.AddWords(recording.Word(Sum(firstBlock, FirstOf(group))), recording.Lane())));
            Symbol place = Sum(target, recording.Index(Operation.IndexMultiply, group, recording.Index(Streams.BlockSize)));
            recording.StoreTransposed(place, four.A, four.B, four.C, four.D);
        });

    /// <inheritdoc/>
    public override void Add(Variable sum, Symbol value)
    {
        RecordingOperations o = O;
        recording.StoreScratch(side, value);
        EachRow(rows => recording.Set(sum, rows.Aggregate(recording.Get(sum), (added, row) => o.Add(added, recording.LoadElement(Sum(FirstOf(side), row))))));
    }

    /// <summary>Passes the rows of a group one after the other; those of a full one without a loop, so that sums stay in registers.</summary>
    /// <param name="record">Records the passing of some rows, indices from 0.</param>
    public void EachRow(Action<Symbol[]> record)
    {
        Symbol full = ShiftRight(RowsOfGroup);
        Symbol done = FirstOf(full);
        recording.Loop(full, _ => record([.. Enumerable.Range(0, lanes).Select(recording.Index)]));
        recording.Loop(recording.Index(Operation.IndexSubtract, RowsOfGroup, done), row => record([row]));
    }

    /// <inheritdoc/>
    public override Symbol OfMember(Symbol finite)
    {
        recording.StoreScratch(side, finite);
        RecordingOperations o = O;
        return Enumerable.Range(0, lanes).Select(lane => recording.LoadElement(FirstOf(side), lane)).Aggregate((sum, one) => o.Add(sum, one));
    }

    private Symbol Sum(Symbol a, Symbol b) => recording.Index(Operation.IndexAdd, a, b);

    private Symbol ShiftRight(Symbol index) => recording.Add(SymbolKind.Index, Operation.IndexShiftRight, Shift, index);
}
