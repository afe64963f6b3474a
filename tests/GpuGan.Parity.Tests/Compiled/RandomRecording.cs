using GpuGan.Kernels.Compiled.Recordings;
using Instructions = GpuGan.Kernels.Compiled.Recordings.Operation;

namespace GpuGan.Parity.Tests.Compiled;

/// <summary>
/// Records any program: values used at once, late, often, never, across loops and sections; variables, scratch memory and
/// state that are read before and after they are written. Its numbers stay ordinary, as a NaN would hide what differs.
/// </summary>
internal sealed class RandomRecording
{
    /// <summary>Words of the state: numbers, then words; the program reads and writes them.</summary>
    public const int NumberWords = 8, Words = 4, StateLength = NumberWords + Words;

    /// <summary>Numbers of the data.</summary>
    public const int DataLength = 16;

    /// <summary>The parameters: how often a loop may run, from 1; any index.</summary>
    public const int Passes = 0, Offset = 1, ParameterCount = 2;

    private const int ScratchLength = 8, WordScratchLength = 4, DeepestLoop = 3;

    private readonly System.Random random;
    private readonly Recording recording = new();
    private readonly RecordingOperations o;
    private readonly List<Symbol> numbers = [], words = [], indices = [];
    private readonly Variable[] numberVariables, wordVariables, indexVariables;
    private readonly Symbol scratch, wordScratch;
    private int depth;

    private RandomRecording(int seed)
    {
        random = new System.Random(seed);
        o = recording.Operations;
        numberVariables = [.. Enumerable.Range(0, 3).Select(word => recording.Kept(SymbolKind.Number, word))];
        wordVariables = [.. Enumerable.Range(0, 2).Select(word => recording.Kept(SymbolKind.Word, NumberWords + word))];
        indexVariables = [.. Enumerable.Range(0, 2).Select(_ => recording.NewVariable(SymbolKind.Index))];
        indices.AddRange(Enumerable.Range(0, ParameterCount).Select(recording.Parameter));
        foreach (Variable variable in indexVariables)
        {
            recording.Set(variable, Any(indices));
        }

        numbers.AddRange(Enumerable.Range(0, NumberWords).Select(word => recording.LoadState(SymbolKind.Number, word)));
        words.AddRange(Enumerable.Range(NumberWords, Words).Select(word => recording.LoadState(SymbolKind.Word, word)));
        scratch = recording.Scratch(ScratchLength);
        for (int i = 0; i < ScratchLength; i++)
        {
            recording.StoreScratch(recording.Index(Instructions.IndexAdd, scratch, recording.Index(i)), Any(numbers));
        }

        wordScratch = recording.Scratch(WordScratchLength);
        for (int i = 0; i < WordScratchLength; i++)
        {
            recording.StoreScratch(wordScratch, Any(words), behind: i);
        }
    }

    /// <summary>Records the program of a seed.</summary>
    public static Recording Of(int seed) => new RandomRecording(seed).Record();

    private Recording Record()
    {
        Block(statements: 20);
        recording.Loop(recording.Parameter(Passes), pass => Inside(pass, 30));
        Block(statements: 10);
        for (int word = 0; word < StateLength; word++)
        {
            recording.StoreState(word, word < NumberWords ? Bounded(Any(numbers)) : Any(words));
        }

        return recording;
    }

    private void Inside(Symbol pass, int statements)
    {
        depth++;
        indices.Add(pass);
        Block(statements);
        indices.Remove(pass);
        depth--;
    }

    private void Block(int statements)
    {
        for (int i = 0; i < statements; i++)
        {
            Statement();
        }
    }

