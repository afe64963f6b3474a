using GpuGan.Kernels.Distributions;
using ScottPlot;
using ScottPlot.AxisRules;

namespace GpuGan.Runner.Plots;

/// <summary>The pictures of rows with up to two columns: points on a plane, or histograms of one column.</summary>
internal static class PointPictures
{
    /// <summary>More rows than this are thinned out: a picture cannot show them, and an SVG would have megabytes.</summary>
    private const int MostPoints = 10_000;

    private const int MostBins = 40;

    // What is drawn on points of its own colour is darker than they.
    private const double Darker = 0.45;

    private const float MeanSize = 14, CenterSize = 20;

    /// <summary>The first latent rows, red; at one scale, as they are drawn from a round distribution.</summary>
    public static Plot Prior(Table prior)
    {
        RowSeries[] series = [new(prior, null, PlotColors.Red, MarkerShape.FilledCircle, RunPlots.Points)];
        string[] names = [.. Enumerable.Range(1, prior.Columns).Select(unit => $"latent {unit}")];
        Plot plot = Draw(prior.Columns > 2 ? $"Prior: 2 of {prior.Columns} latent variables" : "Prior", names, series);
        if (prior.Columns > 1)
        {
            plot.Axes.Rules.Add(new SquareZoomOut(plot.Axes.Bottom, plot.Axes.Left));
        }

        return plot;
    }

    /// <summary>Real rows from all over the data, blue.</summary>
    public static Plot Data(Table data) => Draw(
        DataTitle(data, data.Columns > 1 ? RunPlots.Points : data.Rows),
        PlotFrame.Names(data),
        [RowSeries.Real(data, RunPlots.Points) with { Name = null }]);

    /// <summary>The title of a picture of real rows alone.</summary>
    /// <param name="data">All rows.</param>
    /// <param name="most">The most that are drawn.</param>
    public static string DataTitle(Table data, int most) =>
        data.Rows > most ? $"Data: {PlotFrame.Count(most)} of {PlotFrame.Count(data.Rows)} rows" : $"Data: {PlotFrame.Count(data.Rows)} rows";

    /// <summary>All real rows, blue, and the first generated ones, orange, with what both are drawn from.</summary>
    public static Plot Samples(PlotInputs inputs)
    {
        Plot plot = Draw(
            "Real and generated rows",
            PlotFrame.Names(inputs.Data),
            [RowSeries.Real(inputs.Data, MostPoints, inputs.RealMoments), RowSeries.Generated(inputs.Generated, inputs.GeneratedMoments)]);
        AddCenters(plot, inputs.Centers);
        return plot;
    }

    // Open circles around what is covered, crosses where nothing is: the shape tells, not the colour alone.
    private static void AddCenters(Plot plot, IReadOnlyList<(IReadOnlyList<double> Place, bool Covered)> centers)
    {
        foreach ((bool covered, string name, MarkerShape shape, Color color) in (ReadOnlySpan<(bool, string, MarkerShape, Color)>)
            [(true, "modes covered", MarkerShape.OpenCircle, PlotColors.Ink), (false, "modes not covered", MarkerShape.Eks, PlotColors.Red)])
        {
            Coordinates[] places = [.. centers.Where(center => center.Covered == covered).Select(center => new Coordinates(center.Place[0], center.Place[1]))];
            if (places.Length > 0)
            {
                ScottPlot.Plottables.Markers markers = plot.Add.Markers(places, shape, CenterSize, color);
                markers.MarkerLineWidth = 2.5f;
                markers.LegendText = $"{name} ({PlotFrame.Count(places.Length)})";
            }
        }
    }

    /// <summary>Adds points of two columns, and the ellipses of their moments.</summary>
    /// <returns>Whether there was a finite row.</returns>
    public static bool AddPoints(Plot plot, IReadOnlyList<RowSeries> series, int horizontal, int vertical)
    {
        List<Coordinates> shown = [];
        foreach (RowSeries one in series)
        {
            Coordinates[] points = one.Points(horizontal, vertical);
            ScottPlot.Plottables.Markers markers = plot.Add.Markers(points);
            markers.MarkerStyle.Shape = one.Shape;
            markers.MarkerStyle.Size = one.Size;
            markers.MarkerStyle.FillColor = one.Color.WithAlpha(one.Opacity);
            markers.MarkerStyle.OutlineWidth = one.Opacity < 0.5 ? 0 : 1;
            markers.MarkerStyle.OutlineColor = Colors.White;
            markers.LegendText = one.Legend(points.Length);
            shown.AddRange(points);
        }

        if (shown.Count == 0)
        {
            PlotFrame.SayEmpty(plot);
            return false;
        }

        (RowSeries Series, Ellipse Ellipse)[] ellipses =
        [
            .. from one in series
               let ellipse = Ellipse.Of(one.Moments, horizontal, vertical)
               where ellipse is not null
               select (one, ellipse.Value),
        ];
        foreach ((RowSeries one, Ellipse ellipse) in ellipses)
        {
            AddEllipse(plot, ellipse, one);
            shown.AddRange(ellipse.Outline(2));
        }

        Interval x = Interval.Around(shown.Select(point => point.X))!.Value.WithMargin(), y = Interval.Around(shown.Select(point => point.Y))!.Value.WithMargin();
        plot.Axes.SetLimits(x.From, x.To, y.From, y.To);
        if (ellipses.Length > 0)
        {
            plot.Legend.ManualItems.Add(new LegendItem { LabelText = "1 and 2 standard deviations", LineColor = PlotColors.Ink, LineWidth = 1.5f });
        }

        return true;
    }

