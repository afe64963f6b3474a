using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Tests.Report;

internal sealed class DigitsTests
{
    [TestCase(0.69314, "0.6931")]
    [TestCase(-0.69314, "-0.6931")]
    [TestCase(-0.00004, "0.0000")]
    [TestCase(-0.0, "0.0000")]
    [TestCase(-0.00006, "-0.0001")]
    [TestCase(1234567.8, "1.2346e+06")]
    [TestCase(double.NaN, "unknown")]
    [TestCase(double.NegativeInfinity, "unknown")]
    public void A_number_has_four_digits_and_zero_no_sign(double value, string text) => Assert.That(Digits.Of(value, "unknown"), Is.EqualTo(text));
}
