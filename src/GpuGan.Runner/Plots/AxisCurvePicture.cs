using GpuGan.Runner.Sweeps.Results;
using GpuGan.Runner.Wording;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace GpuGan.Runner.Plots;

/// <summary>
/// What a sweep of one axis shows, or of lists that are zipped: shares with their 95 % intervals, divergence and accuracy with their quartiles.
/// </summary>
internal static class AxisCurvePicture
{
    // Of the width of the axis: that of a digit, and a little.
    private const double DigitWidth = 0.017;

    /// <summary>How many converged, how many look so, and how many meet all modes where there are some.</summary>
    public static Plot Shares(SweepBins axis, string name, IReadOnlyList<SweepRow> rows, string equilibrium)
    {
        Plot plot = PlotFrame.New("Share of the members, with 95 % intervals", name, "% of the members");
        (double[] places, Outcomes[] cells) = Cells(axis, rows);
        AddShares(plot, "converged by the verdict", PlotColors.Blue, MarkerShape.FilledCircle, places, [.. cells.Select(cell => cell.Converged)]);
        AddShares(plot, $"both losses near {equilibrium}", PlotColors.Orange, MarkerShape.FilledTriangleUp, places, [.. cells.Select(cell => cell.LooksConverged)]);
        if (cells.All(cell => cell.AllModes is not null))
        {
            AddShares(plot, "all modes met", new DistanceColormap().GetColor(0.5), MarkerShape.FilledSquare, places, [.. cells.Select(cell => cell.AllModes!.Value)]);
        }

        SetPlaces(plot, axis, places);
        plot.Axes.SetLimitsY(-3, 103);
        PlotFrame.ShowLegend(plot);
        return plot;
    }

    /// <summary>The modes that the median member meets, and quartiles.</summary>
    public static Plot Modes(SweepBins axis, string name, IReadOnlyList<SweepRow> rows)
    {
        Plot plot = PlotFrame.New("Modes met, median and quartiles", name, "modes");
        (double[] places, Outcomes[] cells) = Cells(axis, rows);
        var shown = places.Zip(cells).Where(pair => double.IsFinite(pair.Second.Modes.Median)).ToArray();
        AddCurve(
            plot,
            "median",
            new DistanceColormap().GetColor(0.5),
            MarkerShape.FilledSquare,
            [.. shown.Select(pair => pair.First)],
            [.. shown.Select(pair => pair.Second.Modes.Median)],
            [.. shown.Select(pair => pair.Second.Modes.First)],
            [.. shown.Select(pair => pair.Second.Modes.Third)]);
        int most = cells.Max(cell => cell.Centers);
        plot.Add.HorizontalLine(most, 1.5f, PlotColors.Ink, LinePattern.Dashed).LegendText = $"all {most}";
        SetPlaces(plot, axis, places);
        plot.Axes.SetLimitsY(-0.04 * most, 1.06 * most);
        ((NumericAutomatic)plot.Axes.Left.TickGenerator).IntegerTicksOnly = true;
        PlotFrame.ShowLegend(plot);
        return plot;
    }

    /// <summary>The median KL divergence, its quartiles and its limit, on a logarithmic scale.</summary>
    public static Plot Divergences(SweepBins axis, string name, IReadOnlyList<SweepRow> rows, double limit)
    {
        Plot plot = PlotFrame.New("KL divergence, median and quartiles", name, "nats");
        (double[] places, Outcomes[] cells) = Cells(axis, rows);
        Color teal = new DistanceColormap().GetColor(0.5);
        var shown = places.Zip(cells).Where(pair => double.IsFinite(pair.Second.KlDivergence.Median)).ToArray();
        double[] x = [.. shown.Select(pair => pair.First)];
        double[] medians = [.. shown.Select(pair => Log(pair.Second.KlDivergence.Median))];
        double[] low = [.. shown.Select(pair => Log(pair.Second.KlDivergence.First))];
        double[] high = [.. shown.Select(pair => Log(pair.Second.KlDivergence.Third))];
        if (Interval.Around(low.Concat(high)) is not { } range)
        {
            PlotFrame.SayEmpty(plot);
            return plot;
        }

        AddCurve(plot, "median", teal, MarkerShape.FilledCircle, x, medians, low, high);
        plot.Add.HorizontalLine(Log(limit), 1.5f, PlotColors.Ink, LinePattern.Dashed).LegendText = $"limit {PlotFrame.Number(limit)}";
        SetPlaces(plot, axis, places);
        Interval vertical = Interval.Around([range.From, range.To, .. limit > 0 ? [Log(limit)] : Array.Empty<double>()])!.Value.WithMargin();
        plot.Axes.SetLimitsY(vertical.From, vertical.To);
        plot.Axes.Left.TickGenerator = LogTicks.Over(vertical);
        PlotFrame.ShowLegend(plot);
        return plot;
    }

