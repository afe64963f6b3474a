using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Plots;
using GpuGan.Runner.Sweeps.Results;
using GpuGan.Runner.Tests.Sweeps;
using ScottPlot;

namespace GpuGan.Runner.Tests.Plots;

internal sealed class DistributionPictureTests
{
    [TestCase("kl_divergence", -2.0, 3.0)]
    [TestCase("wasserstein_2", -2.0, 3.0)]
    [TestCase("loss_d", 0.1, 0.9)]
    public void Distances_lie_on_a_logarithmic_axis(string name, double left, double right)
    {
        PopulationResult population = new();
        foreach (SweepRow row in SmallSweep.Of([], [.. Enumerable.Range(0, 6).Select(i => (Array.Empty<string>(), false, (double?)(0.1 + (0.16 * i)), (double?)Math.Pow(10, i - 2)))]).Rows)
        {
            population.Add(row);
        }

        using Plot plot = DistributionPicture.Draw(population, name, VerdictLimits.Default, Equilibrium.Of(new TrainingSettings()));
        AxisLimits limits = plot.Axes.GetLimits();
        double margin = 0.06 * (right - left);
        Assert.That((limits.Left, limits.Right), Is.EqualTo((left - margin, right + margin)).Using<double>((one, other) => Math.Abs(one - other) < 1e-6));
        Assert.That(
            plot.GetPlottables<ScottPlot.Plottables.VerticalLine>().Select(line => (line.LegendText, Math.Round(line.X, 3))),
            Is.EqualTo(name switch { "kl_divergence" => new[] { ("limit 0.2", -0.699) }, "loss_d" => [("log 2", 0.693)], _ => [] }));
    }
}
