using ScottPlot;
using ScottPlot.TickGenerators;

namespace GpuGan.Runner.Plots;

/// <summary>Rows of three columns and more: the plane of each pair below the diagonal, on it the histogram of each column.</summary>
internal static class PairPicture
{
    /// <summary>More columns than this leave no room for their planes.</summary>
    public const int MostColumns = 6;

    /// <summary>More rows than this are thinned out: they are drawn in up to 15 planes.</summary>
    public const int MostPoints = 400;

    private const int Left = 88, Bottom = 58, Top = 8, Right = 16, Gap = 14;
    private const int TickSpacing = 30;
    private const int MostBins = 16;
    private const int NameLength = 24;

    /// <summary>Draws the planes and histograms.</summary>
    /// <param name="title">What the rows are.</param>
    /// <param name="names">Of the columns, at least two.</param>
    /// <param name="series">The rows.</param>
    /// <param name="lines">What stands below the title.</param>
    public static Drawing Draw(string title, IReadOnlyList<string> names, IReadOnlyList<RowSeries> series, IReadOnlyList<string> lines)
    {
        int count = Math.Min(names.Count, MostColumns), size = count switch { 2 or 3 => 240, 4 => 200, 5 => 170, _ => 150 };
        int stride = size + Gap, width = Left + (count * stride) - Gap + Right, height = Top + (count * stride) - Gap + Bottom;
        Head head = new(count < names.Count ? $"{title}: the first {count} of {names.Count} columns" : title, lines);
        List<(Plot, PixelRect)> panels = [];
        AxisLimits[] shown = new AxisLimits[count];
        Plot? legend = null;
        for (int row = 0; row < count; row++)
        {
            // The diagonal first: its limits are those of all planes of its column and row.
            for (int column = row; column >= 0; column--)
            {
                bool isOuterLeft = column == 0 && row > 0, isOuterBottom = row == count - 1;
                Plot panel = PlotFrame.New("", isOuterBottom ? Short(names[column]) : "", isOuterLeft ? Short(names[row]) : "");
                if (row == column)
                {
                    PointPictures.AddHistograms(panel, series, column, MostBins);
                    shown[row] = panel.Axes.GetLimits();
                }
                else if (PointPictures.AddPoints(panel, series, column, row))
                {
                    panel.Axes.SetLimits(shown[column].Left, shown[column].Right, shown[row].Left, shown[row].Right);
                    legend ??= panel;
                }

                Trim(panel, isOuterLeft, isOuterBottom);
                int left = Left + (column * stride), top = Top + (row * stride);
                panel.Layout.Fixed(new PixelPadding(left: Left, right: Gap, bottom: Bottom, top: Top));
                panels.Add((panel, new PixelRect(left - Left, left + size + Gap, top + size + Bottom, top - Top)));
            }
        }

        if (legend is not null && series.Count > 1)
        {
            // Above the diagonal there is room.
            panels.Add((LegendOf(legend), new PixelRect(Left + stride, width - Right, Top + size, Top)));
        }

        return PlotFiles.Draw(head, panels, width, head.HeightFor(width) + height);
    }

    // Labels stand at the outer panels only, as all of a row or column have the same.
    private static void Trim(Plot panel, bool isOuterLeft, bool isOuterBottom)
    {
        foreach ((IAxis axis, bool isShown) in (ReadOnlySpan<(IAxis, bool)>)[(panel.Axes.Left, isOuterLeft), (panel.Axes.Bottom, isOuterBottom)])
        {
            axis.TickLabelStyle.FontSize = 12;
            axis.TickGenerator = isShown
                ? new NumericAutomatic { LabelFormatter = PlotFrame.Number, MinimumTickSpacing = TickSpacing, MinorTickGenerator = new EvenlySpacedMinorTickGenerator(1) }
                : new NumericManual();
        }

        // The margins of a panel lie on others.
        panel.FigureBackground.Color = Colors.Transparent;
        panel.HideLegend();
    }

    private static Plot LegendOf(Plot shown)
    {
        Plot plot = new();
        plot.FigureBackground.Color = Colors.Transparent;
        plot.Axes.Frameless();
        plot.HideGrid();
        plot.Axes.SetLimits(0, 1, 0, 1);
        plot.Legend.ManualItems.AddRange(shown.Legend.GetItems());
        plot.Legend.FontSize = 15;
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Legend.FontColor = PlotColors.Ink;
        plot.ShowLegend(Alignment.UpperRight);
        return plot;
    }

    private static string Short(string name) => name.Length <= NameLength ? name : name[..NameLength] + "…";
}
