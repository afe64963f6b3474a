using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Tests.Metrics;

[TestFixture]
public class VerdictTests
{
    private static readonly Evaluation Chapter = Evaluation.Of(Gaussian.Chapter);

    [Test]
    public void The_target_itself_has_no_error()
    {
        Verdict verdict = Judge(Chapter);
        Assert.Multiple(() =>
        {
            Assert.That(verdict.KlDivergence, Is.Zero.Within(1e-12));
            Assert.That(verdict.NearestNeighborAccuracy, Is.Null, "moments tell all of two Gaussians");
            Assert.That(verdict.MeanError, Is.Zero);
            Assert.That(verdict.CovarianceError, Is.Zero.Within(1e-7));
            Assert.That(verdict.Wasserstein2, Is.Zero.Within(1e-6));
            Assert.That(verdict.Converged);
            Assert.That(verdict.Runaway, Is.False);
        });
    }

    // Of T the inverse has 4.25 / 0.49 in its first place, so a shift of x1 by d adds 4.25 d d / 0.98.
    [TestCase(0.2147, true)]
    [TestCase(0.2148, false)]
    public void A_shift_of_the_mean_decides_at_a_divergence_of_one_fifth(double shift, bool converged)
    {
        Verdict verdict = Judge(Chapter, shift: shift);
        Assert.Multiple(() =>
        {
            Assert.That(verdict.KlDivergence, Is.EqualTo(4.25 * shift * shift / 0.98).Within(1e-6));
            Assert.That(verdict.MeanError, Is.EqualTo(shift).Within(1e-6));
            Assert.That(verdict.Wasserstein2, Is.EqualTo(shift).Within(1e-6), "a shifted Gaussian is as far away as its mean");
            Assert.That(verdict.Converged, Is.EqualTo(converged));
        });
    }

    // f - 1 - ln f is one fifth at f = 0.4932 and 1.7722 times the covariance.
    [TestCase(0.494, true)]
    [TestCase(0.4925, false)]
    [TestCase(1.771, true)]
    [TestCase(1.7735, false)]
    public void A_scaled_covariance_decides_at_a_divergence_of_one_fifth(double factor, bool converged)
    {
        Verdict verdict = Judge(Chapter, scale: Math.Sqrt(factor));
        Assert.Multiple(() =>
        {
            Assert.That(verdict.KlDivergence, Is.EqualTo(factor - 1 - Math.Log(factor)).Within(1e-6));
            Assert.That(verdict.CovarianceError, Is.EqualTo(Math.Abs(factor - 1)).Within(1e-6));
            Assert.That(verdict.Wasserstein2, Is.EqualTo(Math.Abs(Math.Sqrt(factor) - 1) * Math.Sqrt(Chapter.Target.Covariance.Trace())).Within(1e-6));
            Assert.That(verdict.Converged, Is.EqualTo(converged));
        });
    }

    [Test]
    public void Another_limit_decides_elsewhere()
    {
        Evaluation strict = Evaluation.Of(Gaussian.Chapter, new VerdictLimits(KlDivergence: 0.1)), lax = Evaluation.Of(Gaussian.Chapter, new VerdictLimits(KlDivergence: 0.3));
        Assert.Multiple(() =>
        {
            Assert.That(Judge(strict, shift: 0.2).Converged, Is.False);
            Assert.That(Judge(lax, shift: 0.25).Converged);
        });
    }

    [Test]
    public void A_target_without_spread_is_never_reached()
    {
        Verdict verdict = Judge(Evaluation.Of(new Table([1, 2, 1, 2, 1, 2], columns: 2)), scale: 0);
        Assert.Multiple(() =>
        {
            Assert.That(verdict.KlDivergence, Is.NaN);
            Assert.That(verdict.NearestNeighborAccuracy, Is.NaN);
            Assert.That(verdict.CovarianceError, Is.NaN);
            Assert.That(verdict.Wasserstein2, Is.Zero);
            Assert.That(verdict.Converged, Is.False);
        });
    }

    // The distance is that of the means, and the generator's own spread.
    [TestCase(0, 0.009, 0.009, true)]
    [TestCase(0, 0.011, 0.011, false)]
    [TestCase(0.009, 0, 0.009, true)]
    [TestCase(0.008, 0.008, 0.0113, false)]
    [TestCase(0, 1e6, 1e6, false)]
    public void A_single_point_is_reached_by_distance(double scale, double shift, double distance, bool converged)
    {
        Evaluation evaluation = Evaluation.Of(new Point(3));
        GanParameters gan = new(new Network(1, 1), new Network(1, 1), [(float)scale, (float)(3 + shift), 0, 0]);
        Verdict verdict = evaluation.Judge(gan, seed: 0);
        Assert.Multiple(() =>
        {
            Assert.That(evaluation.IsPoint);
            Assert.That((verdict.KlDivergence, verdict.NearestNeighborAccuracy, verdict.Mixture), Is.EqualTo((double.NaN, (double?)null, (MixtureQuality?)null)));
            Assert.That(verdict.Wasserstein2, Is.EqualTo(distance).Within(1).Percent);
            Assert.That((verdict.IsByDistance, verdict.Converged, verdict.Runaway), Is.EqualTo((true, converged, false)));
        });
    }

    // A generator that is not linear is judged by its samples, and by its distance all the same.
    [Test]
    public void A_single_point_is_reached_by_samples_too()
    {
        GanParameters gan = new(new Network(1, 1, 1), new Network(1, 1), [1, 0, 0.001f, 0, 0, 0]);
        Evaluation evaluation = Evaluation.Of(new Point(0));
        Assert.That(evaluation.ComparesSamples(gan.Generator), Is.False);
        Assert.That(evaluation.Judge(gan, seed: 0).Converged);
    }

    [Test]
    public void A_generator_without_spread_is_not_converged()
    {
        // The line to which generators collapse: hardly an error of the covariance.
        Verdict line = Judge(Chapter, [0.98f, 0, 2.03f, 0, 1, 2]);
        Assert.Multiple(() =>
        {
            Assert.That(line.KlDivergence, Is.NaN);
            Assert.That(line.CovarianceError, Is.InRange(0.0, 0.05));
            Assert.That(line.Converged, Is.False);
        });
    }

    // Standard deviations of the target in all: the root of 1.01 + 4.25.
    [TestCase(22.9, false)]
    [TestCase(23, true)]
    public void Ten_standard_deviations_away_is_runaway(double shift, bool runaway) =>
        Assert.That(Judge(Chapter, shift: shift).Runaway, Is.EqualTo(runaway));

    /// <summary>Judges the chapter's own map, shifted along the first column and scaled around its mean.</summary>
    private static Verdict Judge(Evaluation evaluation, double shift = 0, double scale = 1) =>
        Judge(evaluation, [(float)scale, (float)(-0.1 * scale), (float)(2 * scale), (float)(0.5 * scale), (float)(1 + shift), 2]);

    private static Verdict Judge(Evaluation evaluation, float[] generator) =>
        evaluation.Judge(new GanParameters(new Network(2, 2), new Network(2, 1), [.. generator, 0, 0, 0]), seed: 0);
}
