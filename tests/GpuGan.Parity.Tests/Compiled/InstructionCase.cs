using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Compiled.Recordings;

namespace GpuGan.Parity.Tests.Compiled;

/// <summary>Records an operation on three words of the state, which hold any bits.</summary>
/// <param name="o">The operations.</param>
/// <param name="x">The words, as numbers.</param>
/// <param name="w">The words, as words.</param>
internal delegate Symbol RecordInstruction(RecordingOperations o, Symbol[] x, Symbol[] w);

/// <summary>Bits folded into the domain of an operation.</summary>
internal delegate (uint A, uint B, uint C) Domain(uint a, uint b, uint c);

/// <summary>One operation of the compiled engine, alone or in a pair that is emitted as one.</summary>
/// <param name="Name">What it does.</param>
/// <param name="GivesNumber">Whether the result is a number, not a word.</param>
/// <param name="Record">Records it.</param>
/// <param name="Fold">Makes any bits what the operation is defined for.</param>
internal sealed record InstructionCase(string Name, bool GivesNumber, RecordInstruction Record, Domain Fold)
{
    private const uint SmallestNormal = 0x00800000, NormalCount = 0x7f000000, One = 0x3f800000, Half = 0x3f000000, Sign = 0x80000000;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<InstructionCase> All { get; } =
    [
        Number("Add", (o, x, _) => o.Add(x[0], x[1])),
        Number("Subtract", (o, x, _) => o.Subtract(x[0], x[1])),
        Number("Multiply", (o, x, _) => o.Multiply(x[0], x[1])),
        Number("Fma", (o, x, _) => o.Fma(x[0], x[1], x[2])),
        Number("Fma of a negated factor", (o, x, _) => o.Fma(o.Negate(x[0]), x[1], x[2])),
        Number("Fma of a factor that is computed and negated", (o, x, _) => o.Fma(o.Negate(o.Add(x[0], x[2])), x[1], x[2])),
        Number("Fma of a negated second factor and summand", (o, x, _) => o.Fma(x[0], o.Negate(x[1]), o.Negate(x[2]))),
        Number("Fma of constants", (o, x, _) => o.Fma(o.Constant(-0.1f), x[1], o.Constant(float.Epsilon))),
        Number("Reciprocal", (o, x, _) => o.Reciprocal(x[0]), (a, b, c) => (Bits(OperationKernel.Invertible(BitConverter.UInt32BitsToSingle(a))), b, c)),
        Number("Reciprocal of a sum", (o, x, _) => o.Reciprocal(o.Add(o.Constant(1), x[0])), (a, b, c) => (Magnitude(a) & ~Sign, b, c)),
        Number("DivideNearOne", (o, x, _) => o.DivideNearOne(x[0], x[1]), (a, b, c) => ((a & Sign) | ((a & ~Sign) % (Half + 1)), Half + (b % (One - Half + 1)), c)),
        Number("DivideNearOne of NaN", (o, x, _) => o.DivideNearOne(x[0], x[1]), (a, b, c) => (a % 2 == 0 ? a | 0x7fc00000 : 0, b % 2 == 0 ? One : b | 0x7fc00000, c)),
        Number("SquareRoot", (o, x, _) => o.SquareRoot(x[0]), (a, b, c) => (Bits(OperationKernel.HasRoot(BitConverter.UInt32BitsToSingle(a))), b, c)),
        Number("SquareRoot of a sum", (o, x, _) => o.SquareRoot(o.Add(o.Constant(1), x[0])), (a, b, c) => (Magnitude(a) & ~Sign, b, c)),
        Number("Negate", (o, x, _) => o.Negate(x[0])),
        Number("Negate of a number that is used again", Shared),
        Number("Negate of Abs", (o, x, _) => o.Negate(o.Abs(x[0]))),
        Number("Negate of Abs of a difference", (o, x, _) => o.Negate(o.Abs(o.Subtract(x[0], x[1])))),
        Number("Abs", (o, x, _) => o.Abs(x[0])),
        Number("CopySign", (o, x, _) => o.CopySign(x[0], x[1])),
        Number("CopySign of a sum and a constant", (o, x, _) => o.CopySign(o.Add(x[0], x[1]), o.Constant(-0f))),
        Number("SelectLess", (o, x, _) => o.SelectLess(x[0], x[1], x[2], o.Constant(1))),
        Number("SelectLess than a constant", (o, x, _) => o.SelectLess(x[0], o.Constant(0), x[1], x[2])),
        Number("Clamp", (o, x, _) => o.Clamp(x[0], -1.5f, 3)),
        Number("AtLeast -100", (o, x, _) => o.AtLeast(x[0], -100)),
        Number("AtLeast 1", (o, x, _) => o.AtLeast(x[0], 1)),
        Number("AtLeast a denormal", (o, x, _) => o.AtLeast(x[0], float.Epsilon)),
        Number("PowerOfTwo", (o, x, _) => o.PowerOfTwo(x[0]), (a, b, c) => (Shifted((int)(a % 254) - 126), b, c)),
        Number("ScaleByPowerOfTwo", (o, x, _) => o.ScaleByPowerOfTwo(x[0], x[1]), (a, b, c) => (Magnitude(a), Bits((int)(b % 501) - 250), c)),
        Number("Exponent", (o, x, _) => o.Exponent(x[0]), PositiveNormal),
        Number("Mantissa", (o, x, _) => o.Mantissa(x[0]), PositiveNormal),
        Number("ToNumber", (o, _, w) => o.ToNumber(w[0]), (a, b, c) => (a >> 8, b, c)),
        Word("ToWord", (o, x, _) => o.ToWord(x[0]), (a, b, c) => (Bits((int)(a >> 8)), b, c)),
        Word("AddWords", (o, _, w) => o.AddWords(w[0], w[1])),
        Word("AddWords of a constant", (o, _, w) => o.AddWords(o.Word(0x9e3779b9), w[1])),
        Word("ExclusiveOr", (o, _, w) => o.ExclusiveOr(w[0], w[1])),
        Word("MultiplyLow", (o, _, w) => o.MultiplyLow(w[0], w[1])),
        Word("MultiplyHigh", (o, _, w) => o.MultiplyHigh(w[0], w[1])),
        Word("MultiplyHigh by a constant", (o, _, w) => o.MultiplyHigh(o.Word(0xd2511f53), w[1])),
        Word("MultiplyHigh of a sum by a constant", (o, _, w) => o.MultiplyHigh(o.AddWords(w[0], w[1]), o.Word(0xcd9e8d57))),
        Word("MultiplyHigh of a square", (o, _, w) => o.MultiplyHigh(w[2], w[2])),
        Word("ShiftRight by 1", (o, _, w) => o.ShiftRight(w[0], 1)),
        Word("ShiftRight by 8", (o, _, w) => o.ShiftRight(w[0], 8)),
        Word("ShiftRight by 31", (o, _, w) => o.ShiftRight(w[0], 31)),
    ];

