namespace GpuGan.Kernels.Tests.Arithmetic;

/// <summary>Errors in units in the last place of the true value, as <c>ExactFunctions</c> states them.</summary>
internal static class Ulp
{
    private const int MantissaBits = 23;
    private const int SmallestExponent = -126;
    private const int LargestExponent = 127;
    private const double BeyondLargest = 2.0 * (1L << 62) * (1L << 62) * 8;

    /// <summary>The distance of a result from the truth; infinity counts as 2^128, NaN is only right where NaN is due.</summary>
    public static double Error(float result, double truth)
    {
        if (double.IsNaN(truth) || float.IsNaN(result))
        {
            return double.IsNaN(truth) && float.IsNaN(result) ? 0 : double.PositiveInfinity;
        }

        return Math.Abs(Bounded(result) - Bounded(truth)) / Of(truth);
    }

    private static double Bounded(double value) => Math.Clamp(value, -BeyondLargest, BeyondLargest);

    /// <summary>The distance of float32 numbers in the binade of a value.</summary>
    private static double Of(double value)
    {
        int exponent = (int)((BitConverter.DoubleToInt64Bits(value) >> 52) & 0x7FF) - 1023;
        return PowerOfTwo(Math.Clamp(exponent, SmallestExponent, LargestExponent) - MantissaBits);
    }

    private static double PowerOfTwo(int exponent) => BitConverter.Int64BitsToDouble((long)(exponent + 1023) << 52);
}

/// <summary>The largest error of a sweep, and where it lies.</summary>
internal readonly record struct WorstCase(double Error, float Input)
{
    /// <summary>The worse of two.</summary>
    public static WorstCase Of(WorstCase a, WorstCase b) => b.Error > a.Error ? b : a;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Error:F4} ulp at {Input:R} (0x{BitConverter.SingleToUInt32Bits(Input):x8})");
}
