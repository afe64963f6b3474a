using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Random;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Tests.Metrics;

[TestFixture]
public class MixtureQualityTests
{
    private static readonly Mixture Two = new([[0], [10]], 1);

    // Three rows near the first centre, one near the second, two near none.
    [Test]
    public void Rows_are_counted_as_by_hand()
    {
        MixtureQuality quality = MixtureQuality.Of(new DataSet([0, 1, -3, 3.1f, 10, 50], columns: 1), Two);
        Assert.Multiple(() =>
        {
            Assert.That((quality.HighQuality, quality.Modes, quality.Centers, quality.LeastShare), Is.EqualTo((4 / 6.0, 2, 2, 0.5)));
            Assert.That(quality.ReverseKl, Is.EqualTo((0.75 * Math.Log(1.5)) + (0.25 * Math.Log(0.5))).Within(1e-15));
            Assert.That(quality.RealHighQuality, Is.EqualTo(0.9973).Within(1e-5), "three standard deviations of one column");
            Assert.That((quality.HasAllModes, quality.IsWithin), Is.EqualTo((true, false)));
        });
    }

    [TestCase(new[] { 0f, 0, 0, 10 }, 0.5, 1.0, true)]
    [TestCase(new[] { 0f, 0, 0, 10, 10, 5 }, 0.8, 5 / 6.0, true)]
    [TestCase(new[] { 0f, 0, 0, 0, 10 }, 0.4, 1.0, false)]
    [TestCase(new[] { 0f, 0, 10, 5 }, 2 / 3.0, 0.75, true)]
    [TestCase(new[] { 0f, 10, 5 }, 1.0, 2 / 3.0, false)]
    [TestCase(new[] { 0f, 1 }, 0.0, 1.0, false)]
    [TestCase(new[] { 5f, float.NaN, float.PositiveInfinity }, 0.0, 0.0, false)]
    public void Both_limits_are_asked_for(float[] rows, double leastShare, double highQuality, bool within)
    {
        MixtureQuality quality = MixtureQuality.Of(new DataSet(rows, columns: 1), Two);
        Assert.That((quality.LeastShare, quality.HighQuality, quality.IsWithin), Is.EqualTo((leastShare, highQuality, within)));
    }

    [Test]
    public void Rows_without_quality_have_no_divergence_and_one_mode_has_the_largest()
    {
        Assert.That(MixtureQuality.Of(new DataSet([5], columns: 1), Two).ReverseKl, Is.NaN);
        Assert.That(MixtureQuality.Of(new DataSet([0], columns: 1), Two).ReverseKl, Is.EqualTo(Math.Log(2)).Within(1e-15));
    }

    /// <summary>Of real rows 1 - exp(-9/2) are within three standard deviations, however many modes there are.</summary>
    [Test]
    public void Real_rows_have_the_quality_that_theory_says([Values("ring:8:1:0.01", "ring:1:1:1", "grid:5:2:0.05", "grid:2:2:0.05")] string text)
    {
        const int Rows = 100_000;
        double expected = 1 - Math.Exp(-4.5);
        IDistribution distribution = DistributionTable.Parse(text);
        MixtureQuality quality = MixtureQuality.Of(distribution.Sample(seed: 6, Rows), distribution.Mixture!);
        Assert.Multiple(() =>
        {
            Assert.That(quality.RealHighQuality, Is.EqualTo(expected).Within(1e-12).And.EqualTo(0.98889).Within(1e-5));
            Assert.That(quality.HighQuality, Is.EqualTo(expected).Within(5 * Math.Sqrt(expected * (1 - expected) / Rows)));
            Assert.That(quality.Modes, Is.EqualTo(quality.Centers));

            // Twice the rows times the divergence is nearly chi squared, of one degree less than there are modes.
            Assert.That(2 * Rows * quality.ReverseKl, Is.InRange(0.0, quality.Centers - 1 + (6 * Math.Sqrt(2.0 * quality.Centers))));
            Assert.That(quality.LeastShare, Is.EqualTo(1).Within(5 * Math.Sqrt(quality.Centers / (double)Rows)));
            Assert.That(quality.IsWithin);
        });
    }

