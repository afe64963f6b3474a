namespace GpuGan.Kernels.Arithmetic;

/// <summary>
/// The operations on 32-bit floats that device code is made of: only those that IEEE 754 defines to the last bit,
/// so that every accelerator gives the same one. Rounding is to nearest, ties to even; denormals are kept.
/// </summary>
/// <remarks>
/// A formula is written once, generic over the number type. With <c>T = float</c> it is device code; with a type
/// that records, the same lines say what they do.
/// </remarks>
/// <typeparam name="T">A number, or a vector of them.</typeparam>
public interface IOperations<T> : IFunctions<T>
{
    /// <summary>A number that is known when the code is written.</summary>
    T Constant(float value);

    /// <summary>a + b.</summary>
    T Add(T a, T b);

    /// <summary>a - b.</summary>
    T Subtract(T a, T b);

    /// <summary>a b. A product that is added to something is written as <see cref="Fma"/>.</summary>
    T Multiply(T a, T b);

    /// <summary>a b + c, rounded once.</summary>
    T Fma(T a, T b, T c);

    /// <summary>1 / a, correctly rounded. A GPU needs no branch for it.</summary>
    /// <param name="a">A number of magnitude 2^-120 to 2^120, or NaN.</param>
    T Reciprocal(T a);

    /// <summary>
    /// a / b, correctly rounded, where the divisor is near one: for the quotients of <see cref="ExactFunctions.Tanh"/>, all of
    /// which have been tried. A GPU needs no branch for it.
    /// </summary>
    /// <param name="a">A number of magnitude up to 1, or NaN; -0 may lose its sign.</param>
    /// <param name="b">From 1 to 2, or NaN.</param>
    T DivideNearOne(T a, T b);

    /// <summary>The square root of a, correctly rounded. A GPU needs no branch for it.</summary>
    /// <param name="a">A number from 2^-100 up, or NaN; infinity gives NaN.</param>
    T SquareRoot(T a);

    /// <summary>-a.</summary>
    T Negate(T a);

    /// <summary>|a|.</summary>
    T Abs(T a);

    /// <summary>The magnitude of one number with the sign of another.</summary>
    T CopySign(T magnitude, T sign);

    /// <summary>a &lt; b ? whenLess : otherwise; a NaN is less than nothing and more than nothing.</summary>
    T SelectLess(T a, T b, T whenLess, T otherwise);

    /// <summary>The nearest number from low to high; NaN stays NaN.</summary>
    T Clamp(T a, float low, float high);

    /// <summary>a, or the bound where a is below it; NaN stays NaN.</summary>
    /// <param name="a">Any number.</param>
    /// <param name="low">The bound, not zero.</param>
    T AtLeast(T a, float low);

    /// <summary>2^n, of n + <see cref="ExactFunctions.PowerShift"/>; NaN gives anything.</summary>
    /// <param name="shifted">The sum, where n is a whole number from -126 to 127.</param>
    T PowerOfTwo(T shifted);

    /// <summary>a 2^n, rounded once.</summary>
    /// <param name="a">A number of magnitude 1/4 to 4, or NaN.</param>
    /// <param name="n">A whole number from -250 to 250.</param>
    T ScaleByPowerOfTwo(T a, T n);

    /// <summary>
    /// The whole number n for which a 2^-n lies from sqrt(1/2) to sqrt(2), of a positive normal number; anything else gives some
    /// number.
    /// </summary>
    T Exponent(T a);

    /// <summary>a 2^-Exponent(a), from sqrt(1/2) to sqrt(2), of a positive normal number; anything else gives some number.</summary>
    T Mantissa(T a);
}

/// <summary>The operations on 32-bit words that counter-based random numbers are made of.</summary>
/// <typeparam name="TWord">A word, or a vector of them.</typeparam>
internal interface IWordOperations<TWord>
{
    /// <summary>A word that is known when the code is written.</summary>
    TWord Word(uint value);

    /// <summary>a + b modulo 2^32.</summary>
    TWord AddWords(TWord a, TWord b);

    /// <summary>The bits in which a and b differ.</summary>
    TWord ExclusiveOr(TWord a, TWord b);

    /// <summary>The low half of the 64-bit product a b.</summary>
    TWord MultiplyLow(TWord a, TWord b);

    /// <summary>The high half of the 64-bit product a b.</summary>
    TWord MultiplyHigh(TWord a, TWord b);

    /// <summary>a / 2^count, rounded down.</summary>
    TWord ShiftRight(TWord a, int count);
}

/// <summary>Words made numbers, and numbers words.</summary>
/// <typeparam name="TWord">A word, or a vector of them.</typeparam>
/// <typeparam name="T">A number, or a vector of them.</typeparam>
internal interface IConversions<TWord, T>
{
    /// <summary>The number that a word below 2^24 stands for.</summary>
    T ToNumber(TWord word);

    /// <summary>The word of a whole number from 0 to below 2^24.</summary>
    TWord ToWord(T number);
}
