using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Plots;
using GpuGan.Runner.Sweeps.Results;
using GpuGan.Runner.Tests.Sweeps;
using ScottPlot;
using ScottPlot.Plottables;

namespace GpuGan.Runner.Tests.Plots;

/// <summary>What is not finite is in no bar: as a whole number it would be the first one's.</summary>
internal sealed class HistogramTests
{
    private static readonly double[] Generated = [double.NaN, 1, double.PositiveInfinity, 1, double.NegativeInfinity, 1, double.NaN, double.NaN, 1, 0.999];

    [Test]
    public void Rows_that_are_not_finite_are_in_no_bar()
    {
        using Plot plot = PointPictures.Samples(Pictures.Inputs() with { Data = new Table([0, 0, 0, 1, 1], 1), Generated = new Table(Generated, 1) });
        BarPlot[] series = [.. plot.GetPlottables<BarPlot>()];
        Assert.Multiple(() =>
        {
            Assert.That(series.Select(bars => bars.Bars.Sum(bar => bar.Value * bar.Size)), Is.All.EqualTo(1.0).Within(1e-9), "areas");
            Assert.That(series[0].Bars[0].Value * series[0].Bars[0].Size, Is.EqualTo(0.6).Within(1e-9), "three of five real rows");
            Assert.That(series[1].Bars[0].Value, Is.EqualTo(0.0), "no generated row");
        });
    }

    [Test]
    public void Members_that_diverged_are_in_no_bar()
    {
        PopulationResult result = new();
        foreach (double? distance in (double?[])[1, 2, 2, null, null, null])
        {
            result.Add(SmallSweep.Of([], ([], false, distance, distance)).Rows[0]);
        }

        using Plot plot = DistributionPicture.Draw(result, "loss_d", VerdictLimits.Default, Equilibrium.Of(new TrainingSettings()));
        Bar[] bars = [.. plot.GetPlottables<BarPlot>().SelectMany(series => series.Bars).Where(bar => bar.Value > bar.ValueBase)];
        Assert.That(bars.Sum(bar => bar.Value - bar.ValueBase), Is.EqualTo(3.0));
        Assert.That(bars.Single(bar => bar.Position < 1.5).Value, Is.EqualTo(1.0));
    }

    [Test]
    public void Limits_are_fixed_before_a_plot_is_drawn_for_the_first_time()
    {
        // What is drawn once takes no new limits from what is added.
        Table rows = Pictures.Spiral(20, 2);
        foreach (Plot plot in (Plot[])
            [
                PointPictures.Prior(rows), PointPictures.Data(rows), PointPictures.Samples(Pictures.Inputs()), PointPictures.Samples(Pictures.Inputs(columns: 1)),
                LossPicture.Draw(Pictures.Losses([0.7f, 0.6f], [0.7f, 0.8f]), Equilibrium.Of(new TrainingSettings())),
            ])
        {
            using (plot)
            {
                Assert.That(plot.Axes.GetLimits().IsReal, plot.Axes.Bottom.Label.Text);
            }
        }
    }
}
