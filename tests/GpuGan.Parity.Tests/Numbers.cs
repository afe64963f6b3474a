using System.Collections.Concurrent;
using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Random;

namespace GpuGan.Parity.Tests;

/// <summary>Which numbers a kernel is given.</summary>
public enum Numbers
{
    /// <summary>Of magnitude 2^-4 to 2^3.</summary>
    Ordinary,

    /// <summary>Zeros of both signs.</summary>
    Zeros,

    /// <summary>Denormals, and numbers up to 2^-61, whose products are denormals.</summary>
    Tiny,

    /// <summary>From 2^13, so that functions saturate, up to the largest, so that sums overflow.</summary>
    Huge,

    /// <summary>Ordinary ones, and among them infinities and NaN.</summary>
    NotFinite,

    /// <summary>Any 32 bits.</summary>
    AnyBits,
}

/// <summary>Draws <see cref="Numbers"/>, the same ones on every machine.</summary>
internal static class NumbersTable
{
    private const uint SignBit = 0x80000000, MantissaMask = 0x007fffff;

    // The same networks are filled for every kernel and every accelerator.
    private static readonly ConcurrentDictionary<(Numbers Numbers, uint Seed, int Count), float[]> Drawn = [];

    /// <summary>Draws some, into an array of the caller's own.</summary>
    /// <param name="numbers">Which.</param>
    /// <param name="seed">Any number.</param>
    /// <param name="count">How many.</param>
    public static float[] Draw(Numbers numbers, uint seed, int count) =>
        [.. Drawn.GetOrAdd((numbers, seed, count), _ => Array.ConvertAll(Words(seed, count), word => Number(numbers, word)))];

    /// <summary>Random words, two for each number.</summary>
    public static (uint Bits, uint Choice)[] Words(uint seed, int count)
    {
        (uint Bits, uint Choice)[] drawn = new (uint Bits, uint Choice)[count];
        for (int i = 0; i < count; i++)
        {
            Quad<uint> words = Philox.Words<uint, DeviceOperations>(new Quad<uint>((uint)i, 0, 0, 0), seed, 0, default);
            drawn[i] = (words.A, words.B);
        }

        return drawn;
    }

    private static float Number(Numbers numbers, (uint Bits, uint Choice) word) => numbers switch
    {
        Numbers.Ordinary => WithExponent(word, 123, 130),
        Numbers.Zeros => BitConverter.UInt32BitsToSingle(word.Bits & SignBit),
        Numbers.Tiny => WithExponent(word, 0, 66),
        Numbers.Huge => WithExponent(word, 140, 254),
        Numbers.NotFinite when word.Choice % 32 == 0 => float.NaN,
        Numbers.NotFinite when word.Choice % 32 == 1 => float.PositiveInfinity,
        Numbers.NotFinite when word.Choice % 32 == 2 => float.NegativeInfinity,
        Numbers.NotFinite => WithExponent(word, 123, 130),
        _ => BitConverter.UInt32BitsToSingle(word.Bits),
    };

    private static float WithExponent((uint Bits, uint Choice) word, uint low, uint high)
    {
        uint exponent = low + ((word.Choice >> 8) % (high - low + 1));
        return BitConverter.UInt32BitsToSingle((word.Bits & (SignBit | MantissaMask)) | (exponent << 23));
    }
}
