namespace GpuGan.Kernels.Tests.Arithmetic;

/// <summary>
/// GPUs take roots without a branch: they correct the hardware's guess, by that of the inverse root, whose relative error is at
/// most 2^-22.9 (PTX ISA). Powers of four change nothing where no remainder is denormal, so that all numbers up to there with all
/// such guesses are a proof.
/// </summary>
public sealed class SquareRootTests
{
    private const int FarthestGuess = 3;

    // Roots begin at 2^-100. From 2^-78 on, half of a remainder that is not zero is at least 2^-125.
    private const int LeastPower = -50, LeastUnchanged = -39;

    private static readonly double LargestError = Math.Pow(2, -22.9);

    // From 2^-125 on, a place is more than 2^-149.
    private static readonly float EndOfLeastPlace = MathF.ScaleB(1, -125);

    [Test]
    public void Every_guess_gives_the_root_of_every_97th_number() => TryAll(stride: 97);

    [Test]
    [Category("Slow")]
    public void Every_guess_gives_the_root_of_every_number() => TryAll(stride: 1);

    [Test]
    public void A_guess_that_is_too_far_off_would_be_seen() =>
        Assert.That(Refined(2, 0.6f), Is.Not.EqualTo(MathF.Sqrt(2)));

    private static void TryAll(int stride) =>
        Parallel.For(LeastPower, LeastUnchanged + 1, new ParallelOptions { MaxDegreeOfParallelism = 2 }, power =>
        {
            float root = MathF.ScaleB(1, power);
            for (uint bits = BitConverter.SingleToUInt32Bits(1); bits < BitConverter.SingleToUInt32Bits(4); bits += (uint)stride)
            {
                TryGuesses(BitConverter.UInt32BitsToSingle(bits) * root * root);
            }
        });

    private static void TryGuesses(float a)
    {
        double inverse = 1 / Math.Sqrt(a);
        uint nearest = BitConverter.SingleToUInt32Bits((float)inverse);
        for (uint guessBits = nearest - FarthestGuess; guessBits <= nearest + FarthestGuess; guessBits++)
        {
            float guess = BitConverter.UInt32BitsToSingle(guessBits);
            if (Math.Abs(guess - inverse) <= LargestError * inverse && Refined(a, guess) != MathF.Sqrt(a))
            {
                Assert.Fail($"the root of {a:R} with the guess {guess:R} of its inverse");
            }
        }
    }

    /// <summary>What the intrinsic does in PTX.</summary>
    private static float Refined(float a, float guess)
    {
        float root = a * guess;
        float remainder = MathF.FusedMultiplyAdd(-root, root, a);
        return MathF.FusedMultiplyAdd(HalfMovedUp(remainder), guess, root);
    }

    /// <summary>r/2 + 2^-149, rounded to zero: below zero the next number; else it changes only where that is the last place.</summary>
    private static float HalfMovedUp(float r)
    {
        float half = r * 0.5f;
        return half < EndOfLeastPlace ? MathF.BitIncrement(half) : half;
    }
}
