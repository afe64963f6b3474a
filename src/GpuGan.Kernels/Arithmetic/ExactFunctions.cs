using System.Runtime.CompilerServices;

namespace GpuGan.Kernels.Arithmetic;

/// <summary>
/// The elementary functions, made of exact operations alone, so that they too give the same bits everywhere. NaN passes
/// through each. The stated errors are the largest over all float32 inputs, in units in the last place of the true
/// value; a test measures them.
/// </summary>
/// <remarks>
/// Polynomials are minimax fits (Remez, with coefficients rounded to float32), evaluated by Horner's rule. Reductions
/// follow the usual lines, for instance Muller, "Elementary Functions", 3rd edition, 2016, chapters 9 to 11.
/// </remarks>
internal static class ExactFunctions
{
    /// <summary>What is added to a whole number n for <see cref="IOperations{T}.PowerOfTwo"/>: it leaves n + 127 in the lowest bits.</summary>
    public const float PowerShift = Rounder + 127;

    // Adding it to a number below 2^22 and subtracting it again rounds that number to a whole one.
    private const float Rounder = 12582912;

    /// <summary>2^-100: where the square root begins.</summary>
    internal const float Tiny = 7.88860905e-31f;

    private const float Log2OfE = 1.44269502f;

    /// <summary>
    /// tanh x, within 1.91 ulp, odd to the bit and never beyond 1: with E = exp(-2 |x|) it is (E - 1) / (E + 1), up to the
    /// sign. The exponential is reduced to <c>E = s (1/2 + e)</c> with s a power of two, and numerator and
    /// denominator are each rounded once, <c>s e + (s/2 - 1)</c> and <c>s e + (s/2 + 1)</c>; the negative exponent keeps
    /// both in the binade where roundings weigh least.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Tanh<T, TOps>(T x, TOps o)
        where TOps : struct, IOperations<T>
    {
        TanhQuotient(x, o, out T numerator, out T denominator);
        return o.CopySign(o.DivideNearOne(numerator, denominator), x);
    }

    /// <summary>The numerator and the denominator of -tanh |x|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void TanhQuotient<T, TOps>(T x, TOps o, out T numerator, out T denominator)
        where TOps : struct, IOperations<T>
    {
        const float Saturated = -9.2f;
        T half = o.Constant(0.5f);
        Exponential(o.AtLeast(o.Negate(o.Abs(x)), Saturated), o, out T s, out T e);
        numerator = o.Fma(s, e, o.Fma(s, half, o.Constant(-1)));
        denominator = o.Fma(s, e, o.Fma(s, half, o.Constant(1)));
    }

    /// <summary>
    /// x, or zero where its magnitude is below 2^-100. A mean that forgets by a factor would else fall to a few units of the smallest denormal number
    /// and stay there, as .9 of those rounds to as many, and processors take a hundred cycles for each.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T ZeroIfTiny<T, TOps>(T x, TOps o)
        where TOps : struct, IOperations<T> => o.SelectLess(o.Abs(x), o.Constant(Tiny), o.Constant(0), x);

    /// <summary>
    /// 1 / (1 + exp(-x)), within 3.21 ulp for |x| up to 20 and 5.09 up to 80, beyond which it does not change any more. The exponential
    /// is reduced as that of <see cref="Tanh"/>, and 1 added to it with one rounding.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sigmoid<T, TOps>(T x, TOps o)
        where TOps : struct, IOperations<T>
    {
        const float Saturated = -80;
        T half = o.Constant(0.5f);
        Exponential(o.AtLeast(o.Multiply(o.AtLeast(x, Saturated), o.Constant(-0.5f)), Saturated / 2), o, out T s, out T e);
        return o.Reciprocal(o.Fma(s, e, o.Fma(s, half, o.Constant(1))));
    }

    /// <summary>exp x, within 1.13 ulp, denormal results included: 2^n exp(r) with |r| at most log(2) / 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Exp<T, TOps>(T x, TOps o)
        where TOps : struct, IOperations<T>
    {
        T clamped = o.Clamp(x, -104, 89);
        T n = Round(clamped, Log2OfE, o);

        // log 2 in two pieces.
        T r = o.Fma(n, o.Constant(-0.693147182f), clamped);
        r = o.Fma(n, o.Constant(1.90465421e-9f), r);
        T p = o.Constant(0.00139349699f);
        p = o.Fma(p, r, o.Constant(0.00836325251f));
        p = o.Fma(p, r, o.Constant(0.0416666642f));
        p = o.Fma(p, r, o.Constant(0.166665763f));
        p = o.Fma(p, r, o.Constant(0.5f));
        p = o.Fma(o.Multiply(r, r), p, r);
        return o.ScaleByPowerOfTwo(o.Add(o.Constant(1), p), n);
    }

    /// <summary>
    /// log x, within 0.88 ulp: e log 2 + log(1 + f) with 1 + f from sqrt(1/2) to sqrt(2). Zero gives -infinity, a number
    /// below zero NaN.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Log<T, TOps>(T x, TOps o)
        where TOps : struct, IOperations<T>
    {
        const float SmallestNormal = 1.17549435e-38f, DenormalScale = 1 << 24;
        T zero = o.Constant(0), normal = o.Constant(SmallestNormal);
        T scaled = o.SelectLess(x, normal, o.Multiply(x, o.Constant(DenormalScale)), x);
        T e = o.Add(o.Exponent(scaled), o.SelectLess(x, normal, o.Constant(-24), zero));
        T log = LogOf(e, o.Mantissa(scaled), o);

        log = o.SelectLess(o.Constant(float.MaxValue), x, x, log);
        T notPositive = o.SelectLess(x, zero, o.Constant(float.NaN), o.Constant(float.NegativeInfinity));
        log = o.SelectLess(x, o.Constant(float.Epsilon), notPositive, log);
        T orNaN = o.SelectLess(x, zero, o.Constant(float.NaN), x);
        return o.SelectLess(o.Constant(float.NegativeInfinity), x, log, orNaN);
    }

