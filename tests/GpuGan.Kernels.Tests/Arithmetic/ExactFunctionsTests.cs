using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Tests.Arithmetic;

public sealed class ExactFunctionsTests
{
    // A prime, so that a sweep meets every exponent and mantissas without a pattern: 1.05 million inputs.
    private const long Stride = 4099;
    private const long AllBits = 1L << 32;

    private static readonly float[] Spread =
        [0, 1e-45f, 1e-40f, 1e-30f, 1e-8f, 2e-4f, 0.01f, 0.3f, 0.5f, 0.55f, 0.6f, 1, 1.5f, 3, 7, 9, 9.01f, 9.02f, 20, 88, 104, 1e4f, 1e30f, float.MaxValue, float.PositiveInfinity];

    private static IEnumerable<TestCaseData> Functions => ElementaryFunction.All.Select(function => new TestCaseData(function).SetArgDisplayNames(function.Name));

    [TestCaseSource(nameof(Functions))]
    public void Errors_stay_below_the_stated_one_over_a_million_spread_inputs(object function)
    {
        WorstCase worst = ((ElementaryFunction)function).Sweep(0, AllBits, Stride);
        Assert.That(worst.Error, Is.InRange(0, ((ElementaryFunction)function).Ulps), worst.ToString());
    }

    [Test]
    [Category("Slow")]
    [TestCaseSource(nameof(Functions))]
    public void Errors_stay_below_the_stated_one_over_all_inputs(object function)
    {
        const int Parts = 4096;
        var worst = new WorstCase[Parts];
        Parallel.For(0, Parts, new ParallelOptions { MaxDegreeOfParallelism = 2 }, part =>
            worst[part] = ((ElementaryFunction)function).Sweep(AllBits / Parts * part, AllBits / Parts * (part + 1), 1));
        WorstCase worstOfAll = worst.Aggregate(WorstCase.Of);
        TestContext.Out.WriteLine($"{function}: {worstOfAll}");
        Assert.That(worstOfAll.Error, Is.InRange(0, ((ElementaryFunction)function).Ulps), worstOfAll.ToString());
    }

    [Test]
    public void Log_is_right_for_every_spread_argument_that_the_noise_can_produce()
    {
        // Those of Box and Muller: k 2^-24 + 2^-26, rounded.
        ElementaryFunction log = ElementaryFunction.All.Single(function => function.Name == "log");
        double worst = 0;
        for (int k = 0; k < 1 << 24; k += 17)
        {
            float u = MathF.FusedMultiplyAdd(k, 1f / (1 << 24), 1f / (1 << 26));
            worst = Math.Max(worst, Ulp.Error(log.Value(u), Math.Log(u)));
        }

        Assert.That(worst, Is.InRange(0, log.Ulps));
    }

    [TestCaseSource(nameof(Functions))]
    public void NaN_passes_through_as_NaN(object function)
    {
        Func<float, float> value = ((ElementaryFunction)function).Value;
        const uint First = 0x7f800001, Last = 0x7fffffff, SignBit = 0x80000000;
        for (uint bits = First; bits <= Last; bits += bits < Last - 251 ? 251u : 1u)
        {
            float nan = BitConverter.UInt32BitsToSingle(bits), negative = BitConverter.UInt32BitsToSingle(bits | SignBit);
            if (!float.IsNaN(value(nan)) || !float.IsNaN(value(negative)))
            {
                Assert.Fail($"of 0x{bits:x8}: {value(nan)}, {value(negative)}");
            }
        }
    }

    [Test]
    public void NaN_passes_through_the_functions_made_of_others()
    {
        DeviceOperations o = default;
        Assert.That(ExactFunctions.Sigmoid(float.NaN, o), Is.NaN);
        Assert.That(ExactFunctions.Softplus(float.NaN, o), Is.NaN);
    }

    [Test]
    public void Tanh_keeps_zeros_and_signs_and_never_leaves_the_unit_interval()
    {
        DeviceOperations o = default;
        Assert.That(Bits.Of(ExactFunctions.Tanh(0f, o)), Is.EqualTo(Bits.Of(0f)));
        Assert.That(Bits.Of(ExactFunctions.Tanh(-0f, o)), Is.EqualTo(Bits.Of(-0f)));
        for (long bits = 0; bits <= Bits.Of(float.PositiveInfinity); bits += Stride)
        {
            float x = BitConverter.UInt32BitsToSingle((uint)bits);
            float y = ExactFunctions.Tanh(x, o);
            if (!(y >= 0 && y <= 1) || Bits.Of(ExactFunctions.Tanh(-x, o)) != Bits.Of(-y))
            {
                Assert.Fail($"tanh({x:R}) = {y:R}, tanh({-x:R}) = {ExactFunctions.Tanh(-x, o):R}");
            }
        }
    }

    [TestCase(20f)]
    [TestCase(1e10f)]
    [TestCase(float.MaxValue)]
    [TestCase(float.PositiveInfinity)]
    public void Tanh_saturates_at_one(float x)
    {
        Assert.That(ExactFunctions.Tanh(x, default(DeviceOperations)), Is.EqualTo(1f));
        Assert.That(ExactFunctions.Tanh(-x, default(DeviceOperations)), Is.EqualTo(-1f));
    }

