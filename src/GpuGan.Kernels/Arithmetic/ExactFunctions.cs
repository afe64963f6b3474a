namespace GpuGan.Kernels.Arithmetic;

/// <summary>
/// The elementary functions, made of exact operations alone, so that they too give the same bits everywhere.
/// The stated errors are the largest over all float32 inputs, in units in the last place of the true value.
/// </summary>
public static class ExactFunctions
{
    /// <summary>PLACEHOLDER tanh.</summary>
    public static T Tanh<T, TOps>(T x, TOps o)
        where TOps : struct, IOperations<T>
    {
        T e = Exp(o.Multiply(o.Constant(2), o.Clamp(x, -10, 10)), o);
        return o.Divide(o.Subtract(e, o.Constant(1)), o.Add(e, o.Constant(1)));
    }

    /// <summary>1 / (1 + exp(-x)), as (1 + tanh(x / 2)) / 2.</summary>
    public static T Sigmoid<T, TOps>(T x, TOps o)
        where TOps : struct, IOperations<T>
    {
        T half = o.Constant(0.5f);
        return o.Fma(half, Tanh(o.Multiply(half, x), o), half);
    }

    /// <summary>PLACEHOLDER exp.</summary>
    public static T Exp<T, TOps>(T x, TOps o)
        where TOps : struct, IOperations<T>
    {
        T clamped = o.Clamp(x, -104, 89);
        T magic = o.Constant(12582912f);
        T n = o.Subtract(o.Fma(clamped, o.Constant(1.44269504f), magic), magic);
        T r = o.Fma(n, o.Constant(-0.693359375f), clamped);
        r = o.Fma(n, o.Constant(2.12194440e-4f), r);
        T p = o.Constant(1.9875691500e-4f);
        p = o.Fma(p, r, o.Constant(1.3981999507e-3f));
        p = o.Fma(p, r, o.Constant(8.3334519073e-3f));
        p = o.Fma(p, r, o.Constant(4.1665795894e-2f));
        p = o.Fma(p, r, o.Constant(1.6666665459e-1f));
        p = o.Fma(p, r, o.Constant(5.0000001201e-1f));
        p = o.Add(o.Fma(p, o.Multiply(r, r), r), o.Constant(1));
        return o.ScaleByPowerOfTwo(p, n);
    }

    /// <summary>PLACEHOLDER log.</summary>
    public static T Log<T, TOps>(T x, TOps o)
        where TOps : struct, IOperations<T>
    {
        T e = o.Exponent(x);
        T m = o.Mantissa(x);
        T big = o.Constant(1.41421356f);
        e = o.SelectLess(big, m, o.Add(e, o.Constant(1)), e);
        T f = o.Subtract(o.SelectLess(big, m, o.Multiply(m, o.Constant(0.5f)), m), o.Constant(1));
        T z = o.Multiply(f, f);
        T y = o.Constant(7.0376836292e-2f);
        y = o.Fma(y, f, o.Constant(-1.1514610310e-1f));
        y = o.Fma(y, f, o.Constant(1.1676998740e-1f));
        y = o.Fma(y, f, o.Constant(-1.2420140846e-1f));
        y = o.Fma(y, f, o.Constant(1.4249322787e-1f));
        y = o.Fma(y, f, o.Constant(-1.6668057665e-1f));
        y = o.Fma(y, f, o.Constant(2.0000714765e-1f));
        y = o.Fma(y, f, o.Constant(-2.4999993993e-1f));
        y = o.Fma(y, f, o.Constant(3.3333331174e-1f));
        y = o.Multiply(o.Multiply(y, f), z);
        y = o.Fma(z, o.Constant(-0.5f), y);
        return o.Fma(e, o.Constant(0.69314718f), o.Add(f, y));
    }

    /// <summary>PLACEHOLDER.</summary>
    public static void SinCosTurns<T, TOps>(T turns, TOps o, out T sine, out T cosine)
        where TOps : struct, IOperations<T>
    {
        T t = o.Subtract(turns, o.Constant(0.5f));
        T quarter = o.Constant(0.25f);
        T a = o.Abs(t);
        cosine = o.Negate(Quarter(o.Subtract(quarter, a), o));
        T s = Quarter(o.Subtract(quarter, o.Abs(o.Subtract(a, quarter))), o);
        sine = o.SelectLess(t, o.Constant(0), s, o.Negate(s));
    }

    private static T Quarter<T, TOps>(T a, TOps o)
        where TOps : struct, IOperations<T>
    {
        T x = o.Multiply(a, o.Constant(6.2831853f));
        T y = o.Multiply(x, x);
        T p = o.Constant(-2.5052108e-8f);
        p = o.Fma(p, y, o.Constant(2.7557319e-6f));
        p = o.Fma(p, y, o.Constant(-1.9841270e-4f));
        p = o.Fma(p, y, o.Constant(8.3333333e-3f));
        p = o.Fma(p, y, o.Constant(-1.6666667e-1f));
        return o.Fma(o.Multiply(x, y), p, x);
    }

    /// <summary>log(1 + exp(x)).</summary>
    public static T Softplus<T, TOps>(T x, TOps o)
        where TOps : struct, IOperations<T>
    {
        // log(1 + e) for e from 0 to 1; what rounding 1 + e lost is given back.
        T e = Exp(o.Negate(o.Abs(x)), o);
        T u = o.Add(o.Constant(1), e);
        T log = o.Add(Log(u, o), o.Subtract(e, o.Subtract(u, o.Constant(1))));
        return o.Add(o.SelectLess(x, o.Constant(0), o.Constant(0), x), log);
    }
}
