using GpuGan.Kernels.Metrics;
using GpuGan.Runner.Plots;
using GpuGan.Runner.Sweeps.Results;
using GpuGan.Runner.Tests.Sweeps;
using ScottPlot;

namespace GpuGan.Runner.Tests.Plots;

internal sealed class ErrorPictureTests
{
    [Test]
    public void Members_from_all_over_a_large_sweep_are_drawn()
    {
        PopulationResult population = new();
        foreach (SweepRow row in SmallSweep.Of([], [.. Enumerable.Range(0, 10_000).Select(i => (Array.Empty<string>(), false, (double?)1, (double?)(i < 9000 ? 0.1 : 10)))]).Rows)
        {
            population.Add(row);
        }

        using Plot plot = ErrorPicture.Draw(population, new VerdictLimits(KlDivergence: 0.3));
        AxisLimits limits = plot.Axes.GetLimits();
        int drawn = plot.PlottableList.OfType<ScottPlot.Plottables.Markers>().Sum(markers => markers.Data.GetScatterPoints().Count);
        Assert.That((limits.Left, limits.Right), Is.EqualTo((-1.0, 1.0)).Using<double>((one, other) => Math.Abs(one - other) < 0.5));
        Assert.That(drawn, Is.EqualTo(4096));
        Assert.That(plot.GetPlottables<ScottPlot.Plottables.AxisLine>().Select(line => (line.LegendText, line.Position)), Is.EqualTo(new[] { ("limit of kl_divergence: 0.3", Math.Log10(0.3)) }));
    }

    [Test]
    public void Both_limits_are_named_where_samples_are_compared()
    {
        PopulationResult population = new();
        foreach (SweepRow row in SmallSweep.Of([], ([], true, 0.69, 0.1), ([], false, 0.69, 1)).Rows)
        {
            population.Add(row with { NearestNeighborAccuracy = 0.7 });
        }

        using Plot plot = ErrorPicture.Draw(population, VerdictLimits.Default);
        Assert.That(
            plot.GetPlottables<ScottPlot.Plottables.AxisLine>().Select(line => line.LegendText),
            Is.EqualTo(new[] { "limit of kl_divergence: 0.2", "limit of nearest_neighbor_accuracy: 0.6" }));
    }
}
