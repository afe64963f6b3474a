using GpuGan.Kernels.Compiled.Recordings;

namespace GpuGan.Kernels.Tests.Compiled;

/// <summary>A loop in pieces computes what one loop does, which the interpreter says of both.</summary>
public sealed class LoopDistributionTests
{
    private const int Most = 20, Data = 2 * Most;

    [Test]
    public void Pieces_compute_what_one_loop_does([Range(0, Most)] int count, [Values(1, 12, 40)] int values)
    {
        float[] one = Run(count, (recording, passes, body) => recording.Loop(passes, body), values);
        float[] pieces = Run(count, (recording, passes, body) => recording.LoopInPieces(passes, Most, body), values);
        Assert.That(pieces.Select(BitConverter.SingleToInt32Bits), Is.EqualTo(one.Select(BitConverter.SingleToInt32Bits)));
        Assert.That(one.Distinct().Count(), count > 0 ? Is.GreaterThan(1) : Is.EqualTo(1));
    }

    [Test]
    public void Each_piece_is_a_loop_in_a_section_and_what_may_be_computed_again_is_no_piece()
    {
        Recording recording = new();
        Variable sum = recording.NewVariable(SymbolKind.Number);
        recording.LoopInPieces(recording.Parameter(0), Most, pass =>
        {
            Symbol place = recording.Index(Operation.IndexAdd, pass, recording.Index(3));
            recording.Cut();
            Symbol number = recording.Operations.Abs(recording.LoadData(place));
            recording.Cut();
            recording.Set(sum, recording.Operations.Add(recording.Get(sum), recording.Operations.Add(number, recording.LoadData(place))));
        });
        Operation[] operations = [.. recording.Instructions.Select(line => line.Operation)];
        Assert.That(operations.Count(operation => operation == Operation.BeginLoop), Is.EqualTo(2));
        Assert.That(operations.Count(operation => operation == Operation.BeginSection), Is.EqualTo(2));
        Assert.That(operations.Count(operation => operation == Operation.LoadData), Is.EqualTo(2));
        Assert.That(operations.Count(operation => operation == Operation.StoreScratch), Is.EqualTo(1));
        Assert.That(recording.ScratchLength, Is.EqualTo(Most));
    }

    [Test]
    public void Loops_share_the_scratch_memory_of_their_pieces()
    {
        Recording recording = new();
        for (int loop = 0; loop < 3; loop++)
        {
            Body(recording, (passes, body) => recording.LoopInPieces(passes, Most, body), values: 5);
        }

        int three = recording.ScratchLength;
        Recording other = new();
        Body(other, (passes, body) => other.LoopInPieces(passes, Most, body), values: 5);
        Assert.That(three, Is.EqualTo(other.ScratchLength).And.Positive);
    }

    [Test]
    public void What_a_piece_has_no_room_for_begins_another([Values(20, 21, 41)] int sums)
    {
        Recording recording = new();
        Variable[] variables = [.. Enumerable.Range(0, sums).Select(_ => recording.NewVariable(SymbolKind.Number))];
        recording.LoopInPieces(recording.Parameter(0), Most, pass =>
        {
            foreach (Variable variable in variables)
            {
                recording.CutBefore(Recording.WholePiece / 20);
                recording.Set(variable, recording.Operations.Add(recording.Get(variable), recording.LoadData(pass)));
            }
        });
        Assert.That(recording.Instructions.Count(line => line.Operation == Operation.BeginLoop), Is.EqualTo((sums + 19) / 20));
    }

    [Test]
    public void A_variable_of_two_pieces_is_refused_where_one_changes_it()
    {
        Recording recording = new();
        Variable shared = recording.NewVariable(SymbolKind.Number), other = recording.NewVariable(SymbolKind.Number);
        Assert.That(
            () => recording.LoopInPieces(recording.Parameter(0), Most, pass =>
            {
                recording.Set(shared, recording.LoadData(pass));
                recording.Cut();
                recording.Set(other, recording.Get(shared));
            }),
            Throws.InvalidOperationException.With.Message.EqualTo("variable 0, which a piece of a loop changes, is another's too"));
    }

    [Test]
    public void A_piece_that_writes_memory_is_refused()
    {
        Recording recording = new();
        Assert.That(
            () => recording.LoopInPieces(recording.Parameter(0), Most, pass => recording.StoreScratch(pass, recording.LoadData(pass))),
            Throws.InvalidOperationException.With.Message.EqualTo("a piece of a loop may change variables only, not StoreScratch"));
    }

    [Test]
    public void A_cut_outside_of_such_a_loop_is_nothing()
    {
        Recording recording = new();
        recording.Cut();
        recording.CutBefore(Recording.WholePiece + 1);
        Assert.That(recording.Instructions, Is.Empty);
    }

    private static float[] Run(int count, Action<Recording, Symbol, Action<Symbol>> loop, int values)
    {
        Recording recording = new();
        Variable[] sums = Body(recording, (passes, body) => loop(recording, passes, body), values);
        for (int i = 0; i < sums.Length; i++)
        {
            recording.StoreState(i, recording.Get(sums[i]));
        }

        float[] state = new float[sums.Length];
        new Interpreter(recording, [.. Enumerable.Range(0, Data).Select(i => MathF.Sin(i))], count).Run(state);
        return state;
    }

    /// <summary>Three pieces of numbers, words and indices that need each other, each with a sum over the passes for each value.</summary>
    private static Variable[] Body(Recording recording, Action<Symbol, Action<Symbol>> loop, int values)
    {
        RecordingOperations o = recording.Operations;
        Variable[] sums = [.. Enumerable.Range(0, 2 * values).Select(_ => recording.NewVariable(SymbolKind.Number))];
        foreach (Variable sum in sums)
        {
            recording.Set(sum, o.Constant(0));
        }

        Variable kept = recording.NewVariable(SymbolKind.Number);
        recording.Set(kept, o.Constant(1.5f));
        loop(recording.Parameter(0), pass =>
        {
            Symbol place = recording.Index(Operation.IndexMultiply, pass, recording.Index(2));
            Symbol word = o.AddWords(recording.Word(pass), o.Word(7)), x = recording.LoadData(place, 1), y = o.Multiply(x, recording.Get(kept));
            Symbol[] first = [.. Enumerable.Range(0, values).Select(i => o.Fma(y, o.Constant(i), x))];
            recording.Cut();
            recording.Cut();
            Symbol[] second = [.. first.Select(value => o.Fma(value, value, o.Subtract(recording.LoadData(place), x)))];
            for (int i = 0; i < values; i++)
            {
                recording.Set(sums[i], o.Add(recording.Get(sums[i]), second[i]));
            }

            recording.Cut();
            for (int i = 0; i < values; i++)
            {
                Symbol term = o.Fma(o.ToNumber(o.ExclusiveOr(word, recording.Word(place))), first[i], second[i]);
                recording.Set(sums[values + i], o.Add(o.Multiply(recording.Get(sums[values + i]), recording.Get(kept)), term));
            }
        });
        return sums;
    }
}
