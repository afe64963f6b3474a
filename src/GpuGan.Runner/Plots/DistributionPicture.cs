using GpuGan.Kernels.Metrics;
using GpuGan.Runner.Settings;
using GpuGan.Runner.Sweeps.Results;
using ScottPlot;

namespace GpuGan.Runner.Plots;

/// <summary>How a number is distributed over a population: stacked bars, what is to be thought of the members in colours.</summary>
internal static class DistributionPicture
{
    private const int MostBins = 60;

    // Distances and divergences are never negative and span many powers of ten.
    private static readonly string[] Logarithmic = ["kl_divergence", "mean_error", "covariance_error", "wasserstein_2"];

    // Of a population some members always end far away; with them nothing of the others would be seen.
    private const double ShownShare = 0.98;

    /// <summary>Draws the middle 98 % of a number.</summary>
    /// <param name="result">The population.</param>
    /// <param name="name">Which number, as files name it.</param>
    /// <param name="limits">Of the verdict.</param>
    /// <param name="equilibrium">The losses of a discriminator that can only guess.</param>
    public static Plot Draw(PopulationResult result, string name, VerdictLimits limits, Equilibrium equilibrium)
    {
        bool isLogarithmic = Logarithmic.Contains(name);
        double[] values = [.. result.Values(name).Select(Place)];
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        Plot plot = PlotFrame.New(name, name, "members");
        if (sorted.Length == 0)
        {
            PlotFrame.SayEmpty(plot);
            return plot;
        }

        int cut = (int)(sorted.Length * (1 - ShownShare) / 2);
        Interval range = new(sorted[cut], sorted[^(cut + 1)]);
        if (range.Length <= 0)
        {
            range = range.WithMargin();
        }

        int bins = Math.Clamp((int)Math.Sqrt(sorted.Length) * 2, 5, MostBins);
        double[] tops = new double[bins];
        foreach (KindStyle style in KindStyle.All)
        {
            double[] counts = Count(values.Where((_, i) => result.Kinds[i] == style.Kind), range, bins);
            plot.Add.Bars(counts.Select((count, bin) => new Bar
            {
                Position = range.From + ((bin + 0.5) * range.Length / bins),
                Size = range.Length / bins,
                ValueBase = tops[bin],
                Value = tops[bin] += count,
                FillColor = style.Color.WithAlpha(0.75),
                LineColor = Colors.White,
                LineWidth = 0.5f,
            }).Where(bar => bar.Value > bar.ValueBase).ToArray()).LegendText = style.Name;
        }

        if (name == "loss_d" || (name == "loss_g" && equilibrium.LossG is not null))
        {
            (double level, string said) = name == "loss_d" ? equilibrium.Levels[0] : equilibrium.Levels[^1];
            plot.Add.VerticalLine(level, 1.5f, PlotColors.Ink, LinePattern.Dashed).LegendText = said;
        }

        if (name == "kl_divergence" || name == FigureNames.NeighborName)
        {
            double limit = name == "kl_divergence" ? limits.KlDivergence : limits.NearestNeighborAccuracy;
            plot.Add.VerticalLine(Place(limit), 1.5f, PlotColors.Ink, LinePattern.Dashed).LegendText = $"limit {PlotFrame.Number(limit)}";
        }

        Interval shown = range.WithMargin();
        if (isLogarithmic)
        {
            plot.Axes.Bottom.TickGenerator = LogTicks.Over(shown);
        }

        plot.Axes.SetLimits(shown.From, shown.To, 0, tops.Max() * 1.06);
        PlotFrame.ShowLegend(plot);
        plot.Title(cut == 0 ? $"{name}, {PlotFrame.Count(sorted.Length)} members" : $"{name}, the middle 98 % of {PlotFrame.Count(sorted.Length)} members", 20);
        return plot;

        // This is how ScottPlot draws logarithmic axes; zero, which has no place there, stands where it is small enough.
        double Place(double value) => isLogarithmic ? Math.Log10(Math.Max(value, LogTicks.Least)) : value;
    }

    private static double[] Count(IEnumerable<double> values, Interval range, int bins)
    {
        double[] counts = new double[bins];
        foreach (double value in values.Where(value => value >= range.From && value <= range.To))
        {
            counts[Math.Min(bins - 1, (int)((value - range.From) / range.Length * bins))]++;
        }

        return counts;
    }
}
