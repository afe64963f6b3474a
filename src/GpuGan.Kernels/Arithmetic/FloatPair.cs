namespace GpuGan.Kernels.Arithmetic;

/// <summary>
/// A number as the unevaluated sum of two, of about 48 bits: for powers that are subtracted from 1.
/// </summary>
/// <param name="High">The number, rounded.</param>
/// <param name="Low">What the rounding lost.</param>
internal readonly record struct FloatPair<T>(T High, T Low);

/// <summary>
/// Arithmetic on pairs (Dekker, "A Floating-Point Technique for Extending the Available Precision", 1971, with the
/// error of a product by fused multiply-add).
/// </summary>
internal static class FloatPair
{
    /// <summary>The pair nearest to a double.</summary>
    public static FloatPair<float> Of(double value) => new((float)value, (float)(value - (float)value));

    /// <summary>The product of two pairs.</summary>
    public static FloatPair<T> Product<T, TOps>(FloatPair<T> a, FloatPair<T> b, TOps o)
        where TOps : struct, IOperations<T>
    {
        T high = o.Multiply(a.High, b.High);
        T low = o.Fma(a.High, b.High, o.Negate(high));
        low = o.Fma(a.High, b.Low, low);
        low = o.Fma(a.Low, b.High, low);
        T sum = o.Add(high, low);
        return new FloatPair<T>(sum, o.Subtract(low, o.Subtract(sum, high)));
    }

    /// <summary>1 - a for a from 0 to 1, rounded to one number.</summary>
    public static T OneMinus<T, TOps>(FloatPair<T> a, TOps o)
        where TOps : struct, IOperations<T>
    {
        T one = o.Constant(1);
        T difference = o.Subtract(one, a.High);
        T lost = o.Subtract(o.Subtract(one, difference), a.High);
        return o.Add(difference, o.Subtract(lost, a.Low));
    }
}
