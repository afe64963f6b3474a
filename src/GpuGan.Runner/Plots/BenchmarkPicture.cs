using GpuGan.Runner.Benchmarks;
using ScottPlot;

namespace GpuGan.Runner.Plots;

/// <summary>What each series of a benchmark looks like: GAN-steps per second over what changes, both on logarithmic axes.</summary>
internal static class BenchmarkPicture
{
    private static readonly (string Series, Func<BenchmarkRow, double> Value)[] Drawn =
    [
        ("population", row => row.Case.Population),
        ("lanes", row => row.Case.Lanes),
        ("steps per launch", row => row.Case.StepsPerLaunch),
        ("batch size", row => row.Case.BatchSize),
    ];

    /// <summary>The pictures' names and bytes; a series of one point gives none.</summary>
    public static IEnumerable<(string Name, byte[] Bytes)> Files(IReadOnlyList<BenchmarkRow> rows)
    {
        PlotFont.Register();
        foreach ((string series, Func<BenchmarkRow, double> value) in Drawn)
        {
            BenchmarkRow[] points = [.. rows.Where(row => row.Case.Series == series)];
            if (points.Length > 1)
            {
                using Drawing drawing = PlotFiles.Draw(Draw(series, points, value), []);
                string name = series.Replace(' ', '_');
                yield return ($"{name}.png", drawing.Png());
                yield return ($"{name}.svg", drawing.Svg());
            }
        }
    }

    private static Plot Draw(string series, BenchmarkRow[] points, Func<BenchmarkRow, double> value)
    {
        Plot plot = PlotFrame.New($"GAN-steps per second, {points[0].Device}", series, "GAN-steps per second");
        double[] x = [.. points.Select(row => Math.Log10(value(row)))], y = [.. points.Select(row => Math.Log10(row.GanStepsPerSecond))];
        ScottPlot.Plottables.Scatter curve = plot.Add.Scatter(x, y, PlotColors.Blue);
        curve.LineWidth = 2;
        curve.MarkerSize = 9;
        LogTicks.AtPowers(plot, PlotFrame.Number);

        plot.Axes.SetLimits(Math.Floor(x.Min()) - 0.1, Math.Ceiling(x.Max()) + 0.3, Math.Floor(y.Min()), Math.Ceiling(y.Max()));
        return plot;
    }
}
