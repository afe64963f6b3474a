using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Random;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Tests.Metrics;

[TestFixture]
public class EnergyDistanceTests
{
    [TestCase(new double[] { 0 }, new double[] { 1 }, 1, 2)]
    [TestCase(new double[] { 0, 2 }, new double[] { 1 }, 1, 1)]
    [TestCase(new double[] { 0, 0 }, new double[] { 3, 4 }, 2, 10)]
    [TestCase(new double[] { 1, 5, 7, 7, -2 }, new double[] { 7, -2, 5, 1, 7 }, 1, 0)]
    public void Distances_are_those_by_hand(double[] first, double[] second, int columns, double distance) =>
        Assert.That(EnergyDistance.Of(first, second, columns, seed: 0).Distance, Is.EqualTo(distance).Within(1e-14));

    [Test]
    public void It_is_the_definition_for_samples_of_any_size([Values(1, 2, 9)] int n, [Values(1, 5, 12)] int m, [Values(1, 3)] int columns)
    {
        double[] x = Normal(n * columns, 1, 0), y = Normal(m * columns, 2, 0.5);
        double expected = (2 * Mean(x, y)) - Mean(x, x) - Mean(y, y);
        Assert.That(EnergyDistance.Of(x, y, columns, seed: 0).Distance, Is.EqualTo(expected).Within(1e-13));

        double Mean(double[] a, double[] b) => (
            from i in Enumerable.Range(0, a.Length / columns)
            from j in Enumerable.Range(0, b.Length / columns)
            select Math.Sqrt(Enumerable.Range(0, columns).Sum(c => Math.Pow(a[(i * columns) + c] - b[(j * columns) + c], 2)))).Average();
    }

    /// <summary>Of normal variates and shifted ones: means of folded normal variates of variance 2.</summary>
    [Test]
    public void A_shift_has_the_distance_that_theory_says()
    {
        const double Shift = 1;
        double none = 2 / Math.Sqrt(Math.PI);
        double shifted = (none * Math.Exp(-Shift * Shift / 4)) + (Shift * (1 - (2 * MathNet.Numerics.Distributions.Normal.CDF(0, Math.Sqrt(2), -Shift))));
        EnergyDistance energy = EnergyDistance.Of(Normal(1000, 1, 0), Normal(1000, 2, Shift), 1, seed: 0);

        // Six standard errors: of the mean of a shift of about .52 for each unit, twice, of 1/n and 1/m.
        Assert.That(energy.Distance, Is.EqualTo(2 * (shifted - none)).Within(6 * 2 * 0.52 * Math.Sqrt(2.0 / 1000)));
        Assert.That(energy.PValue, Is.EqualTo(1 / 200.0), "no permutation has as much");
    }

    [Test]
    public void Equal_rows_differ_by_nothing() =>
        Assert.That(EnergyDistance.Of([1, 1, 1], [1, 1], 1, seed: 0), Is.EqualTo(new EnergyDistance(0, 1)));

    /// <summary>Of one distribution, p-values are uniform: below each quarter a quarter of them.</summary>
    [Test]
    public void Chance_alone_has_any_p_value()
    {
        const int Trials = 400;
        double[] values = [.. Enumerable.Range(0, Trials).Select(i => EnergyDistance.Of(Normal(30, (2 * i) + 1, 0), Normal(20, (2 * i) + 2, 0), 1, (ulong)i).PValue)];
        foreach (double share in (double[])[0.05, 0.25, 0.5, 0.75])
        {
            Assert.That(values.Count(value => value <= share) / (double)Trials, Is.EqualTo(share).Within(5 * Math.Sqrt(share * (1 - share) / Trials)), $"{share}");
        }
    }

    [Test]
    public void The_seed_decides_the_permutations_and_every_machine_has_the_same()
    {
        double[] x = Normal(50, 1, 0), y = Normal(40, 2, 0.3);
        EnergyDistance[] distances = [.. Enumerable.Range(0, 4).Select(seed => EnergyDistance.Of(x, y, 1, (ulong)seed))];
        Assert.That(distances.Select(energy => energy.Distance).Distinct().Count(), Is.EqualTo(1));
        Assert.That(distances.Select(energy => energy.PValue).Distinct().Count(), Is.GreaterThan(1));
        Assert.That((distances[0].Distance, distances[0].PValue), Is.EqualTo((0.3270531032484022, 0.01)));
    }

    [Test]
    public void What_is_not_a_number_has_no_distance()
    {
        Assert.That(EnergyDistance.Of([double.NaN], [1], 1, seed: 0), Is.EqualTo(new EnergyDistance(double.NaN, double.NaN)));
        Assert.That(EnergyDistance.Of([1], [double.PositiveInfinity], 1, seed: 0).PValue, Is.NaN);
    }

    [Test]
    public void What_are_no_rows_is_refused() => Assert.Multiple(() =>
    {
        Assert.That(() => EnergyDistance.Of([], [1], 1, 0), Throws.ArgumentException);
        Assert.That(() => EnergyDistance.Of([1, 2, 3], [1, 2], 2, 0), Throws.ArgumentException.With.Message.EqualTo("3 and 2 numbers do not make whole rows of 2 columns"));
        Assert.That(() => EnergyDistance.Of(new double[4000], [1], 1, 0), Throws.ArgumentException.With.Message.EqualTo("there are 4001 rows; the energy distance is of at most 4000"));
    });

    [Test]
    public void A_generator_that_is_right_is_told_from_one_that_is_not()
    {
        GanParameters right = Make([1, -0.1f, 2, 0.5f, 1, 2]), wrong = Make([1, -0.1f, 2, 0.5f, 1.5f, 2]);
        Evaluation known = Evaluation.Of(Gaussian.Chapter), file = Evaluation.Of(Table.Of(Gaussian.Chapter.Sample(seed: 5, rows: 1500)));
        Assert.Multiple(() =>
        {
            foreach (Evaluation evaluation in (Evaluation[])[known, file])
            {
                Assert.That(evaluation.EnergyOf(right, seed: 1).PValue, Is.InRange(0.02, 1.0));
                Assert.That(evaluation.EnergyOf(wrong, seed: 1).PValue, Is.EqualTo(1 / 200.0));
            }
        });
    }

    private static GanParameters Make(float[] generator) => new(new Network(2, 2), new Network(2, 1), [.. generator, 0, 0, 0]);

    private static double[] Normal(int count, int seed, double shift)
    {
        float[] numbers = new float[count];
        Streams.Fill((ulong)seed, StreamId.InitialWeights, step: 0, numbers);
        return Array.ConvertAll(numbers, number => number + shift);
    }
}
