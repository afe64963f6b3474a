using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Random;
using MathNet.Numerics.LinearAlgebra;

namespace GpuGan.Kernels.Tests.Metrics;

[TestFixture]
public class KullbackLeiblerTests
{
    [TestCase(0, 1, 0, 1, 0)]
    [TestCase(3, 2, 1, 2, 0.5)]
    [TestCase(0, 2, 0, 1, 0.8068528194400547)]
    [TestCase(0, 1, 0, 2, 0.3181471805599453)]
    [TestCase(-1, 0.5, 2, 4, 1.8685040416798357)]
    public void Of_one_column_it_is_the_formula_of_the_books(double mean, double deviation, double targetMean, double targetDeviation, double expected)
    {
        // ln(t / s) + (s s + (m - n) (m - n)) / (2 t t) - 1/2: the other way round it is another number.
        double shift = mean - targetMean;
        Assert.That(
            Math.Log(targetDeviation / deviation) + (((deviation * deviation) + (shift * shift)) / (2 * targetDeviation * targetDeviation)) - 0.5,
            Is.EqualTo(expected).Within(1e-14));
        Assert.That(Divergence(Make([mean], [deviation * deviation]), Make([targetMean], [targetDeviation * targetDeviation])), Is.EqualTo(expected).Within(1e-14));
    }

    [Test]
    public void Of_two_columns_it_is_what_is_reckoned_by_hand()
    {
        // The trace is 2/4 + 2/1, the shift 1/4, the determinants 3 and 4.
        Moments generated = Make([1, 0], [2, 1, 1, 2]), target = Make([0, 0], [4, 0, 0, 1]);
        Assert.That(Divergence(generated, target), Is.EqualTo((2.5 + 0.25 - 2 - Math.Log(3.0 / 4)) / 2).Within(1e-14));

        // The other way round: the trace is (8 + 2) / 3, the shift 2/3.
        Assert.That(Divergence(target, generated), Is.EqualTo((((8 + 2 + 2) / 3.0) - 2 - Math.Log(4.0 / 3)) / 2).Within(1e-14));
    }

    [Test]
    public void Of_three_columns_it_is_the_formula_with_inverse_and_determinants([Range(0, 19)] int seed)
    {
        Moments generated = Random(seed, 3), target = Random(100 + seed, 3);
        Matrix<double> precision = target.Covariance.Inverse();
        Vector<double> shift = generated.Mean - target.Mean;
        double expected = ((precision * generated.Covariance).Trace() + (shift * precision * shift) - 3
            - Math.Log(generated.Covariance.Determinant() / target.Covariance.Determinant())) / 2;
        Assert.That(expected, Is.GreaterThan(0.1));
        Assert.That(Divergence(generated, target), Is.EqualTo(expected).Within(1e-7).Percent);
    }

    [Test]
    public void Samples_of_the_target_have_half_the_number_of_their_parameters_over_the_rows()
    {
        // Wilks: twice the rows times the divergence is chi-squared with a degree of freedom for each of 2 means and 3 covariances.
        Moments target = Moments.Of(Gaussian.Chapter);
        double[] measured = [.. Enumerable.Range(0, 200).Select(seed => 2 * 500 * Divergence(Moments.Of(Gaussian.Chapter.Sample((ulong)seed, 500)), target))];
        Assert.That(measured.Average(), Is.EqualTo(5).Within(5 * Math.Sqrt(10 / 200.0)));
    }

    [Test]
    public void It_is_the_same_in_any_units([Range(0, 9)] int seed)
    {
        Moments generated = Random(seed, 3), target = Random(100 + seed, 3);
        double expected = Divergence(generated, target);
        var rotation = Rotation(seed);
        var units = Matrix<double>.Build.DenseOfDiagonalArray([1e-3, 1, 1e6]);
        var mild = Matrix<double>.Build.DenseOfDiagonalArray([0.1, 1, 30]);
        Assert.Multiple(() =>
        {
            Assert.That(Divergence(Map(generated, units), Map(target, units)), Is.EqualTo(expected).Within(1e-9).Percent);
            Assert.That(Divergence(Map(generated, rotation), Map(target, rotation)), Is.EqualTo(expected).Within(1e-9).Percent);
            Assert.That(Divergence(Map(generated, units * rotation), Map(target, units * rotation)), Is.EqualTo(expected).Within(1e-9).Percent);
            Assert.That(Divergence(Map(generated, rotation * mild), Map(target, rotation * mild)), Is.EqualTo(expected).Within(1e-5).Percent);
        });
    }

