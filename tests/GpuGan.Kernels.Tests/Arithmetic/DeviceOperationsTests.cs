using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Tests.Arithmetic;

public sealed class DeviceOperationsTests
{
    private static DeviceOperations O => default;

    [Test]
    public void A_power_of_two_scales_with_one_rounding()
    {
        for (float a = 0.25f; a <= 4; a = a * 1.37f + 1e-7f)
        {
            for (int n = -250; n <= 250; n++)
            {
                float expected = (float)Math.ScaleB((double)a, n);
                Assert.That(Bits.Of(O.ScaleByPowerOfTwo(a, n)), Is.EqualTo(Bits.Of(expected)), $"{a:R} 2^{n}");
                Assert.That(Bits.Of(O.ScaleByPowerOfTwo(-a, n)), Is.EqualTo(Bits.Of(-expected)), $"-{a:R} 2^{n}");
            }
        }

        Assert.That(O.ScaleByPowerOfTwo(float.NaN, 3), Is.NaN);
        Assert.That(O.ScaleByPowerOfTwo(float.NaN, -250), Is.NaN);
    }

    [Test]
    public void Exponent_and_mantissa_split_every_binade()
    {
        for (int exponent = -126; exponent <= 127; exponent++)
        {
            // The borders are the floats around sqrt(1/2) and sqrt(2); at the ends of the range not all are normal.
            foreach (float mantissa in (ReadOnlySpan<float>)[0.70710683f, 0.75f, 0.99999994f, 1, 1.0000001f, 1.25f, 1.4142135f])
            {
                double exact = Math.ScaleB((double)mantissa, exponent);
                float a = (float)exact;
                if (float.IsNormal(a) && a == exact)
                {
                    Assert.That(Bits.Of(O.Exponent(a)), Is.EqualTo(Bits.Of((float)exponent)), $"exponent of {a:R}");
                    Assert.That(Bits.Of(O.Mantissa(a)), Is.EqualTo(Bits.Of(mantissa)), $"mantissa of {a:R}");
                }
            }
        }
    }

    [Test]
    public void Roots_and_inverses_keep_NaN_and_the_root_of_infinity_is_NaN()
    {
        Assert.That(O.SquareRoot(float.NaN), Is.NaN);
        Assert.That(O.SquareRoot(float.PositiveInfinity), Is.NaN);
        Assert.That(O.Reciprocal(float.NaN), Is.NaN);
    }

    [TestCase(5f, 2f)]
    [TestCase(-5f, -1f)]
    [TestCase(0.5f, 0.5f)]
    [TestCase(float.PositiveInfinity, 2f)]
    [TestCase(float.NegativeInfinity, -1f)]
    [TestCase(float.NaN, float.NaN)]
    public void Clamp_bounds_numbers_and_keeps_NaN(float a, float expected) =>
        Assert.That(Bits.Of(O.Clamp(a, -1, 2)), Is.EqualTo(Bits.Of(expected)));

    [TestCase(5f, 5f)]
    [TestCase(-5f, -2f)]
    [TestCase(-2f, -2f)]
    [TestCase(-0f, -0f)]
    [TestCase(float.PositiveInfinity, float.PositiveInfinity)]
    [TestCase(float.NegativeInfinity, -2f)]
    [TestCase(float.NaN, float.NaN)]
    public void A_lower_bound_bounds_numbers_and_keeps_NaN(float a, float expected) =>
        Assert.That(Bits.Of(O.AtLeast(a, -2)), Is.EqualTo(Bits.Of(expected)));

    [Test]
    public void A_whole_number_becomes_its_power_of_two()
    {
        for (int n = -126; n <= 127; n++)
        {
            Assert.That(Bits.Of(O.PowerOfTwo(O.Add(n, ExactFunctions.PowerShift))), Is.EqualTo(Bits.Of((float)Math.ScaleB(1.0, n))), $"2^{n}");
        }
    }

    [Test]
    public void NaN_is_less_than_nothing_and_more_than_nothing()
    {
        Assert.That(Bits.Of(O.SelectLess(float.NaN, 0, 1, 2)), Is.EqualTo(Bits.Of(2f)));
        Assert.That(Bits.Of(O.SelectLess(0, float.NaN, 1, 2)), Is.EqualTo(Bits.Of(2f)));
        Assert.That(Bits.Of(O.SelectLess(0, 0, 1, 2)), Is.EqualTo(Bits.Of(2f)));
        Assert.That(Bits.Of(O.SelectLess(-1, 0, 1, 2)), Is.EqualTo(Bits.Of(1f)));
    }

    [Test]
    public void Signs_are_changed_in_the_sign_bit_alone()
    {
        Assert.That(float.IsNegative(O.Negate(0)), Is.True);
        Assert.That(float.IsPositive(O.Negate(-0f)), Is.True);
        Assert.That(float.IsPositive(O.Abs(-0f)), Is.True);
        Assert.That(Bits.Of(O.Abs(-3)), Is.EqualTo(Bits.Of(3f)));
        Assert.That(Bits.Of(O.CopySign(-3, 2)), Is.EqualTo(Bits.Of(3f)));
        Assert.That(Bits.Of(O.CopySign(3, -0f)), Is.EqualTo(Bits.Of(-3f)));
        Assert.That(float.IsNegative(O.CopySign(0, float.NegativeInfinity)), Is.True);
    }

    [Test]
    public void A_fused_product_is_rounded_once()
    {
        // (1 + 2^-12)² - 1 = 2^-11 + 2^-24, of which a rounded product loses the last term.
        float x = 1 + (1f / 4096);
        Assert.That(Bits.Of(O.Fma(x, x, -1)), Is.EqualTo(Bits.Of((1f / 2048) + (1f / (1 << 24)))));
        Assert.That(Bits.Of(O.Add(O.Multiply(x, x), -1)), Is.EqualTo(Bits.Of(1f / 2048)));
    }

    [Test]
    public void Words_multiply_to_64_bits()
    {
        Assert.That(O.MultiplyHigh(0xffffffff, 0xffffffff), Is.EqualTo(0xfffffffe));
        Assert.That(O.MultiplyLow(0xffffffff, 0xffffffff), Is.EqualTo(1u));
        Assert.That(O.AddWords(0xffffffff, 2), Is.EqualTo(1u));
        Assert.That(O.ShiftRight(0x80000000, 8), Is.EqualTo(0x00800000u));
        Assert.That(Bits.Of(O.ToNumber(0x00ffffff)), Is.EqualTo(Bits.Of(16777215f)));
    }
}
