namespace GpuGan.Kernels.Tests.Arithmetic;

/// <summary>
/// GPUs invert without a branch: they refine the hardware's guess, of which only the error is known, at most one unit in the
/// last place. Powers of two change nothing, so that all divisors from 1 to 2 with each such guess are a proof.
/// </summary>
public sealed class ReciprocalTests
{
    [Test]
    public void Every_guess_of_one_ulp_gives_the_inverse_of_every_divisor()
    {
        for (float divisor = 1; divisor < 2; divisor = MathF.BitIncrement(divisor))
        {
            double inverse = 1 / (double)divisor;
            float nearest = 1 / divisor;
            foreach (float guess in (ReadOnlySpan<float>)[MathF.BitDecrement(nearest), nearest, MathF.BitIncrement(nearest)])
            {
                // The inverse lies from 1/2 to 1, where one unit in the last place is 2^-24.
                if (Math.Abs(guess - inverse) <= 1.0 / (1 << 24) && Refined(divisor, guess) != nearest)
                {
                    Assert.Fail($"1 / {divisor:R} with the guess {guess:R}");
                }
            }
        }
    }

    [Test]
    public void A_guess_that_is_too_far_off_would_be_seen() =>
        Assert.That(Refined(1.7f, 0.6f), Is.Not.EqualTo(1 / 1.7f));

    /// <summary>What the intrinsic does in PTX.</summary>
    private static float Refined(float divisor, float guess)
    {
        float error = MathF.FusedMultiplyAdd(-divisor, guess, 1);
        return MathF.FusedMultiplyAdd(WithSquareRoundedUp(error), guess, guess);
    }

    /// <summary>e + e², rounded up: double has the square and the difference exactly.</summary>
    private static float WithSquareRoundedUp(float e)
    {
        float nearest = MathF.FusedMultiplyAdd(e, e, e);
        return (double)e * e > (double)nearest - e ? MathF.BitIncrement(nearest) : nearest;
    }
}