    // A constant column, and one that follows from another, have no spread of their own; nor has a generator that collapsed.
    [TestCase(1, 0, 0)]
    [TestCase(1, 2, 4)]
    [TestCase(0, 0, 0)]
    public void Where_a_side_has_no_spread_in_some_direction_there_is_no_number(double first, double both, double second)
    {
        Moments flat = Make([0, 0], [first, both, both, second]), round = Make([0, 0], [1, 0, 0, 1]);
        Assert.Multiple(() =>
        {
            Assert.That(new KullbackLeibler(flat).HasSpread, Is.False);
            Assert.That(new KullbackLeibler(round).HasSpread);
            Assert.That(Divergence(round, flat), Is.NaN);
            Assert.That(Divergence(flat, round), Is.NaN);
            Assert.That(Divergence(flat, flat), Is.NaN);
            Assert.That(Worst(round, flat), Is.Null, "nothing can be compared with it");
            Assert.That(Worst(flat, round), Does.EndWith("the generator is flat: it has no spread"));
        });
    }

    // What follows from another column, and is rounded as a file or a training rounds it.
    [TestCase(false)]
    [TestCase(true)]
    public void Rounding_is_no_spread(bool toFloats)
    {
        double[] values = new double[2000];
        for (int row = 0; row < values.Length / 2; row++)
        {
            values[2 * row] = 17.3 + (row * 0.1);
            double second = (values[2 * row] * 0.3) + 0.7;
            values[(2 * row) + 1] = toFloats ? (float)second : second;
        }

        Assert.That(new KullbackLeibler(Moments.Of(new Table(values, columns: 2))).HasSpread, Is.False);
    }

    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void What_is_not_finite_has_no_number(double number)
    {
        Moments round = Make([0, 0], [1, 0, 0, 1]);
        Assert.Multiple(() =>
        {
            Assert.That(Divergence(Make([number, 0], [1, 0, 0, 1]), round), Is.NaN);
            Assert.That(Divergence(Make([0, 0], [number, 0, 0, 1]), round), Is.NaN);
            Assert.That(Divergence(round, Make([number, 0], [1, 0, 0, 1])), Is.NaN);
            Assert.That(Worst(Make([number, 0], [1, 0, 0, 1]), round), Is.Null);
        });
    }

    [Test]
    public void Moments_of_other_columns_are_refused() =>
        Assert.That(() => Divergence(Make([0], [1]), Make([0, 0], [1, 0, 0, 1])), Throws.ArgumentException);

    // In units of a target whose columns have the deviations 2 and .005.
    [TestCase(0, 0, 4, 2.5e-5 * 66 * 66, 0, "along humidity the generator is 66 times too wide")]
    [TestCase(0, 0, 0.04, 2.5e-5, 0, "along temperature the generator is 10 times too narrow")]
    [TestCase(0, 0.02, 4, 2.5e-5, 0, "along humidity the generator is off by 4 standard deviations of the data")]
    [TestCase(5, 0, 4, 2.5e-5, 0, "along temperature the generator is off by 2.5 standard deviations of the data")]
    [TestCase(0, 0, 4, 0, 0, "along humidity the generator is flat: it has no spread")]
    [TestCase(0, 0, 4, 2.5e-5 * 4e18, 0, "along humidity the generator is 2e9 times too wide")]
    public void The_worst_direction_is_told_in_words(double mean, double secondMean, double variance, double secondVariance, double covariance, string expected)
    {
        Moments target = Make([0, 0], [4, 0, 0, 2.5e-5]);
        Assert.That(Worst(Make([mean, secondMean], [variance, covariance, covariance, secondVariance]), target, "temperature", "humidity"), Is.EqualTo(expected));
    }

