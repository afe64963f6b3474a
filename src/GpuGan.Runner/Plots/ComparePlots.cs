using GpuGan.Kernels.Training;
using GpuGan.Runner.Folders;
using GpuGan.Runner.Report;
using GpuGan.Runner.Wording;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace GpuGan.Runner.Plots;

/// <summary>The pictures of a comparison: losses and rows of the trainings, shares of the populations and sweeps.</summary>
internal static class ComparePlots
{
    private const int PanelWidth = 460, PanelHeight = 400, MostColumns = 3;
    private const int RealPoints = 400;

    // How much wider than the real rows a panel is, on each side: a generator that ran away would leave nothing to be seen of them.
    private const double Margin = 0.3;

    // P. Tol's "vibrant" and "muted" schemes.
    private static readonly Color[] Palette =
        [.. ((string[])["#0077BB", "#EE7733", "#009988", "#EE3377", "#33BBEE", "#CC3311", "#999933", "#AA4499", "#888888", "#117733", "#882255", "#332288"]).Select(Color.FromHex)];

    /// <summary>How many folders can be told apart.</summary>
    public static int MostFolders => Palette.Length;

    /// <summary>The pictures that some folders give.</summary>
    public static IEnumerable<Picture> Of(IReadOnlyList<ComparedFolder> folders)
    {
        string[] lines =
        [
            string.Join(", ", folders.Select(folder => $"{folder.Letter} {folder.Name}")),
            .. CompareReport.DifferencesOf(folders) is { Length: > 0 } differences ? (ReadOnlySpan<string>)[differences] : [],
        ];
        ComparedFolder[] curves = [.. folders.Where(folder => folder.Training?.Losses.Count > 0)];
        if (curves.Length > 0)
        {
            yield return new Picture("compare-losses", "Mean losses of each epoch of each training, and where they would stand if the discriminator could only guess", () => PlotFiles.Draw(Losses(curves), lines));
        }

        ComparedFolder[] rows = [.. folders.Where(folder => folder.Training?.Generated is not null)];
        if (rows.Length > 0)
        {
            int columns = Math.Min(MostColumns, rows.Length == 4 ? 2 : rows.Length);
            string most = rows.Max(folder => folder.Training!.Generated!.Columns) > 2 ? ": the first two columns" : "";
            yield return new Picture(
                "compare-samples",
                "Real and generated rows of each training, with their means and standard deviations",
                () => PlotFiles.Draw(new Head($"Real and generated rows{most}", lines), [.. rows.Select(Rows)], columns, PanelWidth, PanelHeight));
        }

        ComparedFolder[] many = [.. folders.Where(folder => folder.Share("converged") is not null)];
        if (many.Length > 0)
        {
            yield return new Picture("compare-shares", "Shares of the members that converged, and that look so, with 95 % intervals", () => PlotFiles.Draw(Shares(many), lines));
        }
    }

    private static Color ColorOf(ComparedFolder folder) => Palette[folder.Letter - 'A'];

