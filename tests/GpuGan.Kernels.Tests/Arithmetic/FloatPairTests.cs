using System.Numerics;
using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Tests.Arithmetic;

public sealed class FloatPairTests
{
    private const int FractionBits = 160;
    private static readonly BigInteger One = BigInteger.One << FractionBits;

    [TestCase(0.9)]
    [TestCase(0.999)]
    [TestCase(0.9999)]
    [TestCase(0.999999)]
    [TestCase(0.5)]
    [TestCase(0.0)]
    public void One_minus_a_power_is_right_after_a_million_steps(double beta)
    {
        DeviceOperations o = default;
        FloatPair<float> pair = FloatPair.Of(beta);
        FloatPair<float> power = new(1, 0);
        BigInteger exactBeta = FixedPoint(beta), exact = One;
        for (int step = 1; step <= 1_000_000; step++)
        {
            power = FloatPair.Product(power, pair, o);
            exact = (exact * exactBeta) >> FractionBits;
            if (BitOperations.IsPow2(step) || step == 1_000_000)
            {
                // A pair holds 2^-48 of a number, and each product adds at most a few 2^-47 of it. Below, one float's rounding.
                double truth = (double)(One - exact) / (double)One;
                double tolerance = (truth * Math.Pow(2, -24)) + ((step + 1) * Math.Pow(2, -45) * (1 - truth));
                Assert.That(FloatPair.OneMinus(power, o), Is.EqualTo(truth).Within(tolerance), $"1 - {beta}^{step}");
                Assert.That(tolerance, Is.InRange(0, 2e-6 * truth), $"what is asked of 1 - {beta}^{step}");
            }
        }
    }

    [Test]
    public void A_pair_holds_a_double_to_48_bits()
    {
        foreach (double value in (ReadOnlySpan<double>)[0.999, 0.9, 1.0 / 3, Math.PI])
        {
            FloatPair<float> pair = FloatPair.Of(value);
            Assert.That((double)pair.High + pair.Low, Is.EqualTo(value).Within(value * Math.Pow(2, -48)));
            Assert.That(pair.High, Is.EqualTo((float)value));
        }
    }

    /// <summary>An exact double as a multiple of 2^-160.</summary>
    private static BigInteger FixedPoint(double value)
    {
        const int Scale = 60;
        return (BigInteger)Math.ScaleB(value, Scale) << (FractionBits - Scale);
    }
}