    [Test]
    public void A_direction_across_the_columns_is_their_weighted_sum()
    {
        Vector<double> u = Vector<double>.Build.Dense([1, -0.5]).Normalize(2), v = Vector<double>.Build.Dense([0.5, 1]).Normalize(2);
        Moments round = Make([0, 0], [1, 0, 0, 1]);
        Moments narrow = new(round.Mean, (u.OuterProduct(u) / (23 * 23)) + v.OuterProduct(v)), far = round with { Mean = 3 * v };
        Assert.Multiple(() =>
        {
            Assert.That(Worst(narrow, round), Is.EqualTo("along x1 - 0.5 x2 the generator is 23 times too narrow"));
            Assert.That(Worst(far, round), Is.EqualTo("along x1 + 2 x2 the generator is off by 3 standard deviations of the data"));

            // In other units it is the same direction.
            var units = Matrix<double>.Build.DenseOfDiagonalArray([1, 0.01]);
            Assert.That(Worst(Map(narrow, units), Map(round, units), "x", "y"), Is.EqualTo("along x - 50 y the generator is 23 times too narrow"));
        });
    }

    [Test]
    public void Only_columns_that_count_are_named()
    {
        Vector<double> u = Vector<double>.Build.Dense([0.9, 0.02, 0.3, 0.2, -0.1, 0.08]).Normalize(2);
        Moments round = new(Vector<double>.Build.Dense(6), Matrix<double>.Build.DenseIdentity(6));
        Moments wide = round with { Covariance = round.Covariance + (15 * u.OuterProduct(u)) };
        Assert.That(Worst(wide, round), Is.EqualTo("along x1 + 0.33 x3 + 0.22 x4 - 0.11 x5 the generator is 4 times too wide"));
    }

    [Test]
    public void The_generator_is_as_wide_along_the_worst_direction_as_is_told_and_nowhere_worse([Range(0, 9)] int seed)
    {
        Moments target = Random(100 + seed, 3), generated = Random(seed, 3) with { Mean = target.Mean };
        WorstDirection worst = new KullbackLeibler(target).Worst(generated)!;
        var weights = Vector<double>.Build.Dense([.. worst.Weights]);
        double Adds(Vector<double> along) => (along * generated.Covariance * along) / (along * target.Covariance * along) is double ratio ? (ratio - 1 - Math.Log(ratio)) / 2 : 0;
        Assert.Multiple(() =>
        {
            Assert.That(worst.IsShift, Is.False);
            Assert.That(weights * target.Covariance * weights, Is.EqualTo(1).Within(1e-9));
            Assert.That(weights * generated.Covariance * weights, Is.EqualTo(worst.Size * worst.Size).Within(1e-7).Percent);
            Assert.That(Enumerable.Range(0, 500).Select(i => Adds(Vector<double>.Build.Dense(Numbers(1000 + i, 3)))), Is.All.InRange(double.NegativeInfinity, Adds(weights)));
        });
    }

    private static double Divergence(Moments generated, Moments target) => new KullbackLeibler(target).Of(generated);

    private static string? Worst(Moments generated, Moments target, params string[] names) =>
        new KullbackLeibler(target).Worst(generated)?.Describe(names.Length == 0 ? null : names);

    private static Moments Make(double[] mean, double[] covariance) =>
        new(Vector<double>.Build.Dense(mean), Matrix<double>.Build.Dense(mean.Length, mean.Length, covariance));

    private static Moments Random(int seed, int columns)
    {
        var a = Matrix<double>.Build.Dense(columns, columns, Numbers(seed, columns * columns));
        return new(Vector<double>.Build.Dense(Numbers(10_000 + seed, columns)), a * a.Transpose());
    }

    private static Matrix<double> Rotation(int seed) => Matrix<double>.Build.Dense(3, 3, Numbers(seed, 9)).QR().Q;

    private static Moments Map(Moments moments, Matrix<double> map) => new(map * moments.Mean, map * moments.Covariance * map.Transpose());

    // Standard normal.
    private static double[] Numbers(int seed, int count)
    {
        float[] numbers = new float[count];
        Streams.Fill((ulong)seed, StreamId.Evaluation, step: 100, numbers);
        return [.. numbers.Select(number => (double)number)];
    }
}