    /// <summary>How often the median discriminator is right about fresh rows, and its quartiles.</summary>
    public static Plot Accuracies(SweepBins axis, string name, IReadOnlyList<SweepRow> rows)
    {
        Plot plot = PlotFrame.New("Discriminator on fresh rows, median and quartiles", name, "% of the rows right");
        (double[] places, Outcomes[] cells) = Cells(axis, rows);
        var shown = places.Zip(cells).Where(pair => double.IsFinite(pair.Second.Accuracy.Median)).ToArray();
        AddCurve(
            plot,
            "median",
            PlotColors.Ink,
            MarkerShape.FilledCircle,
            [.. shown.Select(pair => pair.First)],
            [.. shown.Select(pair => 100 * pair.Second.Accuracy.Median)],
            [.. shown.Select(pair => 100 * pair.Second.Accuracy.First)],
            [.. shown.Select(pair => 100 * pair.Second.Accuracy.Third)]);
        plot.Add.HorizontalLine(50, 1.5f, PlotColors.Ink, LinePattern.Dashed).LegendText = "cannot tell";
        SetPlaces(plot, axis, places);
        Interval vertical = Interval.Around(shown.SelectMany(pair => new[] { pair.Second.Accuracy.First, pair.Second.Accuracy.Third }).Append(0.5).Select(share => 100 * share))!.Value.WithMargin();
        plot.Axes.SetLimitsY(vertical.From, vertical.To);
        PlotFrame.ShowLegend(plot);
        return plot;
    }

    private static double Log(double divergence) => Math.Log10(Math.Max(divergence, 1e-6));

    private static (double[] Places, Outcomes[] Cells) Cells(SweepBins axis, IReadOnlyList<SweepRow> rows)
    {
        var groups = rows.GroupBy(axis.PlaceOf).OrderBy(group => group.Key).ToArray();
        return ([.. groups.Select(group => PlaceOf(axis, group.Key))], [.. groups.Select(group => Outcomes.Of([.. group]))]);
    }

    // Numbers stand where they belong, words beside each other.
    private static double PlaceOf(SweepBins axis, int place) =>
        axis.Numbers is null ? place : axis.IsLogarithmic ? Math.Log10(axis.Numbers[place]) : axis.Numbers[place];

    private static void AddShares(Plot plot, string name, Color color, MarkerShape shape, double[] places, Share[] shares) => AddCurve(
        plot,
        name,
        color,
        shape,
        places,
        [.. shares.Select(share => 100 * share.Value)],
        [.. shares.Select(share => 100 * share.Interval.Low)],
        [.. shares.Select(share => 100 * share.Interval.High)]);

    private static void AddCurve(Plot plot, string name, Color color, MarkerShape shape, double[] x, double[] middle, double[] low, double[] high)
    {
        // Values may have been given in any order.
        int[] order = [.. Enumerable.Range(0, x.Length).OrderBy(i => x[i])];
        double[] Ordered(double[] values) => [.. order.Select(i => values[i])];
        ScottPlot.Plottables.FillY band = plot.Add.FillY(Ordered(x), Ordered(low), Ordered(high));
        band.FillColor = color.WithAlpha(0.15);
        band.LineWidth = 0;
        ScottPlot.Plottables.Scatter curve = plot.Add.Scatter(Ordered(x), Ordered(middle), color);
        curve.LineWidth = 2;
        curve.MarkerShape = shape;
        curve.MarkerSize = 9;
        curve.LegendText = name;
        for (int i = 0; i < x.Length; i++)
        {
            plot.Add.Line(x[i], low[i], x[i], high[i]).LineStyle = new LineStyle(1.5f, color);
        }
    }

    private static void SetPlaces(Plot plot, SweepBins axis, double[] places)
    {
        Interval shown = Interval.Around(places)!.Value.WithMargin();
        plot.Axes.SetLimitsX(shown.From, shown.To);

        // The last value, and of the others, from the first on, those whose labels touch no other. Between two numbers one sees which are
        // left out, between two words one does not: what has no room stands a line lower.
        List<Tick>[] lines = axis.Numbers is null ? [[], []] : [[]];
        foreach (int i in Enumerable.Range(0, axis.Count - 1).Prepend(axis.Count - 1))
        {
            Tick tick = new(PlaceOf(axis, i), axis.Labels[i]);
            lines.FirstOrDefault(line => line.All(other => !Touch(other, tick)))?.Add(tick);
        }

        Tick[] lower = [.. lines[1..].SelectMany(line => line).Select(tick => new Tick(tick.Position, "\n" + tick.Label))];
        plot.Axes.Bottom.TickGenerator = new NumericManual([.. lines[0], .. lower]);

        bool Touch(Tick one, Tick other) =>
            Math.Abs(one.Position - other.Position) / shown.Length <= DigitWidth * (1 + ((one.Label.Length + other.Label.Length) / 2.0));
    }
}
