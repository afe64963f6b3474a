using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Networks.Activations;
using GpuGan.Kernels.Random;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Tests.Metrics;

[TestFixture]
public class EvaluationTests
{
    private static readonly Network Linear = new(2, 2), Deep = new(2, 4, 2);

    // Rows of a file, in order: as a table that was sorted by its first column.
    private static readonly Table Sorted = new([.. Table.Of(Gaussian.Chapter.Sample(7, 1500)).Values.Chunk(2).OrderBy(row => row[0]).SelectMany(row => row)], columns: 2);

    [TestCase("2-2", "tanh", false)]
    [TestCase("2-3-2", "identity", false)]
    [TestCase("2-3-2", "tanh", true)]
    [TestCase("2-3-2", "relu", true)]
    [TestCase("5-2", "relu", false)]
    public void Samples_are_compared_where_a_side_is_not_Gaussian(string generator, string activation, bool ofGaussian)
    {
        Network shape = Network.Parse(generator) with { Hidden = ActivationTable.All.Parse(activation) };
        GanParameters gan = Make(shape, Random(shape.ParameterCount, 1));
        Evaluation known = Evaluation.Of(Gaussian.Chapter), file = Evaluation.Of(Sorted);
        Assert.Multiple(() =>
        {
            Assert.That(known.ComparesSamples(shape), Is.EqualTo(ofGaussian));
            Assert.That(known.Judge(gan, seed: 3).NearestNeighborAccuracy is not null, Is.EqualTo(ofGaussian));
            Assert.That(file.ComparesSamples(shape));
            Assert.That(file.Judge(gan, seed: 3).NearestNeighborAccuracy, Is.Not.Null.And.InRange(0.0, 1.0));
        });
    }

    [Test]
    public void A_verdict_is_the_same_on_every_machine()
    {
        GanParameters gan = Make(Deep, Random(Deep.ParameterCount, 7));
        Verdict known = Evaluation.Of(Gaussian.Chapter).Judge(gan, seed: 7), file = Evaluation.Of(Sorted).Judge(gan, seed: 7);
        Assert.Multiple(() =>
        {
            Assert.That((known.NearestNeighborAccuracy, file.NearestNeighborAccuracy), Is.EqualTo((0.858, 0.85)));
            Assert.That(Evaluation.Of(Gaussian.Chapter).RealAccuracy(seed: 7), Is.EqualTo(0.4945));
            Assert.That(Evaluation.Of(Sorted).RealAccuracy(seed: 7), Is.EqualTo(0.494));
            Assert.That(Evaluation.Of(Sorted).Judge(gan, seed: 7), Is.EqualTo(file), "and the same again");
            Assert.That(known.KlDivergence, Is.EqualTo(12.527139133011598).Within(1e-9));
        });
    }

    [Test]
    public void The_seed_decides_the_rows()
    {
        GanParameters gan = Make(Deep, Random(Deep.ParameterCount, 7));
        Evaluation known = Evaluation.Of(Gaussian.Chapter), file = Evaluation.Of(Sorted);
        Assert.Multiple(() =>
        {
            Assert.That(known.Judge(gan, seed: 8), Is.Not.EqualTo(known.Judge(gan, seed: 7)));
            Assert.That(known.RealAccuracy(seed: 8), Is.Not.EqualTo(known.RealAccuracy(seed: 7)));
            Assert.That(file.RealAccuracy(seed: 8), Is.EqualTo(file.RealAccuracy(seed: 7)), "of a file there are no fresh rows");
        });
    }

    [Test]
    public void Real_rows_pass_in_any_order()
    {
        Assert.That(Enumerable.Range(0, 20).Select(seed => Evaluation.Of(Gaussian.Chapter).RealAccuracy((ulong)seed)), Is.All.EqualTo(0.5).Within(0.06));
        Assert.That(Evaluation.Of(Sorted).RealAccuracy(0), Is.EqualTo(0.5).Within(0.06));
    }

