using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;
using GpuGan.Kernels.Training.Losses;
using GpuGan.Runner.Data;
using GpuGan.Runner.HtmlReport;

namespace GpuGan.Runner.Tests.HtmlReport;

internal sealed class ForcesTests
{
    private const int Rows = 20;

    // A generator that copies its latents, and a discriminator whose logit is 3 x + 4 y.
    private static readonly TrainingSettings Settings = new() { Discriminator = new Network(2, 1) };
    private static readonly GanParameters Parameters = new(Settings.Generator, Settings.Discriminator, [1, 0, 0, 1, 0, 0, 3, 4, 0]);

    [Test]
    public void A_loss_pulls_where_the_logit_grows()
    {
        LearnedData data = LearnedData.Drawn(Gaussian.Chapter, 0, 100);
        int[] forces = Of(Settings, data, new Frame(new(-2, 2), new(-2, 2)));
        Assert.That(forces, Has.Length.EqualTo(2 * Rows));
        for (int row = 0; row < Rows; row++)
        {
            Assert.That(Math.Atan2(forces[(2 * row) + 1], forces[2 * row]), Is.InRange(Math.Atan2(4, 3) - 0.2, Math.Atan2(4, 3) + 0.2).Or.EqualTo(0));
        }

        Assert.That(forces.Max(), Is.EqualTo(60), "the strongest is the longest");
    }

    [Test]
    public void Least_squares_pull_back_what_has_gone_too_far()
    {
        LearnedData data = LearnedData.Drawn(Gaussian.Chapter, 0, 100);
        int[] forces = Of(Settings with { Loss = default(LeastSquaresLoss) }, data, new Frame(new(-2, 2), new(-2, 2)));
        float[] rows = GeneratedSamples.Draw(Parameters, Settings.Seed, Rows).Values;
        Assert.Multiple(() =>
        {
            for (int row = 0; row < Rows; row++)
            {
                float logit = (3 * rows[2 * row]) + (4 * rows[(2 * row) + 1]);
                Assert.That(Math.Sign(forces[(2 * row) + 1]), Is.EqualTo(logit < 1 ? 1 : -1).Or.EqualTo(0), $"{logit}");
            }

            Assert.That(forces, Has.Some.Positive.And.Some.Negative);
        });
    }

    [Test]
    public void In_the_units_of_the_data_a_pull_is_longer_where_they_are_finer()
    {
        LearnedData data = LearnedData.Of(new Table([.. Enumerable.Range(0, 40).SelectMany(i => (double[])[100 * Math.Sin(i), Math.Cos(i)])], 2), standardize: true);
        int[] forces = Of(Settings, data, new Frame(new(-200, 200), new(-200, 200)));
        for (int row = 0; row < Rows; row++)
        {
            Assert.That(Math.Abs(forces[(2 * row) + 1]), Is.InRange(0, 1 + (Math.Abs(forces[2 * row]) / 10)));
        }
    }

    private static int[] Of(TrainingSettings settings, LearnedData data, Frame frame) =>
        [.. Forces.Of(Parameters, settings, data, frame, Rows).Select(force => force!.GetValue<int>())];
}
