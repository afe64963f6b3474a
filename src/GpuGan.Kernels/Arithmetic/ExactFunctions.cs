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
public static class ExactFunctions
{
    // Adding it to a number below 2^22 and subtracting it again rounds that number to a whole one.
    private const float Rounder = 12582912;
    private const float Log2OfE = 1.44269502f;

    /// <summary>
    /// tanh x, within 1.75 ulp, odd to the bit and never beyond 1: with t = tanh(r) and s = 2^k = exp(2x - 2r),
    /// <c>tanh x = 1 - 2 (1-t) / (s (1+t) + (1-t))</c>, or t itself where x is small.
    /// </summary>
    public static T Tanh<T, TOps>(T x, TOps o)
        where TOps : struct, IOperations<T>
    {
        const float Saturated = 9.2f, Small = 0.55f, Tiny = 1f / 4096;
        T one = o.Constant(1), small = o.Constant(Small);
        T a = o.Clamp(o.Abs(x), 0, Saturated);
        T sign = o.SelectLess(x, o.Constant(0), o.Constant(-1), one);

        T k = Round(a, 2 * Log2OfE, o);
        k = o.SelectLess(a, small, o.Constant(0), k);
        T r = o.Fma(k, o.Constant(-0.346573591f), a);
        T y = o.Multiply(r, r);
        T p = o.Constant(0.0161720421f);
        p = o.Fma(p, y, o.Constant(-0.0525238551f));
        p = o.Fma(p, y, o.Constant(0.133183748f));
        p = o.Fma(p, y, o.Constant(-0.333328575f));
        T t = o.Fma(o.Multiply(r, y), p, r);

        T rest = o.Subtract(one, t);
        T denominator = o.Fma(o.ScaleByPowerOfTwo(one, k), o.Add(one, t), rest);
        T large = o.Fma(o.Constant(-2), o.Divide(rest, denominator), one);
        T magnitude = o.SelectLess(a, small, t, large);

        // Below 2^-12 the nearest number to tanh x is x; this keeps the sign of zero.
        return o.SelectLess(a, o.Constant(Tiny), x, o.Multiply(magnitude, sign));
    }

    /// <summary>1 / (1 + exp(-x)), as (1 + tanh(x / 2)) / 2.</summary>
    public static T Sigmoid<T, TOps>(T x, TOps o)
        where TOps : struct, IOperations<T>
    {
        T half = o.Constant(0.5f);
        return o.Fma(half, Tanh(o.Multiply(half, x), o), half);
    }

    /// <summary>exp x, within 1.13 ulp, denormal results included: 2^n exp(r) with |r| at most log(2) / 2.</summary>
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
    public static T Log<T, TOps>(T x, TOps o)
        where TOps : struct, IOperations<T>
    {
        const float SmallestNormal = 1.17549435e-38f, SquareRootOf2 = 1.41421354f, DenormalScale = 1 << 24;
        T zero = o.Constant(0), normal = o.Constant(SmallestNormal), root = o.Constant(SquareRootOf2);
        T scaled = o.SelectLess(x, normal, o.Multiply(x, o.Constant(DenormalScale)), x);
        T e = o.Add(o.Exponent(scaled), o.SelectLess(x, normal, o.Constant(-24), zero));
        T m = o.Mantissa(scaled);
        e = o.SelectLess(root, m, o.Add(e, o.Constant(1)), e);
        m = o.SelectLess(root, m, o.Multiply(m, o.Constant(0.5f)), m);

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
        T log = o.Fma(e, o.Constant(0.693359375f), o.Add(f, low));

        log = o.SelectLess(o.Constant(float.MaxValue), x, x, log);
        T notPositive = o.SelectLess(x, zero, o.Constant(float.NaN), o.Constant(float.NegativeInfinity));
        log = o.SelectLess(x, o.Constant(float.Epsilon), notPositive, log);
        T orNaN = o.SelectLess(x, zero, o.Constant(float.NaN), x);
        return o.SelectLess(o.Constant(float.NegativeInfinity), x, log, orNaN);
    }

    /// <summary>
    /// Sine and cosine of 2 pi u, each within 2.24 ulp: folded into one odd polynomial over a quarter turn. All
    /// differences are exact for multiples of 2^-24.
    /// </summary>
    /// <param name="turns">u, a multiple of 2^-24 from 0 to below 1.</param>
    /// <param name="o">The operations.</param>
    /// <param name="sine">sin(2 pi u).</param>
    /// <param name="cosine">cos(2 pi u).</param>
    public static void SinCosTurns<T, TOps>(T turns, TOps o, out T sine, out T cosine)
        where TOps : struct, IOperations<T>
    {
        T zero = o.Constant(0), quarter = o.Constant(0.25f);
        T t = o.Subtract(turns, o.Constant(0.5f));
        T a = o.Abs(t);
        cosine = SineOfQuarterTurn(o.Subtract(a, quarter), o);
        T magnitude = SineOfQuarterTurn(o.Subtract(quarter, o.Abs(o.Subtract(a, quarter))), o);
        sine = o.SelectLess(t, zero, magnitude, o.Subtract(zero, magnitude));
    }

    /// <summary>
    /// log(1 + exp x), its logarithm within 2.6 ulp: max(x, 0) + log(1 + e) with e = exp(-|x|); what rounding 1 + e lost
    /// is given back.
    /// </summary>
    public static T Softplus<T, TOps>(T x, TOps o)
        where TOps : struct, IOperations<T>
    {
        T one = o.Constant(1), zero = o.Constant(0);
        T e = Exp(o.Negate(o.Abs(x)), o);
        T u = o.Add(one, e);
        T log = o.Add(Log(u, o), o.Subtract(e, o.Subtract(u, one)));
        return o.Add(o.SelectLess(x, zero, zero, x), log);
    }

    /// <summary>sin(2 pi a) for a from -1/4 to 1/4.</summary>
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
    private static T Round<T, TOps>(T a, float factor, TOps o)
        where TOps : struct, IOperations<T> =>
        o.Subtract(o.Fma(a, o.Constant(factor), o.Constant(Rounder)), o.Constant(Rounder));
}