    [Test]
    public void A_ring_laid_out_with_both_ends_does_not_pass()
    {
        // Seven places, of which one comes twice as often: each mode but the first is nearest to rows that are far from it.
        float[] rows = new Ring(7).Sample(seed: 0, rows: 10_000).Values;
        MixtureQuality quality = MixtureQuality.Of(new DataSet(rows, columns: 2), new Ring().Mixture);
        Assert.That((quality.Modes, quality.LeastShare, quality.IsWithin), Is.EqualTo((1, 0.0, false)));
    }

    [Test]
    public void Other_columns_are_refused() =>
        Assert.That(
            () => MixtureQuality.Of(new DataSet([1, 2, 3], columns: 3), new Ring().Mixture),
            Throws.ArgumentException.With.Message.EqualTo("the rows have 3 columns, the mixture 2"));

    /// <summary>Two steep tangents choose among four modes, two nearly straight ones make their spread.</summary>
    [Test]
    public void A_generator_that_makes_all_modes_is_converged_and_one_that_makes_half_of_them_is_not()
    {
        const float Small = 1 / 64f, Deviation = 0.05f;
        Evaluation evaluation = Evaluation.Of(new Grid(2, 2, Deviation));
        Verdict right = evaluation.Judge(Make(0), seed: 1), half = evaluation.Judge(Make(1e5f), seed: 1);
        Assert.Multiple(() =>
        {
            Assert.That(right.Mixture, Is.Not.Null);
            Assert.That(right.Mixture!.HighQuality, Is.InRange(0.97, 1.0));
            Assert.That(right.Mixture.Modes, Is.EqualTo(4));
            Assert.That(right.Converged, $"{right}");
            Assert.That(half.Mixture!.HighQuality, Is.InRange(0.97, 1.0));
            Assert.That((half.Mixture.Modes, half.Mixture.LeastShare), Is.EqualTo((2, 0.0)));
            Assert.That(half.Mixture.ReverseKl, Is.EqualTo(Math.Log(2)).Within(0.01));
            Assert.That(half.Converged, Is.False);
            Assert.That(evaluation.Judge(Make(0), seed: 1), Is.EqualTo(right), "and the same again");
        });

        static GanParameters Make(float bias) => new(
            new Network(4, 4, 2),
            new Network(2, 1),
            [
                1e4f, 0, 0, 0, 0, 1e4f, 0, 0, 0, 0, Small, 0, 0, 0, 0, Small, bias, 0, 0, 0,
                1, 0, Deviation / Small, 0, 0, 1, 0, Deviation / Small, 0, 0, 0, 0, 0,
            ]);
    }

    [Test]
    public void The_moments_of_a_ring_do_not_pass_for_one()
    {
        // The Gaussian that has them.
        float deviation = (float)Math.Sqrt(new Ring().Covariance[0]);
        Verdict verdict = Evaluation.Of(new Ring()).Judge(new GanParameters(new Network(2, 2), new Network(2, 1), [deviation, 0, 0, deviation, 0, 0, 0, 0, 0]), seed: 0);
        Assert.Multiple(() =>
        {
            Assert.That(verdict.KlDivergence, Is.InRange(0.0, 1e-9));
            Assert.That(verdict.NearestNeighborAccuracy, Is.GreaterThan(0.6));
            Assert.That(verdict.Mixture!.HighQuality, Is.InRange(0.0, 0.02));
            Assert.That(verdict.Converged, Is.False);
        });
    }

    [Test]
    public void Fewer_rows_are_counted_where_fewer_are_asked_for()
    {
        float[] values = new float[9];
        Streams.Fill(3, StreamId.InitialWeights, 0, values);
        GanParameters gan = new(new Network(2, 2), new Network(2, 1), values);
        Verdict few = Evaluation.Of(new Ring(2, 1, 1), new VerdictLimits(EvaluationRows: 10)).Judge(gan, seed: 0);
        Assert.That(few.Mixture, Is.EqualTo(MixtureQuality.Of(GeneratedSamples.Draw(gan, seed: 0, rows: 10), new Ring(2, 1, 1).Mixture)));
    }
}
