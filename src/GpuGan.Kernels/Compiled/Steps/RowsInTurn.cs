using GpuGan.Kernels.Compiled.Recordings;
using GpuGan.Kernels.Random;

namespace GpuGan.Kernels.Compiled.Steps;

/// <summary>A group is a row.</summary>
/// <param name="recording">Where.</param>
/// <param name="batch">The most rows of a batch.</param>
/// <param name="inPieces">Whether all rows pass a layer before the first passes the next: a processor then computes several at the same time.</param>
internal sealed class RowsInTurn(Recording recording, int batch, bool inPieces) : RowWalk
{
    // Their weights stay in the first cache while the rows pass.
    private const int UnitsOfPiece = 8;

    /// <inheritdoc/>
    public override bool IsOneGroup => false;

    /// <inheritdoc/>
    public override Symbol Groups(Symbol count) => count;

    /// <inheritdoc/>
    public override Symbol FirstOf(Symbol group) => group;

    /// <inheritdoc/>
    public override Symbol NumbersOf(Symbol first, Symbol group, Symbol count) => recording.Word(recording.Index(Operation.IndexAdd, first, group));

    /// <inheritdoc/>
    public override void Loop(Symbol count, Action<Symbol> record)
    {
        if (inPieces)
        {
            recording.LoopInPieces(count, batch, record);
        }
        else
        {
            recording.Loop(count, record);
        }
    }

    /// <inheritdoc/>
    public override void Units(int units, int ofNetwork, int groups, params Action<int, int>[] steps)
    {
        IEnumerable<Action<int, int>[]> passes = inPieces ? steps.Chunk(1) : [steps];
        foreach (Action<int, int>[] pass in passes)
        {
            if (pass[0] != steps[0])
            {
                recording.Cut();
            }

            foreach (int[] some in Enumerable.Range(0, units * groups).Chunk(UnitsOfPiece))
            {
                recording.CutBefore(some.Length * Recording.WholePiece / UnitsOfPiece);
                foreach (int i in some)
                {
                    foreach (Action<int, int> step in pass)
                    {
                        step(i % groups, i / groups);
                    }
                }
            }
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
    public override void Draw(Symbol target, Symbol firstBlock, Symbol blocks, Func<Symbol, Quad<Symbol>> words, Func<Quad<Symbol>, Quad<Symbol>> numbers)
    {
        if (inPieces)
        {
            recording.Loop(blocks, block => Store(block, Words(block)));
            recording.Loop(blocks, block => Store(block, numbers(Load(Place(block)))));
        }
        else
        {
            recording.Loop(blocks, block => Store(block, numbers(Words(block))));
        }

        Quad<Symbol> Words(Symbol block) => words(recording.Word(recording.Index(Operation.IndexAdd, firstBlock, block)));

        Symbol Place(Symbol block) => recording.Index(Operation.IndexAdd, target, recording.Index(Operation.IndexMultiply, block, recording.Index(Streams.BlockSize)));

        Quad<Symbol> Load(Symbol place) => new(Word(place, 0), Word(place, 1), Word(place, 2), Word(place, 3));

        Symbol Word(Symbol place, int behind) => recording.LoadScratch(SymbolKind.Word, place, behind);

        void Store(Symbol block, Quad<Symbol> four)
        {
            Symbol place = Place(block);
            recording.StoreScratch(place, four.A);
            recording.StoreScratch(place, four.B, behind: 1);
            recording.StoreScratch(place, four.C, behind: 2);
            recording.StoreScratch(place, four.D, behind: 3);
        }
    }

    /// <inheritdoc/>
    public override void Add(Variable sum, Symbol value) => recording.Set(sum, recording.Operations.Add(recording.Get(sum), value));

    /// <inheritdoc/>
    public override Symbol OfMember(Symbol finite) => finite;
}
