using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Random;

namespace GpuGan.Kernels.Tests.Metrics;

[TestFixture]
public class NearestNeighborsTests
{
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(5)]
    public void It_is_what_a_plain_search_in_double_finds(int columns)
    {
        for (int seed = 0; seed < 10; seed++)
        {
            float[][] real = Normal(seed, 211, columns), generated = Normal(100 + seed, 197, columns, scale: 1 + (0.1f * seed));
            Assert.That(Accuracy(real, generated), Is.EqualTo(Plain(real, generated)), $"seed {seed}");
        }
    }

    [Test]
    public void Rows_that_fill_no_vector_are_searched_as_all_others([Range(1, 40)] int rows)
    {
        // Small whole numbers: distances are exact, many are equal, and many rows are there several times.
        for (int others = 1; others <= 40; others++)
        {
            float[][] real = Whole(rows, rows, 2), generated = Whole(1000 + others, others, 2);
            Assert.That(Accuracy(real, generated), Is.EqualTo(Plain(real, generated)), $"{rows} and {others} rows");
        }
    }

    [Test]
    public void Equally_near_of_both_kinds_counts_half()
    {
        // At 0 and 2 real rows, at 1 and 3 generated ones: 0 and 3 have the others nearest, 1 and 2 too; each 2 away from its own kind.
        Assert.That(Accuracy([[0, 2]], [[1, 3]]), Is.Zero);

        // At 0, 1 real rows, at -1, 2 generated: 0 and 1 have both kinds one away, -1 and 2 only real ones.
        Assert.That(Accuracy([[0, 1]], [[-1, 2]]), Is.EqualTo((0.5 + 0.5) / 4));
        Assert.That(Accuracy([[7, 7, 7]], [[7, 7, 7]]), Is.EqualTo(0.5), "of rows that are all the same");
    }

    [Test]
    public void A_row_is_not_its_own_neighbour_but_its_double_is()
    {
        Assert.That(Accuracy([[0, 10, 20]], [[1, 11, 21]]), Is.Zero);
        Assert.That(Accuracy([[0, 0, 10, 10]], [[1, 1, 11, 11]]), Is.EqualTo(1));
        Assert.That(Accuracy([[0, 10, 20]], [[0, 10, 20]]), Is.Zero, "of copies");
        Assert.That(Accuracy([[5]], [[6]]), Is.Zero, "a single row has no other of its kind");
    }

    [Test]
    public void Rows_are_left_as_they_were()
    {
        float[][] real = Normal(1, 50, 2), generated = Normal(2, 50, 2);
        Accuracy(real, generated);
        Assert.That((real, generated), Is.EqualTo((Normal(1, 50, 2), Normal(2, 50, 2))));
    }

    [Test]
    public void Nobody_tells_rows_of_one_distribution_apart()
    {
        // The variance of a leave-one-out accuracy is a little above that of independent answers.
        double[] measured = [.. Enumerable.Range(0, 40).Select(seed => Accuracy(Normal(seed, 500, 2), Normal(100 + seed, 500, 2)))];
        Assert.That(measured, Is.All.EqualTo(0.5).Within(0.08));
        Assert.That(measured.Average(), Is.EqualTo(0.5).Within(0.01));
    }

    [Test]
    public void Everybody_tells_rows_apart_that_lie_far_apart() =>
        Assert.That(Accuracy(Normal(1, 500, 2), Normal(2, 500, 2, shift: 20)), Is.EqualTo(1));

    [Test]
    public void Farther_apart_is_easier_to_tell()
    {
        double[] measured = [.. new[] { 0, 1f, 2, 3, 4 }.Select(shift => Accuracy(Normal(1, 500, 2), Normal(2, 500, 2, shift)))];
        Assert.That(measured, Is.Ordered.And.Unique);
        Assert.That(measured[^1], Is.GreaterThan(0.95));
    }

    [Test]
    public void Rows_are_measured_by_the_spread_of_the_target()
    {
        KullbackLeibler target = new(Moments.Of(Gaussian.Chapter));
        DataSet rows = Gaussian.Chapter.Sample(3, 20_000);
        float[][] whitened = WhitenedRows.Of(Table.Of(rows).Values, 2, target)!.Columns;
        Moments moments = Moments.Of(new Table([.. Enumerable.Range(0, 20_000).SelectMany(row => new double[] { whitened[0][row], whitened[1][row] })], columns: 2));
        Assert.That(moments.Mean.ToArray(), Is.All.EqualTo(0).Within(5 / Math.Sqrt(20_000)));
        Assert.That(moments.Covariance.ToArray(), Is.EqualTo(new double[,] { { 1, 0 }, { 0, 1 } }).Within(5 * Math.Sqrt(2.0 / 20_000)));
    }

    [Test]
    public void Rows_that_are_very_far_away_are_far_away()
    {
        KullbackLeibler target = new(Moments.Of(Gaussian.Chapter));
        WhitenedRows real = WhitenedRows.Of(Table.Of(Gaussian.Chapter.Sample(3, 100)).Values, 2, target)!;
        double[] values = [.. Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? 1e300 : double.PositiveInfinity)];
        WhitenedRows generated = WhitenedRows.Of(values, 2, target)!;
        Assert.That(NearestNeighbors.Accuracy(real, generated), Is.EqualTo(1));
        Assert.That(WhitenedRows.Of([1, double.NaN], 2, target), Is.Null, "what is no number is nowhere");
    }

    private static double Accuracy(float[][] real, float[][] generated) => NearestNeighbors.Accuracy(WhitenedRows.Of(real), WhitenedRows.Of(generated));

    private static double Plain(float[][] real, float[][] generated)
    {
        double right = 0;
        int all = real[0].Length + generated[0].Length;
        for (int row = 0; row < all; row++)
        {
            double[] nearest = [double.PositiveInfinity, double.PositiveInfinity];
            for (int other = 0; other < all; other++)
            {
                int kind = other < real[0].Length ? 0 : 1;
                double distance = 0;
                for (int column = 0; column < real.Length; column++)
                {
                    double difference = (double)At(row, column) - At(other, column);
                    distance += difference * difference;
                }

                nearest[kind] = other == row ? nearest[kind] : Math.Min(nearest[kind], distance);
            }

            (double own, double others) = row < real[0].Length ? (nearest[0], nearest[1]) : (nearest[1], nearest[0]);
            right += own < others ? 1 : own == others ? 0.5 : 0;
        }

        return right / all;

        float At(int row, int column) => row < real[0].Length ? real[column][row] : generated[column][row - real[0].Length];
    }

    private static float[][] Normal(int seed, int rows, int columns, float shift = 0, float scale = 1) =>
        [.. Enumerable.Range(0, columns).Select(column => Column(seed, rows, column).Select(number => shift + (scale * number)).ToArray())];

    private static float[][] Whole(int seed, int rows, int columns) =>
        [.. Enumerable.Range(0, columns).Select(column => Column(seed, rows, column).Select(number => MathF.Round(2 * number)).ToArray())];

    private static float[] Column(int seed, int rows, int column)
    {
        float[] numbers = new float[rows];
        Streams.Fill((ulong)seed, StreamId.Evaluation, step: 100 + (uint)column, numbers);
        return numbers;
    }
}
