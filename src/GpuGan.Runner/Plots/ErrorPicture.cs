using GpuGan.Kernels.Metrics;
using GpuGan.Runner.Settings;
using GpuGan.Runner.Sweeps.Results;
using ScottPlot;

namespace GpuGan.Runner.Plots;

/// <summary>
/// What the verdict looks at, and the limits below which a member has converged: the divergence of the moments, on a logarithmic scale,
/// and above it the accuracy of nearest neighbours, or where moments tell all the covariance error, which does not see a collapse.
/// </summary>
internal static class ErrorPicture
{
    private const int MostPoints = 4096;

    /// <summary>Draws at most 4,096 members, from all over the population: the first of a sweep are of one corner of it.</summary>
    /// <param name="result">The population.</param>
    /// <param name="limits">Of the verdict.</param>
    public static Plot Draw(PopulationResult result, VerdictLimits limits)
    {
        int count = Math.Min(result.Count, MostPoints);
        bool comparesSamples = result.Names.Contains(FigureNames.NeighborName);
        string verticalName = comparesSamples ? FigureNames.NeighborName : "covariance_error";
        Plot plot = PlotFrame.New(
            count < result.Count ? $"Errors of {PlotFrame.Count(count)} of {PlotFrame.Count(result.Count)} members" : $"Errors of {PlotFrame.Count(count)} members",
            "kl_divergence, nats",
            verticalName);
        IReadOnlyList<double> divergences = result.Values("kl_divergence"), errors = result.Values(verticalName);
        (PopulationResult.Kind Kind, Coordinates Point)[] members =
        [
            .. Enumerable.Range(0, count).Select(i => (int)((long)i * result.Count / count))
                .Select(member => (result.Kinds[member], new Coordinates(Log(divergences[member]), comparesSamples ? errors[member] : Log(errors[member]))))
                .Where(member => IsShown(member.Item2)),
        ];
        Interval? horizontal = Interval.Around(members.Select(member => member.Point.X));
        Interval? vertical = Interval.Around(members.Select(member => member.Point.Y));
        if (horizontal is not { } x || vertical is not { } y)
        {
            PlotFrame.SayEmpty(plot);
            return plot;
        }

        foreach (KindStyle style in KindStyle.All)
        {
            ScottPlot.Plottables.Markers markers = plot.Add.Markers(members.Where(member => member.Kind == style.Kind).Select(member => member.Point).ToArray());
            markers.MarkerStyle.Shape = style.Shape;
            markers.MarkerStyle.Size = count > 500 ? 5 : 8;
            markers.MarkerStyle.FillColor = style.Color.WithAlpha(0.5);
            markers.MarkerStyle.OutlineWidth = 0;
            markers.LegendText = style.Name;
        }

        plot.Add.VerticalLine(Log(limits.KlDivergence), 1.5f, PlotColors.Ink, LinePattern.Dashed).LegendText = $"limit of kl_divergence: {PlotFrame.Number(limits.KlDivergence)}";
        if (comparesSamples)
        {
            plot.Add.HorizontalLine(limits.NearestNeighborAccuracy, 1.5f, PlotColors.Ink, LinePattern.Dotted).LegendText =
                $"limit of {FigureNames.NeighborName}: {PlotFrame.Number(limits.NearestNeighborAccuracy)}";
        }

        x = x.WithMargin();
        y = y.WithMargin();
        plot.Axes.SetLimits(x.From, x.To, y.From, y.To);
        plot.Axes.Bottom.TickGenerator = LogTicks.Over(x);
        if (!comparesSamples)
        {
            plot.Axes.Left.TickGenerator = LogTicks.Over(y);
        }

        PlotFrame.ShowLegend(plot);
        return plot;
    }

    private static bool IsShown(Coordinates point) => double.IsFinite(point.X) && double.IsFinite(point.Y);

    // This is how ScottPlot draws logarithmic axes; zero, which has no place there, stands where it is small enough.
    private static double Log(double value) => Math.Log10(Math.Max(value, LogTicks.Least));
}
