using System.Runtime.Intrinsics;
using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Tests.Arithmetic;

/// <summary>
/// The inverses of 16 numbers are refined from the processor's guesses, of which only the error is known, at most 2^-14. Powers of two and
/// signs change nothing, so that all divisors from 1 to 2 with each such guess are a proof.
/// </summary>
public sealed class GuessedReciprocalTests
{
    private const uint One = 0x3f800000, Two = 0x40000000;
    private const double LargestError = 1.0 / (1 << 14);

    [SetUp]
    public void OnlyWhereTheProcessorGuesses()
    {
        if (!GuessedReciprocal.IsSupported)
        {
            Assert.Ignore("this processor lacks the instructions, AVX-512");
        }
    }

    [Test]
    public void The_inverse_is_that_of_a_division([Values(-120, -119, -1, 0, 1, 64, 119)] int power, [Values(1, -1)] int sign)
    {
        Vector512<float> scale = Vector512.Create(sign * MathF.ScaleB(1, power));
        for (uint bits = One; bits < Two; bits += 16)
        {
            Vector512<float> divisor = (Vector512.Create(bits) + Vector512<uint>.Indices).AsSingle() * scale;
            if (GuessedReciprocal.Of(divisor) != Vector512<float>.One / divisor)
            {
                Assert.Fail($"1 / {divisor}");
            }
        }
    }

    [Test]
    public void The_inverse_of_NaN_is_NaN() => Assert.That(GuessedReciprocal.Of(Vector512.Create(float.NaN))[0], Is.NaN);

    [Test]
    public void Every_guess_gives_the_inverse_of_every_97th_divisor() => TryAll(stride: 97);

    [Test]
    [Category("Slow")]
    public void Every_guess_gives_the_inverse_of_every_divisor() => TryAll(stride: 1);

    [Test]
    public void A_guess_that_is_too_far_off_would_be_seen() =>
        Assert.That(GuessedReciprocal.Refined(Vector512.Create(1.7f), Vector512.Create(0.5f))[0], Is.Not.EqualTo(1 / 1.7f));

    private static void TryAll(uint stride)
    {
        for (uint bits = Two - 1; bits >= One; bits -= stride)
        {
            float divisor = BitConverter.UInt32BitsToSingle(bits);
            double inverse = 1 / (double)divisor;
            uint first = Bits(inverse * (1 - LargestError)), last = Bits(inverse * (1 + LargestError));
            var divisors = Vector512.Create(divisor);
            var expected = Vector512.Create(1 / divisor);
            for (uint guesses = first; guesses <= last; guesses += 16)
            {
                // The last ones may be a little farther off.
                if (GuessedReciprocal.Refined(divisors, (Vector512.Create(guesses) + Vector512<uint>.Indices).AsSingle()) != expected)
                {
                    Assert.Fail($"1 / {divisor:R} with one of the 16 guesses from {BitConverter.UInt32BitsToSingle(guesses):R}");
                }
            }
        }
    }

    private static uint Bits(double number) => BitConverter.SingleToUInt32Bits((float)number);
}