    /// <summary>Adds histograms of a column, and above them their means with one and two standard deviations.</summary>
    /// <param name="plot">Takes them.</param>
    /// <param name="series">The rows.</param>
    /// <param name="column">Which column.</param>
    /// <param name="mostBins">The most bins that there is room for.</param>
    public static void AddHistograms(Plot plot, IReadOnlyList<RowSeries> series, int column, int mostBins = MostBins)
    {
        double[][] all = [.. series.Select(one => one.Values(column))];
        if (Interval.Around(all.SelectMany(values => values)) is not { } found)
        {
            PlotFrame.SayEmpty(plot);
            return;
        }

        Interval range = found.Length > 0 ? found : found.WithMargin();
        int bins = Math.Clamp((int)Math.Sqrt(all.Min(values => Math.Max(1, values.Length))) * 2, 5, mostBins);
        double width = range.Length / bins;
        double highest = 0;
        for (int i = 0; i < series.Count; i++)
        {
            double[] densities = Densities(all[i], range, bins);
            highest = Math.Max(highest, densities.Max());
            ScottPlot.Plottables.BarPlot bars = plot.Add.Bars(
                densities.Select((density, bin) => new Bar
                {
                    Position = range.From + ((bin + 0.5) * width),
                    Size = width,
                    Value = density,
                    FillColor = series[i].Color.WithAlpha(i == 0 ? 0.6 : 0.35),
                    LineColor = series[i].Color,
                    LineWidth = i == 0 ? 1 : 2.5f,
                }).ToArray());
            bars.LegendText = series[i].Legend(all[i].Length);
        }

        List<double> shown = [range.From, range.To];
        double height = highest * 1.06;
        foreach (RowSeries one in series)
        {
            if (Ellipse.Of(one.Moments, column, column) is Ellipse spread)
            {
                AddSpread(plot, spread, one, height);
                shown.AddRange([spread.Center.X - (2 * spread.Right), spread.Center.X + (2 * spread.Right)]);
                height += highest * 0.06;
            }
        }

        Interval horizontal = Interval.Around(shown)!.Value.WithMargin();
        plot.Axes.SetLimits(horizontal.From, horizontal.To, 0, height);
        if (shown.Count > 2)
        {
            plot.Legend.ManualItems.Add(new LegendItem { LabelText = "1 and 2 standard deviations", LineColor = PlotColors.Ink, LineWidth = 3 });
        }
    }

    private static Plot Draw(string title, IReadOnlyList<string> names, RowSeries[] series)
    {
        Plot plot = PlotFrame.New(title, names[0], names.Count > 1 ? names[1] : "density");
        bool isEmpty = series.All(one => one.Values(0).Length == 0);
        if (names.Count == 1)
        {
            AddHistograms(plot, series, 0);
        }
        else
        {
            isEmpty = !AddPoints(plot, series, 0, 1);
        }

        if (series.Length > 1 && !isEmpty)
        {
            PlotFrame.ShowLegend(plot);
        }

        return plot;
    }

    private static void AddEllipse(Plot plot, Ellipse ellipse, RowSeries series)
    {
        Color color = series.Color.Darken(Darker);
        foreach (int deviations in (ReadOnlySpan<int>)[2, 1])
        {
            Coordinates[] outline = ellipse.Outline(deviations);

            // White below it, so that it is seen on the points.
            foreach ((Color pen, float width) in (ReadOnlySpan<(Color, float)>)[(Colors.White.WithAlpha(0.7), 4), (color, 2)])
            {
                ScottPlot.Plottables.Scatter line = plot.Add.ScatterLine(outline, pen);
                line.LineWidth = width;
            }
        }

        AddMean(plot, ellipse.Center, series);
    }

    // The ellipses of one column.
    private static void AddSpread(Plot plot, Ellipse spread, RowSeries series, double height)
    {
        foreach ((int deviations, float width) in (ReadOnlySpan<(int, float)>)[(2, 2), (1, 5)])
        {
            plot.Add.Line(spread.Center.X - (deviations * spread.Right), height, spread.Center.X + (deviations * spread.Right), height).LineStyle =
                new LineStyle(width, series.Color.Darken(Darker));
        }

        AddMean(plot, new Coordinates(spread.Center.X, height), series);
    }

    private static void AddMean(Plot plot, Coordinates mean, RowSeries series)
    {
        ScottPlot.Plottables.Marker marker = plot.Add.Marker(mean, series.Shape, MeanSize, series.Color.Darken(Darker));
        marker.MarkerStyle.OutlineWidth = 2;
        marker.MarkerStyle.OutlineColor = Colors.White;
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
}