    [Test]
    public void A_generator_that_is_right_passes_by_its_samples()
    {
        // Where a hyperbolic tangent is as good as a straight line.
        const float Small = 1 / 64f;
        GanParameters gan = Make(new Network(2, 2, 2), [Small, 0, 0, Small, 0, 0, 64, -6.4f, 128, 32, 1, 2]);
        foreach (Evaluation evaluation in (Evaluation[])[Evaluation.Of(Gaussian.Chapter), Evaluation.Of(Sorted)])
        {
            Verdict[] verdicts = [.. Enumerable.Range(0, 10).Select(seed => evaluation.Judge(gan, (ulong)seed))];
            Assert.Multiple(() =>
            {
                Assert.That(verdicts.Select(verdict => verdict.NearestNeighborAccuracy), Is.All.EqualTo(0.5).Within(0.06));
                Assert.That(verdicts.Select(verdict => verdict.KlDivergence), Is.All.InRange(0, 0.02));
                Assert.That(verdicts.Select(verdict => verdict.Converged), Is.All.True);
            });
        }
    }

    // Two tight modes on a line, and the Gaussian that has their moments.
    [Test]
    public void Moments_alone_do_not_pass_for_what_is_not_Gaussian()
    {
        double[] values = [.. Random(2000, 5).Select((number, row) => (row % 2 == 0 ? -2 : 2) + (0.1 * number))];
        Evaluation evaluation = Evaluation.Of(new Table(values, columns: 1));
        GanParameters gan = new(new Network(1, 1), new Network(1, 1), [(float)Math.Sqrt(4.01), 0, 0, 0]);
        Verdict verdict = evaluation.Judge(gan, seed: 0);
        Assert.Multiple(() =>
        {
            Assert.That(verdict.KlDivergence, Is.InRange(0.0, 0.01));
            Assert.That(verdict.NearestNeighborAccuracy, Is.GreaterThan(0.8));
            Assert.That(verdict.Converged, Is.False);
            Assert.That(evaluation.RealAccuracy(0), Is.EqualTo(0.5).Within(0.06));
        });
    }

    [Test]
    public void Another_limit_of_neighbours_decides_elsewhere()
    {
        const float Small = 1 / 64f;
        GanParameters gan = Make(new Network(2, 2, 2), [Small, 0, 0, Small, 0, 0, 64, -6.4f, 128, 32, 1, 2]);
        double accuracy = Evaluation.Of(Gaussian.Chapter).Judge(gan, seed: 0).NearestNeighborAccuracy!.Value;
        Assert.That(Converges(accuracy));
        Assert.That(Converges(accuracy - 1e-4), Is.False);

        bool Converges(double limit) => Evaluation.Of(Gaussian.Chapter, new VerdictLimits(NeighborLimit: limit)).Judge(gan, seed: 0).Converged;
    }

