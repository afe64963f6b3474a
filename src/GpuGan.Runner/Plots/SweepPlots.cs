using GpuGan.Runner.Sweeps;
using ScottPlot;

namespace GpuGan.Runner.Plots;

/// <summary>A picture of a sweep.</summary>
/// <param name="Name">The file's name without its type.</param>
/// <param name="Description">What it shows, for those who cannot see it.</param>
/// <param name="Render">Draws it.</param>
internal sealed record SweepPicture(string Name, string Description, Func<(byte[] Png, byte[] Svg)> Render);

/// <summary>
/// The pictures of a sweep: <c>curves</c> for one axis, and for zipped lists over the first; else for each pair of axes <c>heat_A_B</c>, what converged beside what looks so,
/// the divergence and, where it was asked for, the accuracy; for more than two axes also <c>multiples</c>, what converged in a panel for each value of the other axes.
/// </summary>
internal static class SweepPlots
{
    private const int PanelWidth = 620;
    private const int PanelHeight = 520;
    private const int MostPanels = 12;

    /// <summary>The names of all files that <see cref="Write"/> may write.</summary>
    public static IReadOnlyList<string> FilePatterns { get; } = ["curves.???", "heat_*.???", "multiples.???"];

    /// <summary>Draws all pictures.</summary>
    /// <param name="result">The sweep.</param>
    /// <param name="write">Writes a file of a name.</param>
    public static void Write(SweepResult result, Action<string, byte[]> write)
    {
        foreach (SweepPicture picture in Of(result))
        {
            (byte[] png, byte[] svg) = picture.Render();
            write($"{picture.Name}.png", png);
            write($"{picture.Name}.svg", svg);
        }
    }

    /// <summary>The pictures that a sweep gives; none where nothing is swept but seeds.</summary>
    public static IEnumerable<SweepPicture> Of(SweepResult result)
    {
        SweepBins[] axes = [.. SweepBins.All(result)];
        bool accuracy = result.HasAccuracy;
        if (axes.Length == 1 || (axes.Length > 1 && result.IsZipped))
        {
            string name = axes[0].Name + (axes.Length > 1 ? $", with it {string.Join(" and ", axes[1..].Select(axis => axis.Name))}" : "");
            Func<SweepBins, string, IReadOnlyList<SweepRow>, Plot>[] curves = accuracy
                ? [AxisCurvePicture.Shares, AxisCurvePicture.Divergences, AxisCurvePicture.Accuracies]
                : [AxisCurvePicture.Shares, AxisCurvePicture.Divergences];
            yield return new SweepPicture(
                "curves",
                $"Share of the members that converged, and that look so, with 95 % intervals, and the KL divergence{Also(accuracy)}, over {name}",
                () => Render(curves.Length, [.. curves.Select(draw => draw(axes[0], name, result.Rows))]));
            yield break;
        }

        for (int first = 0; first < axes.Length; first++)
        {
            for (int second = first + 1; second < axes.Length; second++)
            {
                SweepBins horizontal = axes[second], vertical = axes[first];
                string pooled = axes.Length > 2 ? $", over all {string.Join(" and ", axes.Where(axis => axis != horizontal && axis != vertical).Select(axis => axis.Name))}" : "";
                yield return new SweepPicture(
                    $"heat_{vertical.Name}_{horizontal.Name}",
                    $"Heat maps over {horizontal.Name} and {vertical.Name}{pooled}: share converged by the verdict, share with both losses near log 2, median KL divergence{Also(accuracy)}",
                    () => RenderPair(new SweepGrid(horizontal, vertical, result.Rows), pooled, accuracy));
            }
        }

        if (axes.Length > 2)
        {
            SweepBins[] longest = [.. axes.OrderByDescending(axis => axis.Count).Take(2)];
            SweepBins[] others = [.. axes.Except(longest)];
            yield return new SweepPicture(
                "multiples",
                $"Share converged by the verdict over {longest[1].Name} and {longest[0].Name}, a heat map for each {string.Join(" and ", others.Select(axis => axis.Name))}",
                () => RenderMultiples(result.Rows, longest[1], longest[0], others));
        }
    }

    private static string Also(bool accuracy) => accuracy ? ", median accuracy of the discriminators on fresh rows" : "";

    private static (byte[] Png, byte[] Svg) RenderPair(SweepGrid grid, string pooled, bool accuracy) =>
        Render(accuracy ? 2 : 3, [.. (accuracy ? [.. SweepMeasure.All, SweepMeasure.Accuracy] : SweepMeasure.All).Select(measure => HeatMapPicture.Draw(grid, measure, measure.Name + (measure == SweepMeasure.Converged ? pooled : "")))]);

    private static (byte[] Png, byte[] Svg) RenderMultiples(IReadOnlyList<SweepRow> rows, SweepBins horizontal, SweepBins vertical, SweepBins[] others)
    {
        // In the order of the axes; the last of them changes first.
        var groups = rows
            .GroupBy(row => string.Join(", ", others.Select(axis => $"{axis.Name} {axis.Labels[axis.PlaceOf(row)]}")))
            .OrderBy(group => others.Aggregate(0L, (place, axis) => (place * axis.Count) + axis.PlaceOf(group.First())))
            .ToArray();
        Plot[] panels = [.. groups.Take(MostPanels).Select((group, i) => HeatMapPicture.Draw(
            new SweepGrid(horizontal, vertical, group),
            SweepMeasure.Converged,
            group.Key + (i == MostPanels - 1 && groups.Length > MostPanels ? $" (the first {MostPanels} of {groups.Length})" : "")))];
        return Render(Math.Min(3, panels.Length), panels);
    }

    private static (byte[] Png, byte[] Svg) Render(int columns, params Plot[] panels)
    {
        try
        {
            return PlotFiles.Render(panels, columns, PanelWidth, PanelHeight);
        }
        finally
        {
            foreach (Plot panel in panels)
            {
                panel.Dispose();
            }
        }
    }
}
