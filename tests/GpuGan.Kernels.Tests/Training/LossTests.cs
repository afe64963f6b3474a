using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Training.Losses;

namespace GpuGan.Kernels.Tests.Training;

/// <summary>Losses of a logit against a sigmoid and PyTorch's BCELoss, in float64.</summary>
[TestFixture]
public class LossTests
{
    private static readonly float[] Logits = [0, -0f, 1e-30f, 0.1f, -0.1f, 1, -1, 5.5f, -5.5f, 16.7f, -16.7f, 40, -40, 99, -99, 101, -101, 1e3f, -1e3f, 1e30f, -1e30f];

    // The function's error in ulp, and the sum's rounding.
    private const double Relative = 3e-7;

    [Test]
    public void Losses_are_those_of_the_sigmoid([ValueSource(nameof(Logits))] float logit)
    {
        DeviceOperations o = default;
        double againstOne = Math.Min(100, Softplus(-logit)), againstZero = Math.Min(100, Softplus(logit));
        Assert.Multiple(() =>
        {
            AssertClose(BinaryCrossEntropy.AgainstOne(logit, o), againstOne);
            AssertClose(BinaryCrossEntropy.AgainstZero(logit, o), againstZero);
            AssertClose(default(NonSaturatingLoss).GeneratorValue(0, logit, o), againstOne);
            AssertClose(default(MinimaxLoss).GeneratorValue(0, logit, o), -againstZero);
        });
    }

    [Test]
    public void Derivatives_are_not_clamped([ValueSource(nameof(Logits))] float logit)
    {
        DeviceOperations o = default;
        double sigmoid = 1 / (1 + Math.Exp(-logit));

        // (1 + tanh(x / 2)) / 2 is right to an absolute error, as one float near 1 is.
        Assert.Multiple(() =>
        {
            Assert.That(BinaryCrossEntropy.AgainstOneDerivative(logit, o), Is.EqualTo(sigmoid - 1).Within(1.2e-7));
            Assert.That(BinaryCrossEntropy.AgainstZeroDerivative(logit, o), Is.EqualTo(sigmoid).Within(1.2e-7));
            Assert.That(default(NonSaturatingLoss).GeneratorDerivative(0, logit, o), Is.EqualTo(sigmoid - 1).Within(1.2e-7));
            Assert.That(default(MinimaxLoss).GeneratorDerivative(0, logit, o), Is.EqualTo(-sigmoid).Within(1.2e-7));
        });
    }

    [Test]
    public void NaN_stays_NaN()
    {
        DeviceOperations o = default;
        Assert.Multiple(() =>
        {
            Assert.That(BinaryCrossEntropy.AgainstOne(float.NaN, o), Is.NaN);
            Assert.That(BinaryCrossEntropy.AgainstZeroDerivative(float.NaN, o), Is.NaN);
        });
    }

    private static void AssertClose(float value, double expected) =>
        Assert.That(value, Is.EqualTo(expected).Within((Relative * Math.Abs(expected)) + float.Epsilon));

    // double.LogP1 is log(1 + e) as it stands, which loses a small e; there the series is exact enough.
    private static double Softplus(double x)
    {
        double e = Math.Exp(-Math.Abs(x));
        return Math.Max(0, x) + (e < 1e-6 ? e - (e * e / 2) : Math.Log(1 + e));
    }
}