    [Test]
    public void Fewer_rows_judge_where_fewer_are_asked_for_or_there()
    {
        GanParameters gan = Make(Deep, Random(Deep.ParameterCount, 7));
        Verdict few = Evaluation.Of(Gaussian.Chapter, new VerdictLimits(EvaluationRows: 10)).Judge(gan, seed: 7);
        Verdict small = Evaluation.Of(new Table(Sorted.Values[..14], columns: 2)).Judge(gan, seed: 7);
        Moments ten = Evaluation.Of(Gaussian.Chapter, new VerdictLimits(EvaluationRows: 10)).MomentsOf(gan, seed: 7);
        Assert.Multiple(() =>
        {
            // Of 10 rows of each kind, and of 7: each counts nothing, half or one.
            Assert.That(few.NearestNeighborAccuracy * 40, Is.EqualTo(Math.Round(few.NearestNeighborAccuracy!.Value * 40)).Within(1e-9));
            Assert.That(small.NearestNeighborAccuracy * 28, Is.EqualTo(Math.Round(small.NearestNeighborAccuracy!.Value * 28)).Within(1e-9));
            Assert.That(ten, Is.EqualTo(Moments.Of(GeneratedSamples.Draw(gan, seed: 7, rows: 10))));
        });
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void Very_few_rows_are_judged_without_an_error(int rows)
    {
        GanParameters gan = Make(Deep, Random(Deep.ParameterCount, 7));
        Evaluation evaluation = Evaluation.Of(new Table(Sorted.Values[..(2 * rows)], columns: 2));
        Verdict verdict = evaluation.Judge(gan, seed: 7);
        Assert.Multiple(() =>
        {
            Assert.That(evaluation.HasSpread, Is.EqualTo(rows > 2), "two rows lie on a line");
            Assert.That(double.IsNaN(verdict.KlDivergence), Is.EqualTo(rows <= 2));
            Assert.That(double.IsNaN(evaluation.RealAccuracy(7)), Is.EqualTo(rows <= 2));
            Assert.That(verdict.Converged, Is.False);
        });
    }

    [Test]
    public void The_units_of_the_training_change_nothing()
    {
        // The seconds of a clock and a number whose square is zero; the training sees both with mean 0 and deviation 1.
        Table rows = new([.. Sorted.Values.Select((value, i) => i % 2 == 0 ? 1.7e9 + (10 * value) : 1e-300 * value)], columns: 2);
        Standardization standardization = Standardization.Of(rows);
        Evaluation evaluation = Evaluation.Of(rows, standardization), itself = Evaluation.Of(Table.Of(standardization.Apply(rows)));
        foreach (GanParameters gan in (GanParameters[])[Make(Linear, Random(6, 3)), Make(Deep, Random(Deep.ParameterCount, 7))])
        {
            Verdict undone = evaluation.Judge(gan, seed: 7), standardized = itself.Judge(gan, seed: 7);
            Moments inUnits = evaluation.MomentsOf(gan, seed: 7), ofTraining = itself.MomentsOf(gan, seed: 7);
            Assert.Multiple(() =>
            {
                // The rows of a training are floats; some neighbours may be nearer by rounding.
                Assert.That(undone.KlDivergence, Is.EqualTo(standardized.KlDivergence).Within(1e-4).Percent);
                Assert.That(undone.NearestNeighborAccuracy, Is.EqualTo(standardized.NearestNeighborAccuracy).Within(0.002));
                Assert.That(inUnits.Mean.ToArray(), Is.EqualTo(new[] { standardization.Undo(ofTraining.Mean[0], 0), standardization.Undo(ofTraining.Mean[1], 1) }));
                Assert.That(Math.Sqrt(inUnits.Covariance[0, 0]), Is.EqualTo(standardization.Scale[0] * Math.Sqrt(ofTraining.Covariance[0, 0])).Within(1e-10).Percent);
            });
        }
    }

    [Test]
    public void The_worst_direction_is_told_in_the_units_of_the_data()
    {
        Table rows = new([.. Random(2000, 3).Select((value, i) => i % 2 == 0 ? 1 + (2 * value) : 0.02 + (0.005 * value))], columns: 2, ["temperature", "humidity"]);
        Evaluation plain = Evaluation.Of(rows), standardized = Evaluation.Of(rows, Standardization.Of(rows));
        WorstDirection first = plain.WorstDirection(Make(Linear, [2, 0, 0, 0.005f * 66, 1, 0.02f]), seed: 0)!;
        WorstDirection second = standardized.WorstDirection(Make(Linear, [1, 0, 0, 66, 0, 0]), seed: 0)!;
        Assert.Multiple(() =>
        {
            Assert.That(first.Describe(rows.Names), Does.Match("^along humidity the generator is 6[4-8] times too wide$"));
            Assert.That(second.Describe(rows.Names), Does.Match("^along humidity the generator is 6[4-8] times too wide$"));
            Assert.That(second.Deviations, Is.EqualTo(first.Deviations).Within(1e-6).Percent);

            // A humidity of .005 weighs as much as one deviation.
            Assert.That(Math.Abs(second.Weights[1]), Is.EqualTo(1 / 0.005).Within(10).Percent);
        });
    }

    private static GanParameters Make(Network generator, float[] values) => new(generator, Linear, [.. values, 0, 0, 0, 0, 0, 0]);

    // Standard normal.
    private static float[] Random(int count, int seed)
    {
        float[] numbers = new float[count];
        Streams.Fill((ulong)seed, StreamId.InitialWeights, step: 0, numbers);
        return numbers;
    }
}