    /// <summary>The kernel: reads the words 0 to 2 of the state and writes the word 3.</summary>
    public Recording Recording()
    {
        Recording recording = new();
        Symbol[] numbers = [.. Enumerable.Range(0, 3).Select(word => recording.LoadState(SymbolKind.Number, word))];
        Symbol[] words = [.. Enumerable.Range(0, 3).Select(word => recording.LoadState(SymbolKind.Word, word))];
        recording.StoreState(3, Record(recording.Operations, numbers, words));
        return recording;
    }

    public override string ToString() => Name;

    private static InstructionCase Number(string name, RecordInstruction record, Domain? fold = null) => new(name, true, record, fold ?? Any);

    private static InstructionCase Word(string name, RecordInstruction record, Domain? fold = null) => new(name, false, record, fold ?? Any);

    private static Symbol Shared(RecordingOperations o, Symbol[] x, Symbol[] words)
    {
        Symbol negated = o.Negate(x[0]);
        return o.Add(o.Fma(negated, x[1], x[2]), negated);
    }

    private static (uint A, uint B, uint C) Any(uint a, uint b, uint c) => (a, b, c);

    private static (uint A, uint B, uint C) PositiveNormal(uint a, uint b, uint c) => (SmallestNormal + ((a & ~Sign) % NormalCount), b, c);

    /// <summary>From 1/4 to 4, of either sign; NaN where the bits are one.</summary>
    private static uint Magnitude(uint bits) => (bits & ~Sign) > 0x7f800000 ? bits : (bits & Sign) | (0x3e800000 + ((bits & ~Sign) % (0x40800001 - 0x3e800000)));

    private static uint Shifted(int power) => Bits(power + ExactFunctions.PowerShift);

    private static uint Bits(float number) => BitConverter.SingleToUInt32Bits(number);
}
