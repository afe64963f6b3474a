using GpuGan.Kernels.Metrics;
using GpuGan.Runner.Report;
using ScottPlot;

namespace GpuGan.Runner.Plots;

/// <summary>The errors of the members, both on a logarithmic scale, and the limits below which a member has converged.</summary>
internal static class ErrorPicture
{
    private const int MostPoints = 4096;

    /// <summary>Draws at most 4,096 members, from all over the population: the first of a sweep are of one corner of it.</summary>
    /// <param name="result">The population.</param>
    /// <param name="meanErrorLimit">See <see cref="Verdict.MeanErrorLimit"/>.</param>
    public static Plot Draw(PopulationResult result, double meanErrorLimit)
    {
        int count = Math.Min(result.Count, MostPoints);
        Plot plot = PlotFrame.New(
            count < result.Count ? $"Errors of {PlotFrame.Count(count)} of {PlotFrame.Count(result.Count)} members" : $"Errors of {PlotFrame.Count(count)} members",
            "mean_error",
            "covariance_error");
        IReadOnlyList<double> meanErrors = result.Values("mean_error"), covarianceErrors = result.Values("covariance_error");
        (PopulationResult.Kind Kind, Coordinates Point)[] members =
        [
            .. Enumerable.Range(0, count).Select(i => (int)((long)i * result.Count / count))
                .Select(member => (result.Kinds[member], Place(meanErrors[member], covarianceErrors[member])))
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

        plot.Add.VerticalLine(Math.Log10(meanErrorLimit), 1.5f, PlotColors.Ink, LinePattern.Dashed).LegendText = "limits";
        plot.Add.HorizontalLine(Math.Log10(Verdict.CovarianceErrorLimit), 1.5f, PlotColors.Ink, LinePattern.Dashed);
        x = x.WithMargin();
        y = y.WithMargin();
        plot.Axes.SetLimits(x.From, x.To, y.From, y.To);
        plot.Axes.Bottom.TickGenerator = LogTicks.Over(x);
        plot.Axes.Left.TickGenerator = LogTicks.Over(y);
        PlotFrame.ShowLegend(plot);
        return plot;
    }

    private static bool IsShown(Coordinates point) => double.IsFinite(point.X) && double.IsFinite(point.Y);

    // Both are logarithms: this is how ScottPlot draws logarithmic axes.
    private static Coordinates Place(double meanError, double covarianceError) => new(Math.Log10(meanError), Math.Log10(covarianceError));
}
