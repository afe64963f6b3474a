using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Tests.Arithmetic;

/// <summary>Division and square root out of integers, against those of the host's processor, which are IEEE 754's.</summary>
public sealed class CorrectlyRoundedTests
{
    // Both sides of every border: zero, denormals, the smallest normal number, 1, 2^24, the largest, infinity, NaN.
    private static readonly uint[] Borders = [0, 0x00400000, 0x00800000, 0x3f000000, 0x3f800000, 0x40000000, 0x4b800000, 0x7f000000, 0x7f800000, 0x7fc00000];

    private static IEnumerable<uint> Specials =>
        from border in Borders
        from offset in Enumerable.Range(-9, 19)
        from sign in (uint[])[0, 0x80000000]
        select ((border + (uint)offset) & 0x7fffffff) | sign;

    [Test]
    public void Division_is_the_processors_for_every_pair_of_special_numbers()
    {
        uint[] specials = [.. Specials];
        foreach (uint a in specials)
        {
            foreach (uint b in specials)
            {
                AssertQuotient(a, b);
            }
        }
    }

    [Test]
    public void Division_is_the_processors_for_a_million_pairs() => AssertQuotients(seed: 1, count: 1 << 20);

    [Test]
    [Category("Slow")]
    public void Division_is_the_processors_for_a_hundred_million_pairs() =>
        Parallel.For(2, 102, new ParallelOptions { MaxDegreeOfParallelism = 2 }, seed => AssertQuotients((uint)seed, count: 1 << 20));

    [Test]
    public void The_square_root_is_the_processors_for_a_million_spread_numbers() => AssertSquareRoots(0, 1L << 32, stride: 4099);

    [Test]
    [Category("Slow")]
    public void The_square_root_is_the_processors_for_all_numbers() =>
        Parallel.For(0, 4096, new ParallelOptions { MaxDegreeOfParallelism = 2 }, part => AssertSquareRoots((long)part << 20, (part + 1L) << 20, stride: 1));

    /// <summary>Of four pairs, one has any bits, one a quotient near 1, one a denormal quotient, one a quotient that is exact or halfway between two denormals.</summary>
    private static void AssertQuotients(uint seed, int count)
    {
        // splitmix64 (Steele, Lea, Flood 2014).
        ulong state = seed * 0xd1342543de82ef95;
        for (int i = 0; i < count; i++)
        {
            state += 0x9e3779b97f4a7c15;
            ulong word = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9;
            word = (word ^ (word >> 27)) * 0x94d049bb133111eb;
            word ^= word >> 31;
            uint a = (uint)word, b = (uint)(word >> 32);
            switch (i & 3)
            {
                case 0:
                    AssertQuotient(a, b);
                    break;
                case 1:
                    AssertQuotient(a, a ^ (b & 0x8000003f));
                    break;
                case 2:
                    AssertQuotient((a & 0x81ffffff) + 0x00800000, (b & 0x80ffffff) + 0x3f800000);
                    break;
                default:
                    AssertQuotient(a & 0x81ffffff, (b & 0x01800000) + 0x40000000);
                    break;
            }
        }
    }

    private static void AssertSquareRoots(long from, long to, long stride)
    {
        for (long bits = from; bits < to; bits += stride)
        {
            float a = BitConverter.UInt32BitsToSingle((uint)bits);
            float root = float.IsPositiveInfinity(a) ? float.NaN : MathF.Sqrt(a);
            if (!Same(CorrectlyRounded.SquareRoot(a), root))
            {
                Assert.Fail($"the root of {a:R} is {root:R}, not {CorrectlyRounded.SquareRoot(a):R}");
            }
        }
    }

    private static void AssertQuotient(uint dividend, uint divisor)
    {
        float a = BitConverter.UInt32BitsToSingle(dividend), b = BitConverter.UInt32BitsToSingle(divisor);
        if (!Same(CorrectlyRounded.Divide(a, b), a / b))
        {
            Assert.Fail($"{a:R} / {b:R} is {a / b:R}, not {CorrectlyRounded.Divide(a, b):R}");
        }
    }

    private static bool Same(float x, float y) =>
        BitConverter.SingleToUInt32Bits(x) == BitConverter.SingleToUInt32Bits(y) || (float.IsNaN(x) && float.IsNaN(y));
}
