namespace GpuGan.Kernels.Tiled;

/// <summary>What a vector of the processor can do: .NET's operations, for code that is generic over the number of lanes.</summary>
/// <remarks>.NET has the like of it for itself alone; so each width lists its own.</remarks>
/// <typeparam name="TNumbers">A vector of floats.</typeparam>
/// <typeparam name="TWords">A vector of as many 32-bit words.</typeparam>
internal interface IVectors<TNumbers, TWords>
{
    /// <summary>How many lanes there are.</summary>
    static abstract int Count { get; }

    static abstract TNumbers Load(ref float source, nint offset);

    static abstract void Store(TNumbers numbers, ref float target, nint offset);

    static abstract void StoreWords(TWords words, ref uint target, nint offset);

    static abstract TNumbers Create(float value);

    static abstract TWords CreateWords(uint value);

    /// <summary>0, 1, 2 …</summary>
    static abstract TWords Indices { get; }

    static abstract TNumbers Add(TNumbers a, TNumbers b);

    static abstract TNumbers Subtract(TNumbers a, TNumbers b);

    static abstract TNumbers Multiply(TNumbers a, TNumbers b);

    static abstract TNumbers Divide(TNumbers a, TNumbers b);

    static abstract TNumbers Sqrt(TNumbers a);

    /// <summary>a b + c, rounded once.</summary>
    static abstract TNumbers Fma(TNumbers a, TNumbers b, TNumbers c);

    static abstract TNumbers Negate(TNumbers a);

    static abstract TNumbers Abs(TNumbers a);

    /// <summary>a &lt; b ? whenLess : otherwise, false for NaN.</summary>
    static abstract TNumbers SelectLess(TNumbers a, TNumbers b, TNumbers whenLess, TNumbers otherwise);

    /// <summary>The larger; a where one is NaN.</summary>
    static abstract TNumbers Max(TNumbers a, TNumbers b);

    /// <summary>The magnitude of one with the sign of the other.</summary>
    static abstract TNumbers CopySign(TNumbers magnitude, TNumbers sign);

    static abstract TWords AsWords(TNumbers a);

    static abstract TNumbers AsNumbers(TWords a);

    static abstract TNumbers ConvertToNumbers(TWords integers);

    static abstract TWords ConvertToWords(TNumbers a);

    static abstract TWords Add(TWords a, TWords b);

    static abstract TWords Subtract(TWords a, TWords b);

    static abstract TWords And(TWords a, TWords b);

    static abstract TWords Xor(TWords a, TWords b);

    static abstract TWords MultiplyLow(TWords a, TWords b);

    static abstract TWords MultiplyHigh(TWords a, TWords b);

    static abstract TWords ShiftLeft(TWords a, int count);

    static abstract TWords ShiftRight(TWords a, int count);

    static abstract TWords ShiftRightArithmetic(TWords a, int count);
}