    /// <summary>The losses of trainings.</summary>
    public static Plot Losses(IReadOnlyList<ComparedFolder> folders)
    {
        Plot plot = PlotFrame.New("Losses: generators solid, discriminators dashed", "epoch", "mean loss of the epoch");
        List<double> shown = [];
        int last = 1;
        foreach (ComparedFolder folder in folders)
        {
            IReadOnlyList<EpochLosses> losses = folder.Training!.Losses;
            Add(folder, losses, loss => loss.LossG, LinePattern.Solid, $"{folder.Letter} {folder.Name}");
            Add(folder, losses, loss => loss.LossD, LinePattern.Dashed, "");
            last = Math.Max(last, losses[^1].Epoch);
        }

        foreach ((double level, string name) in folders.SelectMany(folder => folder.Training!.Equilibrium?.Levels ?? []).DistinctBy(level => level.Name))
        {
            plot.Add.HorizontalLine(level, 1.5f, PlotColors.Ink, LinePattern.Dotted).LegendText = name;
            shown.Add(level);
        }

        Interval vertical = (Interval.Around(shown) ?? new Interval(0, 1)).WithMargin(), horizontal = new Interval(0, last).WithMargin();
        plot.Axes.SetLimits(horizontal.From, horizontal.To, vertical.From, vertical.To);
        ((NumericAutomatic)plot.Axes.Bottom.TickGenerator).IntegerTicksOnly = true;
        PlotFrame.ShowLegend(plot);
        return plot;

        void Add(ComparedFolder folder, IReadOnlyList<EpochLosses> losses, Func<EpochLosses, float> value, LinePattern pattern, string legend)
        {
            Coordinates[] points = [.. losses.Where(loss => float.IsFinite(value(loss))).Select(loss => new Coordinates(loss.Epoch, value(loss)))];
            ScottPlot.Plottables.Scatter curve = plot.Add.Scatter(points, ColorOf(folder));
            curve.LineWidth = 2;
            curve.MarkerSize = points.Length == 1 ? 7 : 0;

            // A marker is drawn by the pattern of its line, and of a marker in dashes Skia complains on the standard error.
            curve.LinePattern = points.Length == 1 ? LinePattern.Solid : pattern;
            curve.LegendText = points.Length > 0 || legend.Length == 0 ? legend : $"{legend}: none is finite";
            shown.AddRange(points.Select(point => point.Y));
        }
    }

    private static Plot Rows(ComparedFolder folder)
    {
        ComparedTraining training = folder.Training!;
        RowSeries[] series =
        [
            .. training.Real is null ? (ReadOnlySpan<RowSeries>)[] : [RowSeries.Real(training.Real, RealPoints, training.RealMoments)],
            RowSeries.Generated(training.Generated!, training.GeneratedMoments),
        ];
        bool isLine = training.Generated!.Columns == 1;
        string verdict = CompareReport.VerdictOf(folder) is string word ? $", {word}" : "";
        Plot plot = PlotFrame.New("", PlotFrame.Name(training.Generated, 0), isLine ? "density" : PlotFrame.Name(training.Generated, 1));
        plot.Title($"{folder.Letter}{verdict}{(training.Real is null ? ", real rows not found" : "")}", 16);
        if (isLine)
        {
            PointPictures.AddHistograms(plot, series, 0);
        }
        else if (PointPictures.AddPoints(plot, series, 0, 1) && training.Real is not null && Around(series[0], 0) is { } x && Around(series[0], 1) is { } y)
        {
            plot.Axes.SetLimits(x.From, x.To, y.From, y.To);
        }

        PlotFrame.ShowLegend(plot);
        plot.Legend.FontSize = 12;
        return plot;
    }

    private static Interval? Around(RowSeries real, int column) => Interval.Around(real.Values(column)) is { Length: > 0 } range ? range.WithMargin(Margin) : null;

    private static Plot Shares(ComparedFolder[] folders)
    {
        Plot plot = PlotFrame.New("Share of the members, with 95 % intervals", "% of the members", "");
        (string Name, string Legend, Color Color, MarkerShape Shape, double Lower)[] drawn =
        [
            ("converged", "converged by the verdict", PlotColors.Blue, MarkerShape.FilledCircle, -0.12),
            ("looks_converged", "losses of an equilibrium", PlotColors.Orange, MarkerShape.FilledTriangleUp, 0.12),
        ];
        foreach ((string name, string legend, Color color, MarkerShape shape, double lower) in drawn)
        {
            List<Coordinates> points = [];
            for (int place = 0; place < folders.Length; place++)
            {
                if (folders[place].Share(name) is Share share)
                {
                    double height = lower - place;
                    points.Add(new Coordinates(100 * share.Value, height));
                    plot.Add.Line(100 * share.Interval.Low, height, 100 * share.Interval.High, height).LineStyle = new LineStyle(2.5f, color);
                }
            }

            ScottPlot.Plottables.Markers markers = plot.Add.Markers(points.ToArray(), shape, 11, color);
            markers.LegendText = legend;
        }

        plot.Axes.Left.TickGenerator = new NumericManual([.. folders.Select((folder, place) => new Tick(-place, $"{folder.Letter}"))]);
        plot.Axes.SetLimits(-3, 103, 0.6 - folders.Length, 0.6);
        PlotFrame.ShowLegend(plot);
        return plot;
    }
}
