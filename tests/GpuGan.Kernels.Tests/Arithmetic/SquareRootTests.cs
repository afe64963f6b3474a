namespace GpuGan.Kernels.Tests.Arithmetic;

/// <summary>
/// GPUs take roots without a branch: they refine the hardware's guess of the inverse of the root, whose relative error is at
/// most 2^-22.9 (PTX ISA). Powers of four change nothing, so that all numbers from 1 to 4 with all guesses within 2^-22.5 are a
/// proof.
/// </summary>
public sealed class SquareRootTests
{
    private const int FarthestGuess = 4;

    private static readonly double LargestError = Math.Pow(2, -22.5);

    [Test]
    public void Every_guess_gives_the_root_of_every_17th_number() => TryAll(stride: 17);

    [Test]
    [Category("Slow")]
    public void Every_guess_gives_the_root_of_every_number() => TryAll(stride: 1);

    [Test]
    public void A_guess_that_is_too_far_off_would_be_seen() =>
        Assert.That(Refined(2, 0.6f), Is.Not.EqualTo(MathF.Sqrt(2)));

    private static void TryAll(int stride)
    {
        for (uint bits = BitConverter.SingleToUInt32Bits(1); bits < BitConverter.SingleToUInt32Bits(4); bits += (uint)stride)
        {
            float a = BitConverter.UInt32BitsToSingle(bits);
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
    }

    /// <summary>What the intrinsic does in PTX.</summary>
    private static float Refined(float a, float guess)
    {
        float root = a * guess, half = guess * 0.5f;
        float error = MathF.FusedMultiplyAdd(-root, half, 0.5f);
        root = MathF.FusedMultiplyAdd(root, error, root);
        half = MathF.FusedMultiplyAdd(half, error, half);
        return MathF.FusedMultiplyAdd(MathF.FusedMultiplyAdd(-root, root, a), half, root);
    }
}
