using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Networks.Activations;
using GpuGan.Kernels.Training;
using MathNet.Numerics.LinearAlgebra;

namespace GpuGan.Kernels.Tests.Metrics;

[TestFixture]
public class MomentsTests
{
    private static readonly Moments Chapter = Moments.Of(Gaussian.Chapter);

    // What docs/generator-wins.md says of the error of a sample.
    [TestCase(16, 0.59)]
    [TestCase(64, 0.29)]
    [TestCase(250, 0.15)]
    [TestCase(1000, 0.074)]
    [TestCase(4000, 0.037)]
    [Category("Slow")]
    public void A_sample_is_as_far_from_its_distribution_as_theory_says(int rows, double median)
    {
        double[] distances = [.. Enumerable.Range(0, 2048).Select(seed => Wasserstein.Distance(Moments.Of(Gaussian.Chapter.Sample((ulong)seed, rows)), Chapter)).Order()];
        double trace = Chapter.Covariance.Trace(), meanSquare = ((1.5 * trace) + (Chapter.Covariance.Determinant() / trace)) / rows;
        Assert.Multiple(() =>
        {
            // Some three standard errors of a mean of 2,048 squares.
            Assert.That(distances.Average(distance => distance * distance), Is.EqualTo(meanSquare).Within(8).Percent);
            Assert.That(distances[1024], Is.EqualTo(median).Within(5).Percent);
        });
    }

    [Test]
    public void Those_of_a_linear_generator_are_exact_and_its_samples_agree()
    {
        // The chapter's map itself.
        GanParameters one = new(new Network(2, 2), new Network(2, 1), [1, -0.1f, 2, 0.5f, 1, 2, 0, 0, 0]);
        Moments exact = Moments.Of(one, seed: 0), sampled = Moments.Of(GeneratedSamples.Draw(one, 0, Moments.GeneratorSamples));
        Vector<double> mean = sampled.Mean - exact.Mean;
        Matrix<double> covariance = sampled.Covariance - exact.Covariance;
        Assert.Multiple(() =>
        {
            Assert.That(Wasserstein.Distance(exact, Chapter), Is.Zero.Within(1e-6));

            // Five standard errors of 10,000 samples.
            Assert.That(mean.L2Norm(), Is.InRange(double.Epsilon, 5 * Math.Sqrt(5.26 / 10_000)));
            Assert.That(covariance.FrobeniusNorm() / exact.Covariance.FrobeniusNorm(), Is.InRange(double.Epsilon, 5 * Math.Sqrt(2.0 / 10_000)));
        });
    }

    [Test]
    public void A_deep_network_without_activations_is_linear()
    {
        GanParameters deep = new(
            new Network(2, 2, 2) { Hidden = default(IdentityActivation) }, new Network(2, 1), [1, -0.1f, 2, 0.5f, 1, 2, /* swap */ 0, 1, 1, 0, 0.5f, 0, 0, 0, 0]);
        Moments moments = Moments.Of(deep, seed: 0);
        Assert.Multiple(() =>
        {
            Assert.That(moments.Mean.ToArray(), Is.EqualTo(new[] { 2.5, 1 }).Within(1e-6));
            Assert.That(moments.Covariance.ToArray(), Is.EqualTo(new[,] { { 4.25, 1.95 }, { 1.95, 1.01 } }).Within(1e-6));
        });
    }
}
