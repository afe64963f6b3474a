using GpuGan.Runner.Sweeps.Results;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace GpuGan.Runner.Plots;

/// <summary>A measure over the plane of two axes, a cell for each pair of values.</summary>
internal static class HeatMapPicture
{
    // More cells than these leave no room for numbers in them.
    private const int MostLabelled = 12;

    private const int MostTicks = 12;

    // What fits below a panel.
    private const int MostCharacters = 55;

    /// <summary>Draws the cells with their numbers and a colour bar; a place without members, or without a number, is grey.</summary>
    /// <param name="grid">The cells.</param>
    /// <param name="measure">What is shown of them.</param>
    /// <param name="title">The title; null for the measure's name.</param>
    public static Plot Draw(SweepGrid grid, SweepMeasure measure, string? title = null)
    {
        Plot plot = PlotFrame.New(title ?? measure.Name, grid.Horizontal.Name, grid.Vertical.Name);
        Interval range = RangeOf(grid, measure);
        double[,] values = new double[grid.Vertical.Count, grid.Horizontal.Count];
        for (int vertical = 0; vertical < grid.Vertical.Count; vertical++)
        {
            for (int horizontal = 0; horizontal < grid.Horizontal.Count; horizontal++)
            {
                double value = grid[horizontal, vertical] is Outcomes cell ? measure.Value(cell) : double.NaN;
                values[grid.Vertical.Count - 1 - vertical, horizontal] = value;
            }
        }

        ScottPlot.Plottables.Heatmap map = new(values)
        {
            Colormap = measure.Colors,
            ManualRange = new ScottPlot.Range(range.From, range.To),
            NaNCellColor = SequentialColors.Missing,
            Rectangle = new CoordinateRect(-0.5, grid.Horizontal.Count - 0.5, -0.5, grid.Vertical.Count - 0.5),
        };
        plot.PlottableList.Add(map);
        AddBar(plot, map, measure, range);
        AddNumbers(plot, grid, measure, range);
        plot.Axes.Bottom.TickGenerator = Ticks(grid.Horizontal, MostCharacters);
        plot.Axes.Left.TickGenerator = Ticks(grid.Vertical, int.MaxValue);
        plot.HideGrid();
        plot.Axes.SetLimits(-0.5, grid.Horizontal.Count - 0.5, -0.5, grid.Vertical.Count - 0.5);
        return plot;
    }

    private static Interval RangeOf(SweepGrid grid, SweepMeasure measure)
    {
        Interval? around = measure.Range ?? Interval.Around(grid.Cells.Select(measure.Value).Where(double.IsFinite));
        return around is { Length: > 0 } range ? range : new Interval((around?.From ?? 0) - 0.5, (around?.From ?? 0) + 0.5);
    }

    private static void AddBar(Plot plot, ScottPlot.Plottables.Heatmap map, SweepMeasure measure, Interval range)
    {
        ScottPlot.Panels.ColorBar bar = plot.Add.ColorBar(map);
        bar.Axis.TickLabelStyle.FontSize = 14;
        bar.Axis.TickGenerator = measure.Range is not null
            ? new NumericAutomatic { LabelFormatter = value => $"{PlotFrame.Number(Math.Round(100 * value))} %", MinimumTickSpacing = 30 }
            : LogTicks.Over(range);
    }

    private static void AddNumbers(Plot plot, SweepGrid grid, SweepMeasure measure, Interval range)
    {
        if (Math.Max(grid.Horizontal.Count, grid.Vertical.Count) > MostLabelled)
        {
            return;
        }

        for (int vertical = 0; vertical < grid.Vertical.Count; vertical++)
        {
            for (int horizontal = 0; horizontal < grid.Horizontal.Count; horizontal++)
            {
                if (grid[horizontal, vertical] is not Outcomes cell)
                {
                    continue;
                }

                Color behind = measure.Colors.GetColor((measure.Value(cell) - range.From) / range.Length);
                ScottPlot.Plottables.Text text = plot.Add.Text(measure.Label(cell), horizontal, vertical);
                text.LabelAlignment = Alignment.MiddleCenter;
                text.LabelFontSize = 14;
                text.LabelFontColor = behind.Luminance < 0.5 ? Colors.White : PlotColors.Ink;
            }
        }
    }

    // As many labels as fit beside each other without touching. Between two numbers one sees which are left out, between two
    // words one does not: every other of them stands a line lower where that makes room.
    private static NumericManual Ticks(SweepBins axis, int characters)
    {
        int longest = axis.Labels.Max(label => label.Length) + 1;
        int most = Math.Clamp(characters / longest, 2, MostTicks);
        bool lower = axis.Numbers is null && axis.Count > most && axis.Count <= 2 * most;
        int every = lower ? 1 : (axis.Count + most - 1) / most;
        NumericManual ticks = new();
        for (int i = 0; i < axis.Count; i += every)
        {
            ticks.AddMajor(i, (lower && i % 2 == 1 ? "\n" : "") + axis.Labels[i]);
        }

        return ticks;
    }
}
