using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Random;

namespace GpuGan.Kernels.Tests.Distributions;

/// <summary>What holds for each distribution of the table, and for one that is not in it.</summary>
[TestFixture]
public class DistributionTests
{
    private static readonly string[] Texts =
    [
        "chapter", "gaussian:2:1", "gaussian:1,0.5,-2,0,1,0,0.25,0,3:1,-1,10", "normal:1", "normal:3", "ring:8:1:0.01", "ring:1:2:0.5", "ring:2:1:0.1", "ring:7:3:0.2",
        "grid:5:2:0.05", "grid:1:1:1", "grid:3:1:0.5", "spiral:2:1:0.02", "spiral:1:4:0.5", "spiral:3:1:0.1", "moons:0.05", "moons:0.3", "circles:0.5:0.05",
        "circles:0.8:0.2", "line:0.05", "line:1", "point:0", "point:0,1", "point:-1.5,2E-05,3",
    ];

    internal static IEnumerable<IDistribution> All => [.. Texts.Select(DistributionTable.Parse), new Cross(0.25f)];

    [Test]
    public void Every_word_of_the_table_is_tried() =>
        Assert.That(Texts.Select(text => text.Split(':')[0]).Distinct(), Is.EquivalentTo(DistributionTable.All.Keys));

    [Test]
    public void Its_text_gives_it_again([ValueSource(nameof(Texts))] string text)
    {
        IDistribution distribution = DistributionTable.Parse(text), again = DistributionTable.Parse(distribution.ToString()!);
        Assert.That(distribution.ToString(), Is.EqualTo(text));
        Assert.That((again, again.GetHashCode()), Is.EqualTo((distribution, distribution.GetHashCode())));
        Assert.That(Texts.Where(other => DistributionTable.Parse(other).Equals(distribution)), Is.EqualTo(new[] { text }), "and no other");
    }

    [Test]
    public void A_million_rows_have_the_moments_of_the_distribution([ValueSource(nameof(All))] IDistribution distribution)
    {
        const int Rows = 1_000_000;
        int columns = distribution.Columns;
        Moments truth = Moments.Of(distribution);
        float[] x = distribution.Sample(seed: 9, Rows).Values;
        Assert.Multiple(() =>
        {
            for (int i = 0; i < columns; i++)
            {
                int first = i;
                AssertMean(row => x[(row * columns) + first] - truth.Mean[first], $"mean {first}");
                for (int j = i; j < columns; j++)
                {
                    int second = j;
                    AssertMean(
                        row => ((x[(row * columns) + first] - truth.Mean[first]) * (x[(row * columns) + second] - truth.Mean[second])) - truth.Covariance[first, second],
                        $"covariance {first}, {second}");
                    Assert.That(truth.Covariance[second, first], Is.EqualTo(truth.Covariance[first, second]));
                }
            }
        });

        // Zero within five standard errors, which the numbers tell themselves; what has no spread has the rounding of floats.
        static void AssertMean(Func<int, double> number, string what)
        {
            double sum = 0, squares = 0;
            for (int row = 0; row < Rows; row++)
            {
                double value = number(row);
                sum += value;
                squares += value * value;
            }

            Assert.That(sum / Rows, Is.Zero.Within((5 * Math.Sqrt(squares / Rows / Rows)) + 1e-6), what);
        }
    }

    [Test]
    public void More_rows_begin_with_the_same_rows_and_other_streams_have_others([ValueSource(nameof(All))] IDistribution distribution)
    {
        float[] few = distribution.Sample(seed: 1, rows: 3).Values, many = distribution.Sample(seed: 1, rows: 50).Values;
        Assert.That(Bits.Of(many[..few.Length]), Is.EqualTo(Bits.Of(few)));
        if (distribution is not Point)
        {
            IEnumerable<float[]> draws =
            [
                few, distribution.Sample(seed: 2, rows: 3).Values, distribution.Sample(seed: 1 + (1ul << 32), rows: 3).Values,
                distribution.Sample(seed: 1, rows: 3, StreamId.Evaluation, step: 1).Values, distribution.Sample(seed: 1, rows: 3, StreamId.Evaluation, step: 3).Values,
            ];
            Assert.That(draws.Select(rows => rows[0]).Distinct().Count(), Is.EqualTo(5));
        }
    }