    /// <summary>log x of a positive normal number, to the same bits as <see cref="Log"/>; of anything else, some number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LogOfNormal<T, TOps>(T x, TOps o)
        where TOps : struct, IOperations<T> => LogOf(o.Exponent(x), o.Mantissa(x), o);

    /// <summary>
    /// Sine and cosine of 2 pi u, each within 2.24 ulp: folded into one odd polynomial over a quarter turn. All
    /// differences are exact for multiples of 2^-24.
    /// </summary>
    /// <param name="turns">u, a multiple of 2^-24 from 0 to below 1.</param>
    /// <param name="o">The operations.</param>
    /// <param name="sine">sin(2 pi u).</param>
    /// <param name="cosine">cos(2 pi u).</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SinCosTurns<T, TOps>(T turns, TOps o, out T sine, out T cosine)
        where TOps : struct, IOperations<T>
    {
        T quarter = o.Constant(0.25f);
        T t = o.Subtract(o.Constant(0.5f), turns);
        T a = o.Subtract(o.Abs(t), quarter);
        cosine = SineOfQuarterTurn(a, o);
        sine = o.CopySign(SineOfQuarterTurn(o.Subtract(quarter, o.Abs(a)), o), t);
    }

    /// <summary>
    /// log(1 + exp x), its logarithm within 2.6 ulp: max(x, 0) + log(1 + e) with e = exp(-|x|); what rounding 1 + e lost
    /// is given back.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Softplus<T, TOps>(T x, TOps o)
        where TOps : struct, IOperations<T>
    {
        T one = o.Constant(1), zero = o.Constant(0);
        T e = Exp(o.Negate(o.Abs(x)), o);
        T u = o.Add(one, e);
        T log = o.Add(Log(u, o), o.Subtract(e, o.Subtract(u, one)));
        return o.Add(o.SelectLess(x, zero, zero, x), log);
    }

    /// <summary>exp 2a as s (1/2 + e), with s a power of two.</summary>
    /// <param name="a">A number of magnitude up to 43, or NaN.</param>
    /// <param name="o">The operations.</param>
    /// <param name="s">2^(n+1), with n the whole number nearest to 2a / log 2.</param>
    /// <param name="e">(exp 2r - 1) / 2, with r the rest, of magnitude up to log(2) / 4.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Exponential<T, TOps>(T a, TOps o, out T s, out T e)
        where TOps : struct, IOperations<T>
    {
        T shift = o.Constant(PowerShift + 1);
        T shifted = o.Fma(a, o.Constant(2 * Log2OfE), shift);
        s = o.PowerOfTwo(shifted);
        T r = o.Fma(o.Subtract(shifted, shift), o.Constant(-0.346573591f), a);

        // The second coefficient is not quite 1, so that no quotient of tanh is hard to round.
        T p = o.Constant(0.0439118594f);
        p = o.Fma(p, r, o.Constant(0.133850455f));
        p = o.Fma(p, r, o.Constant(0.333357871f));
        p = o.Fma(p, r, o.Constant(0.666662157f));
        p = o.Fma(p, r, o.Constant(0.999999762f));
        e = o.Fma(o.Multiply(r, r), p, r);
    }

    /// <summary>log(m 2^e) of a mantissa m from sqrt(1/2) to sqrt(2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T LogOf<T, TOps>(T e, T m, TOps o)
        where TOps : struct, IOperations<T>
    {
        // log 2 in two pieces; the upper has few bits, so that its product with e is exact.
        T f = o.Subtract(m, o.Constant(1));
        T p = o.Constant(0.073413901f);
        p = o.Fma(p, f, o.Constant(-0.1166256f));
        p = o.Fma(p, f, o.Constant(0.116323382f));
        p = o.Fma(p, f, o.Constant(-0.12396162f));
        p = o.Fma(p, f, o.Constant(0.142513752f));
        p = o.Fma(p, f, o.Constant(-0.16669184f));
        p = o.Fma(p, f, o.Constant(0.200006798f));
        p = o.Fma(p, f, o.Constant(-0.249999806f));
        p = o.Fma(p, f, o.Constant(0.333333313f));
        p = o.Fma(p, f, o.Constant(-0.5f));
        T low = o.Fma(o.Multiply(f, f), p, o.Multiply(e, o.Constant(-2.12194440e-4f)));
        return o.Fma(e, o.Constant(0.693359375f), o.Add(f, low));
    }

    /// <summary>sin(2 pi a) for a from -1/4 to 1/4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T SineOfQuarterTurn<T, TOps>(T a, TOps o)
        where TOps : struct, IOperations<T>
    {
        T y = o.Multiply(a, a);
        T p = o.Constant(40.0593719f);
        p = o.Fma(p, y, o.Constant(-76.6250153f));
        p = o.Fma(p, y, o.Constant(81.6046371f));
        p = o.Fma(p, y, o.Constant(-41.3417206f));
        p = o.Fma(p, y, o.Constant(6.28318548f));
        return o.Multiply(a, p);
    }

    /// <summary>The whole number nearest to a factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Round<T, TOps>(T a, float factor, TOps o)
        where TOps : struct, IOperations<T> =>
        o.Subtract(o.Fma(a, o.Constant(factor), o.Constant(Rounder)), o.Constant(Rounder));
}
