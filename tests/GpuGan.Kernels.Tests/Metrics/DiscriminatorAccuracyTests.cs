using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Random;
using GpuGan.Kernels.Training;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;

namespace GpuGan.Kernels.Tests.Metrics;

[TestFixture]
public class DiscriminatorAccuracyTests
{
    private const int Rows = 20_000;

    private static readonly Moments Chapter = Moments.Of(Gaussian.Chapter);
    private static readonly DiscriminatorAccuracy Accuracy = new(Gaussian.Chapter, Rows);

    [TestCase(0.1)]
    [TestCase(1)]
    [TestCase(4)]
    [TestCase(20)]
    public void The_best_discriminator_of_a_shifted_generator_is_as_right_as_theory_says(double shift)
    {
        // Between Gaussians of one covariance the best rule is linear, and right with Phi(half of their Mahalanobis distance).
        Vector<double> step = Vector<double>.Build.Dense([0.6, 0.8]) * shift, weight = Chapter.Covariance.Inverse() * -step;
        double bias = -weight * (Chapter.Mean + (step / 2));
        double expected = Normal.CDF(0, 1, Math.Sqrt(-weight * step) / 2);
        GanParameters gan = new(
            new Network(2, 2),
            new Network(2, 1),
            [1, -0.1f, 2, 0.5f, (float)(1 + step[0]), (float)(2 + step[1]), (float)weight[0], (float)weight[1], (float)bias]);
        Assert.That(
            Accuracy.Of(gan, seed: 3),
            Is.EqualTo(expected).Within(5 * Math.Sqrt(expected * (1 - expected) / (2 * Rows))));
    }

    [Test]
    public void No_discriminator_tells_equal_distributions_apart()
    {
        double[] measured =
        [
            .. from seed in Enumerable.Range(0, 20)
               let gan = new GanParameters(new Network(2, 2), new Network(2, 5, 3, 1), [1, -0.1f, 2, 0.5f, 1, 2, .. Random(37, seed)])
               select Accuracy.Of(gan, (ulong)seed),
        ];
        Assert.That(measured, Is.All.EqualTo(0.5).Within(5 / Math.Sqrt(8 * Rows)));
        Assert.That(measured.Distinct().Count(), Is.GreaterThan(10), "most of them call some rows real and others generated");
    }

    /// <summary>Of a point each row is the same: a discriminator is right about all or none of the real ones.</summary>
    [TestCase(-4, 1)]
    [TestCase(-6, 0.5)]
    public void Any_distribution_may_be_what_is_real(float bias, double accuracy) =>
        Assert.That(
            new DiscriminatorAccuracy(new Point(5), 100).Of(new GanParameters(new Network(1, 1), new Network(1, 1), [0, 0, 1, bias]), seed: 0),
            Is.EqualTo(accuracy));

    [Test]
    public void A_discriminator_that_cannot_decide_is_right_about_half() =>
        Assert.That(Accuracy.Of(new GanParameters(new Network(2, 2), new Network(2, 1), new float[9]), seed: 0), Is.EqualTo(0.5));

    [Test]
    public void It_is_the_same_on_every_machine() =>
        Assert.That(
            new DiscriminatorAccuracy(Gaussian.Chapter, 1000).Of(
                new GanParameters(new Network(2, 4, 2), new Network(2, 5, 3, 1), Random(59, 7)), seed: 7),
            Is.EqualTo(0.564));

    [Test]
    public void Its_rows_are_no_others_rows()
    {
        DataSet[] all =
        [
            Gaussian.Chapter.Sample(5, 1000),
            .. from step in Enumerable.Range(0, 3) select Gaussian.Chapter.Sample(5, 1000, StreamId.Evaluation, (uint)step),
        ];
        Assert.That(all.SelectMany(rows => rows.Values.Chunk(2)).Select(row => (row[0], row[1])).Distinct().Count(), Is.EqualTo(4000));
    }

    // What docs/generator-wins.md says: of the chapter's GAN, of one whose discriminator learns too fast, of one that is trained well.
    [TestCase("2-5-3-1", 0.05, 20, 1, 0.6065)]
    [TestCase("2-5-3-1", 0.15, 20, 1, 0.855)]
    // The last is ten times as long as the others and goes the same way, so it is slow.
    [TestCase("2-16-1", 0.05, 200, 0.97, 0.5195, Category = "Slow")]
    public void A_discriminator_that_cannot_tell_may_give_up_what_the_best_one_could(string discriminator, double lrD, int epochs, double lrDecay, double expected)
    {
        const int Members = 128;
        DiscriminatorAccuracy accuracy = new(Gaussian.Chapter, 1000);
        TrainingSettings settings = new() { Discriminator = Network.Parse(discriminator), LrD = lrD, Epochs = epochs, LrDecay = lrDecay };
        using Device device = Device.Open("cpu");
        CompiledKernels kernels = new(device, settings, Gaussian.Chapter, rows: 1000);
        Population population = new(kernels, Members, i => settings with { Seed = (ulong)i }) { Accuracy = accuracy };
        TrainedMember[] trained = [.. population.Train(Evaluation.Of(Gaussian.Chapter))];
        double own = Median(trained.Select(member => member.DiscriminatorAccuracy!.Value));
        double best = Median(trained.Select(member => BestAccuracy(member.Parameters, member.Settings.Seed, 1000)));
        TestContext.Out.WriteLine($"right about fresh rows: the median discriminator {own:p1}, the best possible {best:p1}");
        Assert.Multiple(() =>
        {
            Assert.That(own, Is.EqualTo(0.5).Within(0.005));
            Assert.That(best, Is.EqualTo(expected).Within(0.001));
            Assert.That(trained[9].DiscriminatorAccuracy, Is.EqualTo(accuracy.Of(trained[9].Parameters, seed: 9)));
        });
    }

    /// <summary>How often the likelihood ratio of the two Gaussians, which no rule excels, is right about the same rows.</summary>
    private static double BestAccuracy(GanParameters gan, ulong seed, int rows)
    {
        Func<float[], double> real = LogDensity(Chapter), made = LogDensity(Moments.Of(gan, seed));
        int hits = RowsOf(Gaussian.Chapter.Sample(seed, rows, StreamId.Evaluation, 1)).Count(row => real(row) >= made(row));
        int misses = RowsOf(GeneratedSamples.Draw(gan, seed, rows, step: 2)).Count(row => real(row) >= made(row));
        return (hits + rows - misses) / (2.0 * rows);

        static IEnumerable<float[]> RowsOf(DataSet data) => data.Values.Chunk(2);
    }

    // But for a constant.
    private static Func<float[], double> LogDensity(Moments moments)
    {
        Matrix<double> precision = moments.Covariance.Inverse();
        double normalization = Math.Log(moments.Covariance.Determinant());
        (double x, double y, double a, double b, double c) = (moments.Mean[0], moments.Mean[1], precision[0, 0], precision[0, 1], precision[1, 1]);
        return row => -((a * (row[0] - x) * (row[0] - x)) + (2 * b * (row[0] - x) * (row[1] - y)) + (c * (row[1] - y) * (row[1] - y)) + normalization) / 2;
    }

    private static double Median(IEnumerable<double> numbers) => numbers.Order().ElementAt(numbers.Count() / 2);

    private static float[] Random(int count, int seed)
    {
        float[] numbers = new float[count];
        Streams.Fill((ulong)seed, StreamId.InitialWeights, step: 0, numbers);
        return numbers;
    }
}