    private void Statement()
    {
        switch (random.Next(25))
        {
            case < 7:
                numbers.Add(Number());
                break;
            case < 9:
                words.Add(Word());
                break;
            case < 11:
                indices.Add(Index());
                break;
            case 11:
                recording.Set(Any(numberVariables), Bounded(Any(numbers)));
                break;
            case 12:
                numbers.Add(recording.Get(Any(numberVariables)));
                break;
            case 13:
                recording.Set(Any(wordVariables), Any(words));
                words.Add(recording.Get(Any(wordVariables)));
                break;
            case 14:
                recording.Set(Any(indexVariables), Any(indices));
                indices.Add(recording.Get(Any(indexVariables)));
                break;
            case 15:
                numbers.Add(recording.LoadData(Below(DataLength)));
                break;
            case 16:
                numbers.Add(recording.LoadScratch(Place()));
                break;
            case 17:
                recording.StoreScratch(Place(), Bounded(Any(numbers)));
                break;
            case 18:
                numbers.Add(recording.LoadState(SymbolKind.Number, random.Next(NumberWords)));
                break;
            case 19:
                recording.StoreState(random.Next(NumberWords), Bounded(Any(numbers)));
                break;
            case 20 when depth is > 0 and < DeepestLoop:
                recording.Loop(random.Next(2) == 0 ? recording.Index(1 + random.Next(2)) : recording.Parameter(Passes), pass => Inside(pass, 8));
                break;
            case 21 when depth is > 0 and < DeepestLoop:
                recording.Section(() => Block(8));
                break;
            case 22:
                numbers.Add(recording.GatherData(o.MultiplyHigh(Any(words), o.Word(DataLength - 2)), behind: random.Next(3)));
                break;
            case 23:
                words.Add(recording.LoadScratch(SymbolKind.Word, wordScratch, behind: random.Next(WordScratchLength)));
                break;
            case 24:
                recording.StoreScratch(wordScratch, Any(words), behind: random.Next(WordScratchLength));
                break;
        }
    }

    private Symbol Number()
    {
        (Symbol a, Symbol b, Symbol c) = (Any(numbers), Any(numbers), Any(numbers));
        return random.Next(11) switch
        {
            0 => o.Add(a, b),
            1 => o.Subtract(a, b),
            2 => o.Multiply(Bounded(a), b),
            3 => o.Fma(a, Bounded(b), c),
            4 => o.Fma(o.Negate(a), Bounded(b), c),
            5 => o.Multiply(a, o.Reciprocal(o.AtLeast(o.Abs(Bounded(b)), 0.25f))),
            6 => o.SquareRoot(o.AtLeast(o.Abs(a), 1e-20f)),
            7 => o.Negate(o.Abs(a)),

            // The sign of a NaN is nobody's.
            8 => o.CopySign(a, o.SelectLess(b, c, o.Constant(-1), o.Constant(0))),
            9 => o.SelectLess(a, b, c, o.Constant(random.NextSingle())),
            _ => Bounded(a),
        };
    }

    private Symbol Word()
    {
        (Symbol a, Symbol b) = (Any(words), Any(words));
        return random.Next(7) switch
        {
            0 => o.AddWords(a, b),
            1 => o.ExclusiveOr(a, o.Word((uint)random.Next())),
            2 => o.MultiplyLow(a, b),
            3 => o.MultiplyHigh(a, o.Word(0xd2511f53)),
            4 => o.MultiplyHigh(a, o.ExclusiveOr(a, b)),
            5 => o.ShiftRight(a, 1 + random.Next(31)),
            _ => recording.Word(Any(indices)),
        };
    }

    private Symbol Index()
    {
        (Symbol a, Symbol b) = (Any(indices), Any(indices));
        return random.Next(5) switch
        {
            0 => recording.Index(Instructions.IndexAdd, a, b),
            1 => recording.Index(Instructions.IndexSubtract, a, recording.Index(random.Next(5))),
            2 => recording.Index(Instructions.IndexMultiply, a, b),
            3 => recording.Add(SymbolKind.Index, Instructions.IndexShiftRight, (uint)(1 + random.Next(3)), a),
            _ => recording.Index(Instructions.IndexSelectLess, a, b, Any(indices), recording.Index(random.Next(9))),
        };
    }

    private Symbol Place() => recording.Index(Instructions.IndexAdd, scratch, Below(ScratchLength));

    /// <summary>An index from 0 to below a bound.</summary>
    private Symbol Below(int bound)
    {
        (Symbol index, Symbol zero, Symbol last) = (Any(indices), recording.Index(0), recording.Index(bound - 1));
        Symbol above = recording.Index(Instructions.IndexSelectLess, index, zero, zero, index);
        return recording.Index(Instructions.IndexSelectLess, above, last, above, last);
    }

    private Symbol Bounded(Symbol number) => o.Clamp(number, -3, 2.5f);

    /// <summary>One of some; mostly one of the last, as programs have it.</summary>
    private T Any<T>(IReadOnlyList<T> some) => some[random.Next(3) == 0 ? random.Next(some.Count) : random.Next(Math.Max(0, some.Count - 4), some.Count)];
}
