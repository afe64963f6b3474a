using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Tests.Compiled;

/// <summary>The chapter's experiment over 4,096 seeds in one population, against 4,000 runs of it in PyTorch.</summary>
[TestFixture]
[Category("Slow")]
public class PopulationStatisticsTests
{
    private const int Seeds = 4096;

    // Three standard errors of the difference of two shares of 4,000.
    private const double ShareTolerance = 0.032;

    [Test]
    public void As_many_seeds_converge_as_in_PyTorch_and_their_losses_and_errors_are_spread_alike()
    {
        (Verdict Verdict, EpochLosses Losses)[] members = Train(new TrainingSettings());
        Assert.Multiple(() =>
        {
            Assert.That(Converged(members), Is.EqualTo(0.601).Within(ThreeErrors(0.601, 12_000)), "share converged");
            AssertDivergences(members, 12_000, (0.05, 0.021), (0.25, 0.069), (0.363, 0.1), (0.5, 0.151), (0.733, 0.3), (0.75, 0.316), (0.857, 0.5), (0.95, 0.97));
            AssertQuantiles("loss_d", members.Select(member => (double)member.Losses.LossD), 0.0002, [0.6928, 0.6931, 0.6932, 0.6932, 0.6945]);
            AssertQuantiles("loss_g", members.Select(member => (double)member.Losses.LossG), 0.001, [0.6929, 0.6931, 0.6932, 0.6935, 0.6988]);
            AssertQuantiles("mean error", members.Select(member => member.Verdict.MeanError), null, [0.049, 0.118, 0.199, 0.314, 0.690]);
            AssertQuantiles("covariance error", members.Select(member => member.Verdict.CovarianceError), null, [0.027, 0.062, 0.104, 0.173, 0.360]);
        });
    }

    [Test]
    public void With_a_smaller_beta1_fewer_converge_as_in_PyTorch_though_the_errors_of_more_are_small()
    {
        (Verdict Verdict, EpochLosses Losses)[] members = Train(new TrainingSettings { Beta1 = 0.5 });
        Assert.Multiple(() =>
        {
            Assert.That(Converged(members), Is.EqualTo(0.522).Within(ThreeErrors(0.522, 4000)));
            AssertDivergences(members, 4000, (0.25, 0.064), (0.5, 0.182), (0.75, 0.82));
            Assert.That(members.Count(HasSmallErrors) / (double)Seeds, Is.EqualTo(0.94).Within(0.02), "by norms of the moments");
        });
    }

    [Test]
    public void At_a_faster_generator_as_few_have_small_errors_as_in_PyTorch()
    {
        (Verdict Verdict, EpochLosses Losses)[] members = Train(new TrainingSettings { LrD = 0.05, LrG = 0.015 });
        Assert.That(members.Count(HasSmallErrors) / (double)Seeds, Is.EqualTo(0.175).Within(ShareTolerance));
    }

    /// <summary>Over 1,024 seeds, the chapter's rows of one seed as they were drawn and sorted by their first column.</summary>
    [Test]
    public void Sorted_rows_converge_as_often_as_others_where_they_are_shuffled()
    {
        DataSet drawn = Gaussian.Chapter.Sample(seed: 0, rows: 1000);
        DataSet sorted = new([.. drawn.Values.Chunk(2).OrderBy(row => row[0]).SelectMany(row => row)], 2);
        double asDrawn = Share(drawn, shuffle: true), asSorted = Share(sorted, shuffle: true), kept = Share(sorted, shuffle: false);
        Assert.That(asSorted, Is.EqualTo(asDrawn).Within(0.05));
        Assert.That(kept, Is.InRange(0.0, 0.05), "sorted rows that keep their order");

        static double Share(DataSet data, bool shuffle)
        {
            TrainingSettings settings = new() { Shuffle = shuffle };
            using Device device = Device.Open("cpu");
            Population population = new(new CompiledKernels(device, settings, data), 1024, i => settings with { Seed = (ulong)i });
            double share = population.Train(Evaluation.Of(Table.Of(data))).Count(member => member.Verdict.Converged) / 1024.0;
            TestContext.Out.WriteLine(FormattableString.Invariant($"{share:P1} converged"));
            return share;
        }
    }

    private static (Verdict Verdict, EpochLosses Losses)[] Train(TrainingSettings settings)
    {
        using Device device = Device.Open("cpu");
        using CompiledTrainer trainer = new(
            new CompiledKernels(device, settings, Gaussian.Chapter, rows: 1000),
            [.. Enumerable.Range(0, Seeds).Select(seed => settings with { Seed = (ulong)seed })]);
        trainer.Train(trainer.StepsPerEpoch * (settings.Epochs - 1), withLosses: false);
        trainer.Train(trainer.StepsPerEpoch, withLosses: true);
        Evaluation evaluation = Evaluation.Of(Gaussian.Chapter);
        return [.. trainer.ReadParameters().Zip(trainer.ReadLosses(), (parameters, losses) =>
            (evaluation.Judge(parameters, settings.Seed), losses))];
    }

    // How runs were judged before: a collapse onto a line is no large error.
    private static bool HasSmallErrors((Verdict Verdict, EpochLosses Losses) member) => member.Verdict is { MeanError: < 0.3, CovarianceError: < 0.2 };

    /// <summary>Three standard errors of the difference of two shares, of our seeds and of PyTorch's runs.</summary>
    private static double ThreeErrors(double share, int runs) => 3 * Math.Sqrt(share * (1 - share) * ((1.0 / Seeds) + (1.0 / runs)));

    /// <summary>Holds shares of members whose divergence is at most a number against those of PyTorch's runs.</summary>
    private static void AssertDivergences((Verdict Verdict, EpochLosses Losses)[] members, int runs, params (double Share, double Divergence)[] expected)
    {
        foreach ((double share, double divergence) in expected)
        {
            double measured = members.Count(member => member.Verdict.KlDivergence <= divergence) / (double)Seeds;
            TestContext.Out.WriteLine(FormattableString.Invariant($"divergence at most {divergence}: {measured:p2}, in PyTorch {share:p1}"));

            // Their numbers have two or three digits: a percent of one is some thousandths of the seeds.
            Assert.That(measured, Is.EqualTo(share).Within(ThreeErrors(share, runs) + 0.004), $"divergence at most {divergence}");
        }
    }

    private static double Converged((Verdict Verdict, EpochLosses Losses)[] members)
    {
        double share = members.Count(member => member.Verdict.Converged) / (double)Seeds;
        TestContext.Out.WriteLine(FormattableString.Invariant($"{Seeds} seeds: {share:P2} converged"));
        return share;
    }

    /// <summary>Holds the quantiles 5, 25, 50, 75 and 95 % against PyTorch's: within a tolerance, or 10 %.</summary>
    private static void AssertQuantiles(string what, IEnumerable<double> values, double? tolerance, double[] expected)
    {
        double[] sorted = [.. values.Order()];
        double[] quantiles = [.. new[] { 0.05, 0.25, 0.5, 0.75, 0.95 }.Select(share => sorted[(int)(share * sorted.Length)])];
        TestContext.Out.WriteLine($"{what}: {string.Join(' ', quantiles.Select(quantile => FormattableString.Invariant($"{quantile:F4}")))}");
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.That(quantiles[i], Is.EqualTo(expected[i]).Within(tolerance ?? (0.1 * expected[i])), $"{what}, quantile {i}");
        }
    }
}
