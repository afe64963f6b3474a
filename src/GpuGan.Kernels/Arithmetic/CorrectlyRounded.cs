using ILGPU;

namespace GpuGan.Kernels.Arithmetic;

/// <summary>
/// Division and square root rounded as IEEE 754 has it, on devices whose own may be some units off. The device's result
/// is a guess, from which integers step to the quotient or root itself, cut off after 25 bits, and to what is left over; of
/// these the result is rounded. So the result is right whatever the guess was: it only decides how many steps are taken.
/// </summary>
internal static class CorrectlyRounded
{
    private const int MantissaBits = 23, ExponentBias = 127;
    private const uint SignBit = 0x80000000, Infinity = 0x7f800000, NaN = 0x7fc00000, SmallestNormal = 1u << MantissaBits;
    private const float DenormalScale = 1 << 24;

    /// <summary>a / b.</summary>
    public static float Divide(float a, float b)
    {
        uint sign = (Interop.FloatAsInt(a) ^ Interop.FloatAsInt(b)) & SignBit;
        uint x = Interop.FloatAsInt(a) & ~SignBit, y = Interop.FloatAsInt(b) & ~SignBit;
        if (x > Infinity || y > Infinity || (x == y && (x == 0 || x == Infinity)))
        {
            return Interop.IntAsFloat(NaN);
        }

        if (x == Infinity || y == 0)
        {
            return Interop.IntAsFloat(sign | Infinity);
        }

        if (x == 0 || y == Infinity)
        {
            return Interop.IntAsFloat(sign);
        }

        int exponent = Exponent(x) - Exponent(y);
        uint dividend = Significand(x), divisor = Significand(y);
        if (dividend < divisor)
        {
            dividend += dividend;
            exponent--;
        }

        // The quotient of the significands is from 1 to below 2; 24 places behind the point make 25 bits.
        uint quotient = (uint)ExactIntrinsics.Multiply((float)(int)dividend / (int)divisor, 1 << 24);
        long rest = ((long)dividend << 24) - ((long)quotient * divisor);
        while (rest < 0)
        {
            quotient--;
            rest += divisor;
        }

        while (rest >= divisor)
        {
            quotient++;
            rest -= divisor;
        }

        return Interop.IntAsFloat(sign | Round(quotient, rest != 0, exponent));
    }

    /// <summary>a / b too: it needs no way of its own here.</summary>
    public static float DivideNearOne(float a, float b) => Divide(a, b);

    /// <summary>1 / a.</summary>
    public static float Reciprocal(float a) => Divide(1, a);

    /// <summary>The square root of a; of infinity NaN, as everywhere.</summary>
    public static float SquareRoot(float a)
    {
        uint x = Interop.FloatAsInt(a);
        if (x == 0 || x == SignBit)
        {
            return a;
        }

        if (x >= Infinity)
        {
            return Interop.IntAsFloat(NaN);
        }

        // An odd exponent lends its 1 to the significand, which is then from 2^48 to below 2^50, and its root has 25 bits.
        int exponent = Exponent(x);
        long square = (long)Significand(x) << (25 + (exponent & 1));
        long root = (long)MathF.Sqrt(square);
        long rest = square - (root * root);
        while (rest < 0)
        {
            root--;
            rest += root + root + 1;
        }

        while (rest > root + root)
        {
            rest -= root + root + 1;
            root++;
        }

        return Interop.IntAsFloat(Round((uint)root, rest != 0, exponent >> 1));
    }

    /// <summary>floor(log2 x) of the bits of a positive finite number.</summary>
    private static int Exponent(uint x)
    {
        // Not below zero: ILGPU 1.5.3 writes a variable's negative value without a sign, and OpenCL's compilers warn of that.
        int places = 0;
        if (x < SmallestNormal)
        {
            x = Normal(x);
            places = 24;
        }

        return (int)(x >> MantissaBits) - places - ExponentBias;
    }

    /// <summary>The 24 bits of a positive finite number from its leading 1.</summary>
    private static uint Significand(uint x)
    {
        if (x < SmallestNormal)
        {
            x = Normal(x);
        }

        return (x & (SmallestNormal - 1)) | SmallestNormal;
    }

    /// <summary>The bits of a denormal number times 2^24.</summary>
    private static uint Normal(uint x) => Interop.FloatAsInt(ExactIntrinsics.Multiply(Interop.IntAsFloat(x), DenormalScale));

    /// <summary>The bits of significand 2^(exponent - 24), rounded to nearest, ties to even.</summary>
    /// <param name="significand">25 bits, the leading one 1.</param>
    /// <param name="isMore">Whether bits were cut off behind them.</param>
    /// <param name="exponent">Beyond the range, the result is infinity or zero; below 2^-126, a denormal number.</param>
    private static uint Round(uint significand, bool isMore, int exponent)
    {
        int biased = exponent + ExponentBias;
        if (biased > 254)
        {
            return Infinity;
        }

        // A denormal number has fewer bits; at 26 nothing but zero is left.
        int lost = biased >= 1 ? 1 : IntrinsicMath.Min(2 - biased, 26);
        uint kept = significand >> lost;
        uint rest = significand - (kept << lost);
        uint half = 1u << (lost - 1);
        if (rest > half || (rest == half && (isMore || (kept & 1) != 0)))
        {
            kept++;
        }

        // The leading 1 of a normal number adds itself to the exponent, and so does a carry.
        return biased >= 1 ? ((uint)(biased - 1) << MantissaBits) + kept : kept;
    }
}
