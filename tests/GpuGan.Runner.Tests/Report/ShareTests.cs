using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Tests.Report;

internal sealed class ShareTests
{
    // As published tables of the interval have them.
    [TestCase(0, 10, 0, 0.2775)]
    [TestCase(5, 10, 0.2366, 0.7634)]
    [TestCase(10, 10, 0.7225, 1)]
    [TestCase(1, 1, 0.2065, 1)]
    public void The_interval_is_Wilsons(int count, int of, double low, double high)
    {
        Share share = new(count, of);
        Assert.Multiple(() =>
        {
            Assert.That(share.Interval.Low, Is.EqualTo(low).Within(5e-5));
            Assert.That(share.Interval.High, Is.EqualTo(high).Within(5e-5));
        });
    }
}