    /// <summary>By the fourth moments of its columns: 3 squares of the variance where it is Gaussian, anything else where it is not.</summary>
    [Test]
    public void It_is_Gaussian_where_it_says_so([ValueSource(nameof(All))] IDistribution distribution)
    {
        const int Rows = 1_000_000;
        DataSet rows = distribution.Sample(seed: 4, Rows);
        IReadOnlyList<double> mean = distribution.Mean;
        double[] errors =
        [
            .. from column in Enumerable.Range(0, distribution.Columns)
               let variance = distribution.Covariance[column * (distribution.Columns + 1)]
               where variance > 0
               select Enumerable.Range(0, Rows).Average(row => Square(Square(rows[row, column] - mean[column])) / variance / variance) - 3,
        ];

        // The standard error of a Gaussian's is sqrt(96 / rows); nearest to it is line:1, with -1.2 / 16.
        Assert.That(errors.All(error => Math.Abs(error) < 5 * Math.Sqrt(96.0 / Rows)), Is.EqualTo(distribution.IsGaussian), string.Join(", ", errors));

        static double Square(double number) => number * number;
    }

    [Test]
    public void What_is_not_drawn_is_not_used()
    {
        foreach (IDistribution distribution in All.Where(one => !one.DrawsUniform))
        {
            float[] z = new float[distribution.Columns], one = new float[z.Length], other = new float[z.Length];
            distribution.Row(z, float.NaN, one, default(DeviceOperations));
            distribution.Row(z, 0.25f, other, default(DeviceOperations));
            Assert.That(Bits.Of(one), Is.EqualTo(Bits.Of(other)), $"{distribution}");
        }
    }

    [Test]
    public void Numbers_that_are_left_out_are_the_usual_ones()
    {
        Assert.Multiple(() =>
        {
            foreach ((string text, IDistribution expected) in ((string, IDistribution)[])
                [
                    ("ring", new Ring()), ("grid", new Grid()), ("spiral", new Spiral()), ("moons", new Moons()), ("circles", new Circles()), ("line", new Line()),
                    ("ring:5", new Ring(5)), ("ring:5:2", new Ring(5, 2)), ("grid:3:.5", new Grid(3, 0.5)), ("chapter", Gaussian.Chapter),
                    ("gaussian:1,2,-.1,.5:1,2", Gaussian.Chapter), ("gaussian:1,0,0,1:0,0", Gaussian.Standard(2)),
                ])
            {
                Assert.That(DistributionTable.Parse(text), Is.EqualTo(expected), text);
            }
        });
    }

    [TestCase("ring:0", "ring:0:1:0.01 has 0 modes; a ring has at least 1")]
    [TestCase("ring:257", "ring:257:1:0.01 has 257 modes; a ring has at most 256")]
    [TestCase("grid:33", "grid:33:2:0.05 has 33 modes along its side; a grid has at most 32")]
    [TestCase("ring:8:-1", "ring:8:-1:0.01 has the radius -1; it must be positive, from 1e-15 to 1e15")]
    [TestCase("moons:0", "moons:0 has the standard deviation 0; it must be positive, from 1e-15 to 1e15")]
    [TestCase("ring:8:1:0.01:3", "ring:8:1:0.01:3 has 4 numbers behind colons; write ring[:MODES[:RADIUS[:STD]]]")]
    [TestCase("gaussian", "gaussian has 0 numbers behind colons; write gaussian:A11,A12,A21,A22:B1,B2")]
    [TestCase("chapter:1", "chapter:1 has 1 numbers behind colons; it takes no numbers")]
    [TestCase("gaussian:1,2:0,0", "a Gaussian with a mean of 2 columns has 2 numbers in A; they are the square of those of the mean, of which there may be 1 to 1000")]
    [TestCase("normal:0", "normal:0 has 0 columns; there can be 1 to 1000")]
    [TestCase("normal:1001", "normal:1001 has 1001 columns; there can be 1 to 1000")]
    [TestCase("ring:8.5", "ring:8.5: 8.5 is no whole number")]
    [TestCase("ring:8:1:", "ring:8:1:: nothing is no number")]
    [TestCase("point:0,x", "point:0,x: x is no number")]
    [TestCase("point:nan", "point:nan: nan is no number")]
    [TestCase("point:1e39", "point:Infinity has a number that is none or too large; they may be from -1e15 to 1e15")]
    [TestCase("rings", "there is no distribution rings; there are chapter, gaussian, normal, ring, grid, spiral, moons, circles, line, point")]
    [TestCase("", "there is no distribution ; there are chapter, gaussian, normal, ring, grid, spiral, moons, circles, line, point")]
    public void What_is_wrong_and_what_would_be_right_is_said_in_one_line(string text, string message) =>
        Assert.That(() => DistributionTable.Parse(text), Throws.InstanceOf<ArgumentException>().With.Message.EqualTo(message));
}
