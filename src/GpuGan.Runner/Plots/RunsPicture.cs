using ScottPlot;

namespace GpuGan.Runner.Plots;

/// <summary>A number over many seeds, and the same of single runs.</summary>
/// <param name="Title">How they are trained.</param>
/// <param name="Values">Of the seeds, those that diverged NaN.</param>
/// <param name="Runs">Of the single runs, as they are printed.</param>
internal sealed record RunsPanel(string Title, IReadOnlyList<double> Values, IReadOnlyList<(string Text, double Value)> Runs);

/// <summary>Where single runs lie among many seeds: a histogram on a logarithmic axis, the runs as lines.</summary>
internal static class RunsPicture
{
    private const int Bins = 60, Size = 400;

    // A few seeds always end far away; with them nothing of the others would be seen.
    private const double Tail = 0.005;

    /// <summary>Draws a panel for each kind of training, with the middle 99 % of its seeds.</summary>
    /// <param name="title">What is trained.</param>
    /// <param name="horizontal">The number; positive.</param>
    /// <param name="panels">At least one.</param>
    public static Drawing Draw(string title, string horizontal, IReadOnlyList<RunsPanel> panels) =>
        PlotFiles.Draw(new Head(title, ["The middle 99 % of the seeds; a line marks each printed run"]), [.. panels.Select(panel => Draw(panel, horizontal))], panels.Count, Size, Size);

    private static Plot Draw(RunsPanel panel, string horizontal)
    {
        Plot plot = PlotFrame.New("", horizontal, "seeds");
        plot.Title(panel.Title, 15);
        double[] sorted = [.. panel.Values.Where(double.IsFinite).Select(Place).Order()];
        int cut = (int)(sorted.Length * Tail);
        double[] places = sorted[cut..(sorted.Length - cut)];
        if (Interval.Around([.. places, .. panel.Runs.Select(run => Place(run.Value))]) is not { } range || places.Length == 0)
        {
            PlotFrame.SayEmpty(plot);
            return plot;
        }

        double[] counts = new double[Bins];
        foreach (double place in places)
        {
            counts[Math.Min(Bins - 1, (int)((place - range.From) / range.Length * Bins))]++;
        }

        plot.Add.Bars(counts.Select((count, bin) => new Bar
        {
            Position = range.From + ((bin + 0.5) * range.Length / Bins),
            Size = range.Length / Bins,
            Value = count,
            FillColor = PlotColors.Orange.WithAlpha(0.75),
            LineWidth = 0,
        }).ToArray());
        foreach ((int i, (string text, double value)) in panel.Runs.Index())
        {
            plot.Add.VerticalLine(Place(value), 2f, i == 0 ? PlotColors.Blue : PlotColors.Ink, i == 0 ? LinePattern.Solid : LinePattern.Dashed).LegendText = $"printed: {text}";
        }

        Interval shown = range.WithMargin();
        plot.Axes.SetLimits(shown.From, shown.To, 0, counts.Max() * 1.06);
        plot.Axes.Bottom.TickGenerator = LogTicks.Over(shown);
        PlotFrame.ShowLegend(plot);
        return plot;
    }

    // This is how ScottPlot draws logarithmic axes.
    private static double Place(double value) => Math.Log10(Math.Max(value, LogTicks.Least));
}