    [Test]
    public void Exp_has_its_limits()
    {
        DeviceOperations o = default;
        Assert.That(ExactFunctions.Exp(0f, o), Is.EqualTo(1f));
        Assert.That(ExactFunctions.Exp(-0f, o), Is.EqualTo(1f));
        Assert.That(ExactFunctions.Exp(float.PositiveInfinity, o), Is.EqualTo(float.PositiveInfinity));
        Assert.That(ExactFunctions.Exp(1000f, o), Is.EqualTo(float.PositiveInfinity));
        Assert.That(Bits.Of(ExactFunctions.Exp(float.NegativeInfinity, o)), Is.EqualTo(Bits.Of(0f)));
        Assert.That(Bits.Of(ExactFunctions.Exp(-1000f, o)), Is.EqualTo(Bits.Of(0f)));
    }

    [Test]
    public void Log_has_its_limits()
    {
        DeviceOperations o = default;
        Assert.That(Bits.Of(ExactFunctions.Log(1f, o)), Is.EqualTo(Bits.Of(0f)));
        Assert.That(ExactFunctions.Log(0f, o), Is.EqualTo(float.NegativeInfinity));
        Assert.That(ExactFunctions.Log(-0f, o), Is.EqualTo(float.NegativeInfinity));
        Assert.That(ExactFunctions.Log(float.PositiveInfinity, o), Is.EqualTo(float.PositiveInfinity));
        Assert.That(ExactFunctions.Log(-float.Epsilon, o), Is.NaN);
        Assert.That(ExactFunctions.Log(-1f, o), Is.NaN);
        Assert.That(ExactFunctions.Log(float.NegativeInfinity, o), Is.NaN);
    }

    [Test]
    public void Log_of_a_normal_number_has_the_bits_of_log()
    {
        DeviceOperations o = default;
        for (uint bits = 0x00800000; bits < Bits.Of(float.PositiveInfinity); bits += (uint)Stride)
        {
            float x = BitConverter.UInt32BitsToSingle(bits);
            Assert.That(Bits.Of(ExactFunctions.LogOfNormal(x, o)), Is.EqualTo(Bits.Of(ExactFunctions.Log(x, o))), $"{x:R}");
        }
    }

    [TestCase(0f, 0, 1)]
    [TestCase(0.25f, 1, 0)]
    [TestCase(0.5f, 0, -1)]
    [TestCase(0.75f, -1, 0)]
    public void Sine_and_cosine_are_exact_at_quarter_turns(float turns, int sine, int cosine)
    {
        ExactFunctions.SinCosTurns(turns, default(DeviceOperations), out float s, out float c);
        Assert.That((s, c), Is.EqualTo(((float)sine, (float)cosine)));
    }

    [Test]
    public void Sine_and_cosine_never_leave_the_unit_interval()
    {
        for (int k = 0; k < 1 << 24; k += 13)
        {
            ExactFunctions.SinCosTurns(k / (float)(1 << 24), default(DeviceOperations), out float s, out float c);
            if (!(Math.Abs(s) <= 1 && Math.Abs(c) <= 1))
            {
                Assert.Fail($"at {k} 2^-24 turns: {s:R}, {c:R}");
            }
        }
    }

    [Test]
    public void Softplus_is_right_to_the_errors_of_its_parts()
    {
        // log(1 + e): 2 ulp of e are at most 4 units of 2^-24, 4 ulp of the logarithm 8; giving back what 1 + e lost is
        // right to 1, and the two sums round by 1 each. Below 2^-126 the 2 ulp of e are absolute.
        const double Relative = 15.0 / (1 << 24);
        const double Absolute = 2 * 1.401298464324817e-45;
        foreach (float x in Spread.Concat(Spread.Select(x => -x)).Concat(Enumerable.Range(-12_000, 24_000).Select(i => i * 0.01f)))
        {
            double truth = Math.Max(x, 0) + LogOnePlus(Math.Exp(-Math.Abs((double)x)));
            float result = ExactFunctions.Softplus(x, default(DeviceOperations));
            if (double.IsInfinity(truth))
            {
                Assert.That(result, Is.EqualTo(truth));
            }
            else
            {
                Assert.That(result, Is.EqualTo(truth).Within((Relative * truth) + Absolute), $"softplus({x:R})");
            }
        }
    }

    [TestCase(float.PositiveInfinity)]
    [TestCase(1e30f)]
    [TestCase(81f)]
    public void Sigmoid_stays_as_it_is_beyond_80(float x)
    {
        DeviceOperations o = default;
        Assert.That(ExactFunctions.Sigmoid(x, o), Is.EqualTo(1f));
        Assert.That(ExactFunctions.Sigmoid(-x, o), Is.EqualTo(ExactFunctions.Sigmoid(-80f, o)).And.EqualTo(Math.Exp(-80)).Within(1e-4).Percent);
    }

    /// <summary>log(1 + e), also where 1 + e rounds to 1 (Kahan's correction of the logarithm's argument).</summary>
    private static double LogOnePlus(double e) => 1 + e == 1 ? e : Math.Log(1 + e) * e / (1 + e - 1);
}
