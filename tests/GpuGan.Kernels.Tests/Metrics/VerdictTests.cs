using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;
using MathNet.Numerics.LinearAlgebra;

namespace GpuGan.Kernels.Tests.Metrics;

[TestFixture]
public class VerdictTests
{
    private static readonly Moments Chapter = Moments.Of(Gaussian.Chapter);

    [Test]
    public void The_target_itself_has_no_error()
    {
        Verdict verdict = Verdict.Of(Chapter, Chapter);
        Assert.Multiple(() =>
        {
            Assert.That(verdict.MeanError, Is.Zero);
            Assert.That(verdict.CovarianceError, Is.Zero);
            Assert.That(verdict.Wasserstein2, Is.Zero.Within(1e-7));
            Assert.That(verdict.Converged);
        });
    }

    [TestCase(0.299, true)]
    [TestCase(0.301, false)]
    public void A_shift_of_the_mean_decides_at_three_tenths(double shift, bool converged)
    {
        Verdict verdict = Verdict.Of(Chapter with { Mean = Chapter.Mean + Vector<double>.Build.Dense([0, shift]) }, Chapter);
        Assert.Multiple(() =>
        {
            Assert.That(verdict.MeanError, Is.EqualTo(shift).Within(1e-12));
            Assert.That(verdict.Wasserstein2, Is.EqualTo(shift).Within(1e-6), "a shifted Gaussian is as far away as its mean");
            Assert.That(verdict.Converged, Is.EqualTo(converged));
        });
    }

    [TestCase(1.199, true)]
    [TestCase(1.201, false)]
    public void A_scaled_covariance_decides_at_one_fifth(double factor, bool converged)
    {
        Verdict verdict = Verdict.Of(Chapter with { Covariance = Chapter.Covariance * factor }, Chapter);
        Assert.Multiple(() =>
        {
            Assert.That(verdict.CovarianceError, Is.EqualTo(factor - 1).Within(1e-9));
            Assert.That(verdict.Wasserstein2, Is.EqualTo((Math.Sqrt(factor) - 1) * Math.Sqrt(Chapter.Covariance.Trace())).Within(1e-6));
            Assert.That(verdict.Converged, Is.EqualTo(converged));
        });
    }

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
    public void A_target_without_spread_is_never_reached()
    {
        Moments point = new(Vector<double>.Build.Dense(2), Matrix<double>.Build.Dense(2, 2));
        Verdict verdict = Verdict.Of(point, point);
        Assert.Multiple(() =>
        {
            Assert.That(verdict.CovarianceError, Is.NaN);
            Assert.That(verdict.Converged, Is.False);
        });
    }

    [Test]
    public void A_linear_generator_is_judged_exactly_and_by_samples_alike()
    {
        // The same map, once as one layer and once as a network that is linear only where its inputs are.
        GanParameters one = new(new NetworkShape(2, 2), new NetworkShape(2, 1), [1, -0.1f, 2, 0.5f, 1, 2, 0, 0, 0]);
        Moments exact = Moments.Of(one, Activation.Tanh, seed: 0), sampled = Moments.Of(GeneratedSamples.Draw(one, Activation.Tanh, 0, Moments.GeneratorSamples));
        Assert.Multiple(() =>
        {
            Assert.That(Verdict.Of(exact, Chapter).Wasserstein2, Is.Zero.Within(1e-6));

            // Five standard errors of 10,000 samples.
            Assert.That(Verdict.Of(sampled, exact).MeanError, Is.InRange(double.Epsilon, 5 * Math.Sqrt(5.26 / 10_000)));
            Assert.That(Verdict.Of(sampled, exact).CovarianceError, Is.InRange(double.Epsilon, 5 * Math.Sqrt(2.0 / 10_000)));
        });
    }

    [Test]
    public void A_deep_network_without_activations_is_linear()
    {
        GanParameters deep = new(
            new NetworkShape(2, 2, 2), new NetworkShape(2, 1), [1, -0.1f, 2, 0.5f, 1, 2, /* swap */ 0, 1, 1, 0, 0.5f, 0, 0, 0, 0]);
        Moments moments = Moments.Of(deep, Activation.Identity, seed: 0);
        Assert.Multiple(() =>
        {
            Assert.That(moments.Mean.ToArray(), Is.EqualTo(new[] { 2.5, 1 }).Within(1e-6));
            Assert.That(moments.Covariance.ToArray(), Is.EqualTo(new[,] { { 4.25, 1.95 }, { 1.95, 1.01 } }).Within(1e-6));
        });
    }

    [TestCase(0.6931f, 0.6931f, true)]
    [TestCase(0.6931f, -0.7131f, true)]
    [TestCase(0.6931f, 0.7133f, false)]
    [TestCase(0.6729f, 0.6931f, false)]
    [TestCase(float.NaN, 0.6931f, false)]
    public void Losses_near_log_2_look_converged(float lossD, float lossG, bool looks) =>
        Assert.That(Verdict.LooksConverged(lossD, lossG), Is.EqualTo(looks));
}
