using System.Globalization;
using GpuGan.Kernels.Distributions;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace GpuGan.Runner.Plots;

/// <summary>What all pictures have in common.</summary>
internal static class PlotFrame
{
    private const int LongestName = 40;

    /// <summary>A plot with title, named axes and nothing on it.</summary>
    public static Plot New(string title, string horizontal, string vertical)
    {
        PlotFont.Register();
        var plot = new Plot();
        plot.Title(title, 20);
        plot.Axes.Bottom.Label.Text = horizontal;
        plot.Axes.Left.Label.Text = vertical;
        foreach (IAxis axis in new IAxis[] { plot.Axes.Bottom, plot.Axes.Left })
        {
            axis.Label.FontSize = 16;
            axis.Label.Bold = false;
            axis.TickLabelStyle.FontSize = 14;
            axis.TickGenerator = new NumericAutomatic { LabelFormatter = Number };
        }

        // Else its label touches those of the ticks.
        ((ScottPlot.AxisPanels.AxisBase)plot.Axes.Left).PaddingBetweenTickAndAxisLabels = new PixelPadding(12, 3);
        plot.Axes.Color(PlotColors.Ink);
        plot.Grid.MajorLineColor = PlotColors.Ink.WithAlpha(25);
        return plot;
    }

    /// <summary>A legend below the axes, where it hides nothing.</summary>
    public static void ShowLegend(Plot plot)
    {
        plot.Legend.FontSize = 15;
        plot.Legend.Orientation = Orientation.Horizontal;
        plot.Legend.TightHorizontalWrapping = true;
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.ShowLegend(Edge.Bottom);
    }

    /// <summary>Says so, where there is nothing to be drawn.</summary>
    public static void SayEmpty(Plot plot)
    {
        plot.HideLegend();
        plot.Axes.SetLimits(-1, 1, -1, 1);
        ScottPlot.Plottables.Text text = plot.Add.Text("there is no finite number to show", 0, 0);
        text.LabelFontSize = 16;
        text.LabelFontColor = PlotColors.Ink;
        text.LabelAlignment = Alignment.MiddleCenter;
    }

    /// <summary>A tick's label: as many digits as tell any two floats apart.</summary>
    public static string Number(double value) => value.ToString("G9", CultureInfo.InvariantCulture);

    /// <summary>The name of a column; where it has none, the one that verdicts and files use.</summary>
    public static string Name(Table rows, int column)
    {
        string name = OneLine.Of(rows.Names?[column] ?? $"x{column + 1}");
        return name.Length <= LongestName ? name : name[..LongestName] + "…";
    }

    /// <summary>The names of all columns.</summary>
    public static IReadOnlyList<string> Names(Table rows) => [.. Enumerable.Range(0, rows.Columns).Select(column => Name(rows, column))];

    /// <summary>A number of rows or points.</summary>
    public static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
