using GpuGan.Kernels.Compiled.Recordings;
using GpuGan.Kernels.Random;

namespace GpuGan.Kernels.Compiled.Steps;

/// <summary>
/// The order of the rows, as <see cref="RowOrder"/> has it: which rows a batch has, for each lane. The keys of an epoch are
/// drawn once, into scratch memory; in each step all rows of the batch pass one round after the other.
/// </summary>
internal sealed class RecordedOrder
{
    // The words of RoundKeys.
    private const int KeysOfRound = 3;

    private readonly Recording recording;
    private readonly RowWalk walk;
    private readonly (Symbol Low, Symbol High) seed;
    private readonly Symbol keys, numbers, rows;
    private readonly Variable epoch;

    /// <summary>Records what comes before the first step.</summary>
    /// <param name="recording">Where.</param>
    /// <param name="walk">How rows are passed.</param>
    /// <param name="seed">Its halves, the low one first.</param>
    /// <param name="batch">The most rows of a batch.</param>
    public RecordedOrder(Recording recording, RowWalk walk, (Symbol Low, Symbol High) seed, int batch)
    {
        (this.recording, this.walk, this.seed) = (recording, walk, seed);
        keys = recording.Scratch(RowOrder.Rounds * KeysOfRound);
        numbers = recording.Scratch(batch);
        rows = recording.Word(recording.Parameter(TrainingRecording.Rows));
        epoch = recording.NewVariable(SymbolKind.Index);
        recording.Set(epoch, recording.Parameter(TrainingRecording.Epoch));
    }

    private RecordingOperations O => recording.Operations;

    /// <summary>Finds the rows of a batch.</summary>
    /// <param name="pass">An index: which step of the launch, from 0.</param>
    /// <param name="first">An index: the place of the batch's first row in the epoch.</param>
    /// <param name="count">An index: how many rows it has.</param>
    public void Find(Symbol pass, Symbol first, Symbol count)
    {
        Symbol zero = recording.Index(0), one = recording.Index(1), rounds = recording.Index(RowOrder.Rounds);
        Symbol isNext = IfZero(pass, zero, IfZero(first, one, zero));
        recording.Set(epoch, recording.Index(Operation.IndexAdd, recording.Get(epoch), isNext));
        recording.Loop(IfZero(pass, rounds, recording.Index(Operation.IndexMultiply, isNext, rounds)), DrawKeys);
        Symbol groups = walk.Groups(count);
        recording.Loop(groups, group => recording.StoreScratch(PlaceOf(group), walk.NumbersOf(first, group, count)));
        recording.Loop(rounds, round =>
        {
            Symbol start = StartOf(round);
            RoundKeys<Symbol> own = new(Key(start, 0), Key(start, 1), Key(start, 2));
            recording.Loop(groups, group => recording.StoreScratch(PlaceOf(group), RowOrder.Exchange(RowsOf(group), rows, own, O)));
        });

        Symbol IfZero(Symbol index, Symbol then, Symbol otherwise) => recording.Index(Operation.IndexSelectLess, index, one, then, otherwise);
    }

    /// <summary>The numbers of the rows of a group of the batch that was found last.</summary>
    /// <param name="group">An index.</param>
    public Symbol RowsOf(Symbol group) => recording.LoadScratch(SymbolKind.Word, PlaceOf(group));

    private void DrawKeys(Symbol round)
    {
        Symbol start = StartOf(round);
        RoundKeys<Symbol> own = RowOrder.Keys(recording.Word(round), rows, seed.Low, seed.High, recording.Word(recording.Get(epoch)), O);
        recording.StoreScratch(start, own.Sum);
        recording.StoreScratch(start, own.Factor, behind: 1);
        recording.StoreScratch(start, own.Summand, behind: 2);
    }

    private Symbol Key(Symbol start, int behind) => recording.LoadScratch(SymbolKind.Word, start, behind);

    private Symbol StartOf(Symbol round) =>
        recording.Index(Operation.IndexAdd, keys, recording.Index(Operation.IndexMultiply, round, recording.Index(KeysOfRound)));

    private Symbol PlaceOf(Symbol group) => recording.Index(Operation.IndexAdd, numbers, group);
}
