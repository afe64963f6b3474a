using GpuGan.Kernels.Distributions;
using ScottPlot;
using ScottPlot.AxisRules;

namespace GpuGan.Runner.Plots;

/// <summary>The pictures of rows: points on a plane, or histograms where the rows have one column.</summary>
internal static class PointPictures
{
    /// <summary>More rows than this are thinned out evenly: a picture cannot show them, and an SVG would have megabytes.</summary>
    private const int MostPoints = 10_000;

    /// <summary>More than this are drawn small and translucent, so that their density is seen.</summary>
    private const int ManyPoints = 200;

    private const int MostBins = 40;

    /// <summary>The first latent rows, red; at one scale, as they are drawn from a round distribution.</summary>
    public static Plot Prior(Table prior)
    {
        Plot plot = Draw("Prior", "latent", [new Series(First(prior), null, PlotColors.Red, MarkerShape.FilledCircle, 10, 1)]);
        if (prior.Columns > 1)
        {
            plot.Axes.Rules.Add(new SquareZoomOut(plot.Axes.Bottom, plot.Axes.Left));
        }

        return plot;
    }

    /// <summary>The first real rows, blue.</summary>
    public static Plot Data(Table data) =>
        Draw(
            data.Rows > RunPlots.Points ? $"Data: the first {RunPlots.Points} of {PlotFrame.Count(data.Rows)} rows" : "Data",
            "column",
            [new Series(First(data), null, PlotColors.Blue, MarkerShape.FilledCircle, 10, 1)]);

    /// <summary>All real rows, blue, and the first generated ones, orange.</summary>
    public static Plot Samples(Table data, Table generated)
    {
        Rows real = Thinned(data);
        string name = data.Rows > MostPoints ? $"real ({PlotFrame.Count(MostPoints)} of {PlotFrame.Count(data.Rows)})" : "real";
        return Draw(
            "Real and generated rows",
            "column",
            [
                real.Count > ManyPoints
                    ? new Series(real, name, PlotColors.Blue, MarkerShape.FilledCircle, 6, 0.45)
                    : new Series(real, name, PlotColors.Blue, MarkerShape.FilledCircle, 10, 1),
                new Series(First(generated), "generated", PlotColors.Orange, MarkerShape.FilledTriangleUp, 12, 1),
            ]);
    }

    /// <summary>Real and generated rows, as many of each, on a plot that has two axes for them.</summary>
    /// <returns>Whether there was a finite row.</returns>
    public static bool AddRealAndGenerated(Plot plot, Table data, Table generated) =>
        AddPoints(
            plot,
            [
                new Series(First(data), "real", PlotColors.Blue, MarkerShape.FilledCircle, 10, 1),
                new Series(First(generated), "generated", PlotColors.Orange, MarkerShape.FilledTriangleUp, 12, 1),
            ]);

    private static Plot Draw(string title, string columnName, Series[] series)
    {
        int columns = series.Min(one => one.Rows.Columns);
        string horizontal = $"{columnName} 1";
        if (columns == 1)
        {
            Plot histogram = PlotFrame.New(title, horizontal, "density");
            AddHistograms(histogram, series);
            return histogram;
        }

        int most = series.Max(one => one.Rows.Columns);
        Plot plane = PlotFrame.New(most > 2 ? $"{title}: 2 of {most} columns" : title, horizontal, $"{columnName} 2");
        AddPoints(plane, series);
        return plane;
    }

