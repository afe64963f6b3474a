using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Compiled.Recordings;

/// <summary>The operations on symbols: each writes down what it would do.</summary>
/// <param name="recording">Where.</param>
/// <param name="fastMath">Whether quotients, roots and functions are the hardware's own, instead of exact ones.</param>
internal readonly struct RecordingOperations(Recording recording, bool fastMath) : IOperations<Symbol>, IWordOperations<Symbol>, IConversions<Symbol, Symbol>
{
    /// <inheritdoc/>
    public Symbol Constant(float value) => recording.Constant(SymbolKind.Number, BitConverter.SingleToUInt32Bits(value));

    /// <inheritdoc/>
    public Symbol Add(Symbol a, Symbol b) => Number(Operation.Add, a, b);

    /// <inheritdoc/>
    public Symbol Subtract(Symbol a, Symbol b) => Number(Operation.Subtract, a, b);

    /// <inheritdoc/>
    public Symbol Multiply(Symbol a, Symbol b) => Number(Operation.Multiply, a, b);

    /// <inheritdoc/>
    public Symbol Fma(Symbol a, Symbol b, Symbol c) => Number(Operation.Fma, a, b, c);

    /// <inheritdoc/>
    public Symbol Reciprocal(Symbol a) => Number(fastMath ? Operation.FastReciprocal : Operation.Reciprocal, a);

    /// <inheritdoc/>
    public Symbol DivideNearOne(Symbol a, Symbol b) => Number(Operation.DivideNearOne, a, b);

    /// <inheritdoc/>
    public Symbol SquareRoot(Symbol a) => Number(fastMath ? Operation.FastSquareRoot : Operation.SquareRoot, a);

    /// <inheritdoc/>
    public Symbol Negate(Symbol a) => Number(Operation.Negate, a);

    /// <inheritdoc/>
    public Symbol Abs(Symbol a) => Number(Operation.Abs, a);

    /// <inheritdoc/>
    public Symbol CopySign(Symbol magnitude, Symbol sign) => Number(Operation.CopySign, magnitude, sign);

    /// <inheritdoc/>
    public Symbol SelectLess(Symbol a, Symbol b, Symbol whenLess, Symbol otherwise) => Number(Operation.SelectLess, a, b, whenLess, otherwise);

    /// <inheritdoc/>
    public Symbol Clamp(Symbol a, float low, float high)
    {
        Symbol l = Constant(low), h = Constant(high);
        return SelectLess(a, l, l, SelectLess(h, a, h, a));
    }

    /// <inheritdoc/>
    public Symbol AtLeast(Symbol a, float low) => Number(Operation.AtLeast, a, Constant(low));

    /// <inheritdoc/>
    public Symbol PowerOfTwo(Symbol shifted) => Number(Operation.PowerOfTwo, shifted);

    /// <inheritdoc/>
    public Symbol ScaleByPowerOfTwo(Symbol a, Symbol n)
    {
        // Two factors, as in DeviceOperations; half of n is a whole number by the same rounding for each.
        Symbol shift = Constant(ExactFunctions.PowerShift);
        Symbol half = Subtract(Fma(n, Constant(0.5f), shift), shift);
        Symbol scaled = Multiply(a, PowerOfTwo(Add(half, shift)));
        return Multiply(scaled, PowerOfTwo(Add(Subtract(n, half), shift)));
    }

    /// <inheritdoc/>
    public Symbol Exponent(Symbol a) => Number(Operation.Exponent, a);

    /// <inheritdoc/>
    public Symbol Mantissa(Symbol a) => Number(Operation.Mantissa, a);

    /// <inheritdoc/>
    public Symbol ZeroIfTiny(Symbol x) => fastMath ? x : ExactFunctions.ZeroIfTiny(x, this);

    /// <inheritdoc/>
    public Symbol Tanh(Symbol x) => fastMath ? Number(Operation.FastTanh, x) : ExactFunctions.Tanh(x, this);

    /// <inheritdoc/>
    public Symbol Sigmoid(Symbol x)
    {
        Symbol half = Constant(0.5f);
        return fastMath ? Fma(half, Tanh(Multiply(half, x)), half) : ExactFunctions.Sigmoid(x, this);
    }

    /// <inheritdoc/>
    public Symbol LogOfNormal(Symbol x) => fastMath ? Number(Operation.FastLog, x) : ExactFunctions.LogOfNormal(x, this);

    /// <inheritdoc/>
    public void SinCosTurns(Symbol turns, out Symbol sine, out Symbol cosine)
    {
        if (fastMath)
        {
            sine = Number(Operation.FastSine, turns);
            cosine = Number(Operation.FastCosine, turns);
        }
        else
        {
            ExactFunctions.SinCosTurns(turns, this, out sine, out cosine);
        }
    }

    /// <inheritdoc/>
    public Symbol Word(uint value) => recording.Constant(SymbolKind.Word, value);

    /// <inheritdoc/>
    public Symbol AddWords(Symbol a, Symbol b) => Words(Operation.AddWords, a, b);

    /// <inheritdoc/>
    public Symbol ExclusiveOr(Symbol a, Symbol b) => Words(Operation.ExclusiveOr, a, b);

    /// <inheritdoc/>
    public Symbol MultiplyLow(Symbol a, Symbol b) => Words(Operation.MultiplyLow, a, b);

    /// <inheritdoc/>
    public Symbol MultiplyHigh(Symbol a, Symbol b) => Words(Operation.MultiplyHigh, a, b);

    /// <inheritdoc/>
    public Symbol ShiftRight(Symbol a, int count) => recording.Add(SymbolKind.Word, Operation.ShiftRight, (uint)count, a);

    /// <inheritdoc/>
    public Symbol ToNumber(Symbol word) => Number(Operation.ToNumber, word);

    /// <inheritdoc/>
    public Symbol ToWord(Symbol number) => Words(Operation.ToWord, number);

    private Symbol Number(Operation operation, params ReadOnlySpan<Symbol> operands) => recording.Add(SymbolKind.Number, operation, 0, operands);

    private Symbol Words(Operation operation, params ReadOnlySpan<Symbol> operands) => recording.Add(SymbolKind.Word, operation, 0, operands);
}
