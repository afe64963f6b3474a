using GpuGan.Kernels.Metrics;
using GpuGan.Runner.Trajectories;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace GpuGan.Runner.Plots;

/// <summary>How far trainings were from their target on their way, over the epochs, on logarithmic scales.</summary>
internal static class HistoryPicture
{
    // Zero has no logarithm; a generator this close is there.
    private const double Least = 1e-9;

    /// <summary>A panel for the KL divergence and its limit, where there is any, and one for the errors; what is not finite is left out.</summary>
    /// <param name="title">Whose way it is.</param>
    /// <param name="lines">What stands below the title.</param>
    /// <param name="rows">In the order of the epochs.</param>
    /// <param name="limit">Of the KL divergence.</param>
    public static Drawing Draw(string title, IReadOnlyList<string> lines, IReadOnlyList<HistoryRow> rows, double limit) => PlotFiles.Draw(
        new Head(title, lines),
        [
            // A point has no spread, and no divergence from it is finite.
            .. rows.Any(row => double.IsFinite(row.Point.KlDivergence))
                ? (ReadOnlySpan<Plot>)[Panel("KL divergence", "nats", rows, limit, ("KL divergence", PlotColors.Blue, point => point.KlDivergence))]
                : [],
            Panel("Errors", "error", rows, null, ("mean error", PlotColors.Orange, point => point.MeanError), ("covariance error", PlotColors.Blue, point => point.CovarianceError)),
        ],
        columns: 1,
        PlotFiles.Width,
        PlotFiles.Height * 2 / 3);

    private static Plot Panel(string title, string unit, IReadOnlyList<HistoryRow> rows, double? limit, params ReadOnlySpan<(string Name, Color Color, Func<HistoryPoint, double> Value)> curves)
    {
        Plot plot = PlotFrame.New("", "epoch", unit);
        plot.Title(title, 15);
        List<double> shown = [];
        foreach ((string name, Color color, Func<HistoryPoint, double> value) in curves)
        {
            Coordinates[] points = [.. from row in rows let number = value(row.Point) where double.IsFinite(number) select new Coordinates(row.Point.Epoch, Log(number))];
            if (points.Length > 0)
            {
                ScottPlot.Plottables.Scatter curve = plot.Add.Scatter(points, color);
                curve.LineWidth = 2;
                curve.MarkerSize = points.Length <= 60 ? 6 : 0;
                curve.LegendText = name;
                shown.AddRange(points.Select(point => point.Y));
            }
        }

        if (Interval.Around(shown) is not { } range)
        {
            PlotFrame.SayEmpty(plot);
            return plot;
        }

        if (limit is double most && most > 0)
        {
            plot.Add.HorizontalLine(Log(most), 1.5f, PlotColors.Ink, LinePattern.Dashed).LegendText = $"limit {PlotFrame.Number(most)}";
            range = Interval.Around([range.From, range.To, Log(most)])!.Value;
        }

        Interval horizontal = Interval.Around(rows.Select(row => (double)row.Point.Epoch))!.Value.WithMargin(), vertical = range.WithMargin();
        plot.Axes.SetLimits(horizontal.From, horizontal.To, vertical.From, vertical.To);
        ((NumericAutomatic)plot.Axes.Bottom.TickGenerator).IntegerTicksOnly = true;
        plot.Axes.Left.TickGenerator = LogTicks.Over(vertical);
        PlotFrame.ShowLegend(plot);
        return plot;
    }

    private static double Log(double number) => Math.Log10(Math.Max(number, Least));
}