    private static bool AddPoints(Plot plot, Series[] series)
    {
        foreach (Series one in series)
        {
            ScottPlot.Plottables.Markers markers = plot.Add.Markers(one.Rows.Horizontal, one.Rows.Vertical);
            markers.MarkerStyle.Shape = one.Shape;
            markers.MarkerStyle.Size = one.Size;
            markers.MarkerStyle.FillColor = one.Color.WithAlpha(one.Opacity);
            markers.MarkerStyle.OutlineWidth = one.Opacity < 0.5 ? 0 : 1;
            markers.MarkerStyle.OutlineColor = Colors.White;
            markers.LegendText = one.Legend;
        }

        Interval? horizontal = Interval.Around(series.SelectMany(one => one.Rows.Horizontal))?.WithMargin();
        Interval? vertical = Interval.Around(series.SelectMany(one => one.Rows.Vertical))?.WithMargin();
        if (horizontal is not { } x || vertical is not { } y)
        {
            PlotFrame.SayEmpty(plot);
            return false;
        }

        plot.Axes.SetLimits(x.From, x.To, y.From, y.To);
        if (series.Length > 1)
        {
            PlotFrame.ShowLegend(plot);
        }

        return true;
    }

    private static void AddHistograms(Plot plot, Series[] series)
    {
        if (Interval.Around(series.SelectMany(one => one.Rows.Horizontal)) is not { } values)
        {
            PlotFrame.SayEmpty(plot);
            return;
        }

        Interval range = values.Length > 0 ? values : values.WithMargin();
        int bins = Math.Clamp((int)Math.Sqrt(series.Min(one => Math.Max(1, one.Rows.Count))) * 2, 5, MostBins);
        double width = range.Length / bins;
        double highest = 0;
        for (int i = 0; i < series.Length; i++)
        {
            Series one = series[i];
            double[] densities = Densities(one.Rows.Horizontal, range, bins);
            highest = Math.Max(highest, densities.Max());
            ScottPlot.Plottables.BarPlot bars = plot.Add.Bars(
                densities.Select((density, bin) => new Bar
                {
                    Position = range.From + ((bin + 0.5) * width),
                    Size = width,
                    Value = density,
                    FillColor = one.Color.WithAlpha(i == 0 ? 0.6 : 0.35),
                    LineColor = one.Color,
                    LineWidth = i == 0 ? 1 : 2.5f,
                }).ToArray());
            bars.LegendText = one.Legend;
        }

        Interval shown = range.WithMargin();
        plot.Axes.SetLimits(shown.From, shown.To, 0, highest * 1.06);
        if (series.Length > 1)
        {
            PlotFrame.ShowLegend(plot);
        }
    }

    /// <summary>Heights of the bins of one series, whose areas add up to 1: series of different lengths can be compared.</summary>
    private static double[] Densities(double[] values, Interval range, int bins)
    {
        double[] densities = new double[bins];
        double share = bins / (range.Length * values.Length);
        foreach (double value in values)
        {
            int bin = Math.Min(bins - 1, (int)((value - range.From) / range.Length * bins));
            densities[bin] += share;
        }

        return densities;
    }

    private static Rows First(Table rows) => Rows.Of(rows, Enumerable.Range(0, Math.Min(rows.Rows, RunPlots.Points)));

    private static Rows Thinned(Table rows)
    {
        int count = Math.Min(rows.Rows, MostPoints);
        return Rows.Of(rows, Enumerable.Range(0, count).Select(i => (int)((long)i * rows.Rows / count)));
    }

    /// <summary>The first two columns of the finite rows.</summary>
    private sealed record Rows(int Columns, double[] Horizontal, double[] Vertical)
    {
        public int Count => Horizontal.Length;

        public static Rows Of(Table rows, IEnumerable<int> chosen)
        {
            int second = Math.Min(1, rows.Columns - 1);
            int[] finite = chosen.Where(row => double.IsFinite(rows[row, 0]) && double.IsFinite(rows[row, second])).ToArray();
            return new Rows(
                rows.Columns,
                Array.ConvertAll(finite, row => rows[row, 0]),
                Array.ConvertAll(finite, row => rows[row, second]));
        }
    }

    private sealed record Series(Rows Rows, string? Name, Color Color, MarkerShape Shape, float Size, double Opacity)
    {
        public string Legend => Name is null || Rows.Count > 0 ? Name ?? string.Empty : $"{Name}: none is finite";
    }
}
