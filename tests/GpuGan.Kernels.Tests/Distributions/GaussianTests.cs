using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;

namespace GpuGan.Kernels.Tests.Distributions;

[TestFixture]
public class GaussianTests
{
    private const int Rows = 100_000;

    [Test]
    public void A_sample_has_the_moments_of_the_distribution()
    {
        Moments sample = Moments.Of(Gaussian.Chapter.Sample(seed: 9, Rows)), truth = Moments.Of(Gaussian.Chapter);

        // Five standard errors; those of a covariance are at most sqrt(2) times the largest variance.
        double standardError = 1 / Math.Sqrt(Rows);
        Assert.Multiple(() =>
        {
            Assert.That(truth.Covariance.ToArray(), Is.EqualTo(new[,] { { 1.01, 1.95 }, { 1.95, 4.25 } }).Within(1e-6));
            Assert.That((sample.Mean - truth.Mean).AbsoluteMaximum(), Is.Zero.Within(5 * standardError * Math.Sqrt(4.25)));
            Assert.That((sample.Covariance - truth.Covariance).Enumerate().Max(Math.Abs), Is.Zero.Within(5 * standardError * 4.25 * Math.Sqrt(2)));
        });
    }

    [Test]
    public void More_rows_begin_with_the_same_rows()
    {
        DataSet few = Gaussian.Chapter.Sample(1, 3), many = Gaussian.Chapter.Sample(1, 50);
        Assert.That(Bits.Of(many.Values[..6]), Is.EqualTo(Bits.Of(few.Values)));
    }
}
