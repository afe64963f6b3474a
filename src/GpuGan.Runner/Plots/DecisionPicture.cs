using GpuGan.Kernels.Distributions;
using ScottPlot;

namespace GpuGan.Runner.Plots;

/// <summary>What the discriminator believes at each place of the plane, with real and generated rows on it.</summary>
internal static class DecisionPicture
{
    private const int Rows = 60;
    private const int Columns = 80;

    /// <summary>Draws the surface with a colour bar from 0 to 1, and the line on which the discriminator is undecided.</summary>
    public static Plot Draw(Table data, Table generated, Func<double, double, float> probability)
    {
        Plot plot = PlotFrame.New("Decision surface of the discriminator", PlotFrame.Name(data, 0), PlotFrame.Name(data, 1));
        var surface = new ScottPlot.Plottables.Heatmap(new double[Rows + 1, Columns + 1])
        {
            Colormap = new ProbabilityColormap(),
            ManualRange = new ScottPlot.Range(0, 1),
            Smooth = true,
        };
        plot.PlottableList.Add(surface);
        ScottPlot.Panels.ColorBar bar = plot.Add.ColorBar(surface);
        bar.Label = "probability of being real";
        bar.LabelStyle.FontSize = 16;
        bar.LabelStyle.Bold = false;
        bar.Axis.TickLabelStyle.FontSize = 14;
        if (PointPictures.AddPoints(plot, [RowSeries.Real(data, RunPlots.Points), RowSeries.Generated(generated)], 0, 1))
        {
            PlotFrame.ShowLegend(plot);
        }

        AxisLimits shown = plot.Axes.GetLimits();
        Coordinates3d[,] grid = Evaluate(shown, probability);
        int finite = 0;
        for (int row = 0; row <= Rows; row++)
        {
            for (int column = 0; column <= Columns; column++)
            {
                double value = grid[row, column].Z;
                surface.Intensities[Rows - row, column] = value;
                finite += double.IsFinite(value) ? 1 : 0;
            }
        }

        if (finite == 0)
        {
            plot.Remove(surface);
            return plot;
        }

        surface.Extent = shown.Rect;
        if (finite == grid.Length)
        {
            AddUndecidedLine(plot, grid);
        }

        return plot;
    }

    private static Coordinates3d[,] Evaluate(AxisLimits shown, Func<double, double, float> probability)
    {
        var grid = new Coordinates3d[Rows + 1, Columns + 1];
        for (int row = 0; row <= Rows; row++)
        {
            double vertical = shown.Bottom + (shown.VerticalSpan * row / Rows);
            for (int column = 0; column <= Columns; column++)
            {
                double horizontal = shown.Left + (shown.HorizontalSpan * column / Columns);
                float value = probability(horizontal, vertical);
                grid[row, column] = new Coordinates3d(horizontal, vertical, float.IsFinite(value) ? value : double.NaN);
            }
        }

        return grid;
    }

    private static void AddUndecidedLine(Plot plot, Coordinates3d[,] grid)
    {
        var line = new ScottPlot.Plottables.ContourLines
        {
            ContourLineLevels = [0.5],
            LineColor = PlotColors.Ink,
            LineWidth = 1.5f,
        };
        line.LabelStyle.IsVisible = false;
        line.Update(grid);
        plot.PlottableList.Insert(1, line);
        if (line.Lines.Count > 0)
        {
            plot.Legend.ManualItems.Add(new LegendItem { LabelText = "undecided: 0.5", LineColor = line.LineColor, LineWidth = line.LineWidth });
        }
    }
}
