using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Stepwise;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Tests.Metrics;

/// <summary>The chapter's experiment over many seeds against 4,000 runs of it in PyTorch.</summary>
[TestFixture]
[Category("Slow")]
public class ChapterStatisticsTests
{
    private const int Seeds = 300;

    private static readonly Evaluation Chapter = Evaluation.Of(Gaussian.Chapter);

    [Test]
    public void As_many_seeds_converge_as_in_PyTorch_and_their_errors_are_as_large()
    {
        var verdicts = new (Verdict Verdict, bool Looks)[Seeds];
        Parallel.For(0, Environment.ProcessorCount, worker =>
        {
            using Device device = Device.Open("cpu", threads: 1);
            for (int seed = worker; seed < Seeds; seed += Environment.ProcessorCount)
            {
                verdicts[seed] = Train(device, (ulong)seed);
            }
        });
        double converged = verdicts.Count(one => one.Verdict.Converged) / (double)Seeds;
        double looks = verdicts.Count(one => one.Looks) / (double)Seeds;
        double meanError = Median(verdicts.Select(one => one.Verdict.MeanError));
        double covarianceError = Median(verdicts.Select(one => one.Verdict.CovarianceError));
        TestContext.Out.WriteLine(FormattableString.Invariant(
            $"{Seeds} seeds: {converged:P1} converged, {looks:P1} look converged; medians: mean error {meanError:F3}, covariance error {covarianceError:F3}"));

        // Three standard errors of a share of 300, and of a median of errors that are spread over a decade.
        Assert.Multiple(() =>
        {
            Assert.That(converged, Is.EqualTo(0.601).Within(0.09), "share converged");
            Assert.That(looks, Is.GreaterThan(0.95), "share that looks converged");
            Assert.That(meanError, Is.EqualTo(0.199).Within(20).Percent, "median of the mean error");
            Assert.That(covarianceError, Is.EqualTo(0.104).Within(20).Percent, "median of the covariance error");
        });
    }

    private static (Verdict Verdict, bool Looks) Train(Device device, ulong seed)
    {
        TrainingSettings settings = new() { Seed = seed };
        using StepwiseTrainer trainer = new(device, settings, Gaussian.Chapter.Sample(seed, 1000));
        EpochLosses losses = trainer.TrainEpoch();
        while (losses.Epoch < settings.Epochs)
        {
            losses = trainer.TrainEpoch();
        }

        return (Chapter.Judge(trainer.ReadParameters(), seed), Verdict.LooksConverged(losses.LossD, losses.LossG));
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Seeds / 2);
}
