using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Tests.Arithmetic;

/// <summary>
/// GPUs divide by a number near one without a branch: they refine the hardware's guess of its inverse, of which only the
/// error is known, at most one unit in the last place. That is proven for tanh by trying each of its quotients with each
/// such guess.
/// </summary>
public sealed class DivideNearOneTests
{
    private const float Saturated = 9.2f;

    [Test]
    public void Every_guess_of_one_ulp_gives_the_quotient_of_spread_arguments_of_tanh()
    {
        for (float x = 1e-37f; x < Saturated; x *= 1.00013f)
        {
            TryGuesses(x);
        }
    }

    [Test]
    [Category("Slow")]
    public void Every_guess_of_one_ulp_gives_the_quotient_of_every_argument_of_tanh()
    {
        const int Parts = 1024;
        int end = BitConverter.SingleToInt32Bits(Saturated) + 1;
        Parallel.For(0, Parts, new ParallelOptions { MaxDegreeOfParallelism = 2 }, part =>
        {
            for (int bits = (int)((long)end * part / Parts); bits < (int)((long)end * (part + 1) / Parts); bits++)
            {
                TryGuesses(BitConverter.Int32BitsToSingle(bits));
            }
        });
    }

    [Test]
    public void A_guess_that_is_too_far_off_would_be_seen() =>
        Assert.That(Refined(0.3f, 0.7f, 1.4f), Is.Not.EqualTo(0.3f / 0.7f));

    private static void TryGuesses(float x)
    {
        ExactFunctions.TanhQuotient(x, default(DeviceOperations), out float numerator, out float denominator);
        float quotient = numerator / denominator;
        double inverse = 1 / (double)denominator;
        float nearest = (float)inverse;
        foreach (float guess in (ReadOnlySpan<float>)[MathF.BitDecrement(nearest), nearest, MathF.BitIncrement(nearest)])
        {
            // The inverse lies from 1/2 to 1, where one unit in the last place is 2^-24.
            if (Math.Abs(guess - inverse) <= 1.0 / (1 << 24) && Refined(numerator, denominator, guess) != quotient)
            {
                Assert.Fail($"tanh({x:R}): {numerator:R} / {denominator:R} with the guess {guess:R}");
            }
        }
    }

    /// <summary>What the intrinsic does in PTX.</summary>
    private static float Refined(float a, float b, float guess)
    {
        float inverse = MathF.FusedMultiplyAdd(MathF.FusedMultiplyAdd(-b, guess, 1), guess, guess);
        float quotient = a * inverse;
        return MathF.FusedMultiplyAdd(MathF.FusedMultiplyAdd(-b, quotient, a), inverse, quotient);
    }
}
