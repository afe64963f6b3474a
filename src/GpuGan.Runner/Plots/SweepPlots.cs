using GpuGan.Runner.Sweeps.Results;
using ScottPlot;

namespace GpuGan.Runner.Plots;

/// <summary>
/// The pictures of a sweep: <c>curves</c> for one axis, and for zipped lists over the first; else for each pair of axes <c>heat_A_B</c>, what converged beside what looks so,
/// the divergence and, where it was asked for, the accuracy; for more than two axes also <c>multiples</c>, what converged in a panel for each value of the other axes.
/// </summary>
internal static class SweepPlots
{
    /// <summary>What the names of heat maps over a pair of axes begin with.</summary>
    public const string MapPrefix = "heat_";

    private const int PanelWidth = 620;
    private const int PanelHeight = 520;
    private const int MostPanels = 12;

    /// <summary>Draws all pictures.</summary>
    /// <param name="result">The sweep.</param>
    /// <param name="write">Writes a file of a name; called from several threads.</param>
    public static void Write(SweepResult result, Action<string, byte[]> write) => Picture.Write(Of(result), write);

    /// <summary>The pictures that a sweep gives; none where nothing is swept but seeds.</summary>
    public static IEnumerable<Picture> Of(SweepResult result)
    {
        SweepBins[] axes = [.. SweepBins.All(result)];
        bool accuracy = result.HasAccuracy;
        IReadOnlyList<string> lines = Subtitle.Of(result, [.. axes.Select(axis => axis.Name)]);
        if (axes.Length == 1 || (axes.Length > 1 && result.IsZipped))
        {
            string name = axes[0].Name + (axes.Length > 1 ? $", with it {string.Join(" and ", axes[1..].Select(axis => axis.Name))}" : "");
            Func<SweepBins, string, IReadOnlyList<SweepRow>, Plot>[] curves =
            [
                (axis, named, rows) => AxisCurvePicture.Shares(axis, named, rows, result.Equilibrium),
                (axis, named, rows) => AxisCurvePicture.Divergences(axis, named, rows, result.Limits.KlDivergence),
                .. result.HasModes ? (ReadOnlySpan<Func<SweepBins, string, IReadOnlyList<SweepRow>, Plot>>)[AxisCurvePicture.Modes] : [],
                .. accuracy ? (ReadOnlySpan<Func<SweepBins, string, IReadOnlyList<SweepRow>, Plot>>)[AxisCurvePicture.Accuracies] : [],
            ];
            yield return new Picture(
                "curves",
                $"Share of the members that converged, and that look so, with 95 % intervals, and the KL divergence{Also(result)}, over {name}",
                () => Draw(new Head($"What becomes of the members over {name}", lines), curves.Length, [.. curves.Select(draw => draw(axes[0], name, result.Rows))]));
            yield break;
        }

        for (int first = 0; first < axes.Length; first++)
        {
            for (int second = first + 1; second < axes.Length; second++)
            {
                SweepBins horizontal = axes[second], vertical = axes[first];
                string pooled = axes.Length > 2 ? $", over all {string.Join(" and ", axes.Where(axis => axis != horizontal && axis != vertical).Select(axis => axis.Name))}" : "";
                yield return new Picture(
                    $"{MapPrefix}{vertical.Name}_{horizontal.Name}",
                    $"Heat maps over {horizontal.Name} and {vertical.Name}{pooled}: share converged by the verdict, share with both losses near {result.Equilibrium}, median KL divergence{Also(result)}",
                    () => DrawPair(new Head($"{vertical.Name} and {horizontal.Name}{pooled}", lines), new SweepGrid(horizontal, vertical, result.Rows), SweepMeasure.Of(result)));
            }
        }

        if (axes.Length > 2)
        {
            SweepBins[] longest = [.. axes.OrderByDescending(axis => axis.Count).Take(2)];
            SweepBins[] others = [.. axes.Except(longest)];
            yield return new Picture(
                "multiples",
                $"Share converged by the verdict over {longest[1].Name} and {longest[0].Name}, a heat map for each {string.Join(" and ", others.Select(axis => axis.Name))}",
                () => DrawMultiples(result.Rows, longest[1], longest[0], others, lines));
        }
    }

    private static string Also(SweepResult result) =>
        (result.HasModes ? ", share that meets all modes, median number of modes met" : "") + (result.HasAccuracy ? ", median accuracy of the discriminators on fresh rows" : "");

    private static Drawing DrawPair(Head head, SweepGrid grid, IReadOnlyList<SweepMeasure> measures) =>
        Draw(head, measures.Count == 4 ? 2 : 3, [.. measures.Select(measure => HeatMapPicture.Draw(grid, measure))]);

    private static Drawing DrawMultiples(IReadOnlyList<SweepRow> rows, SweepBins horizontal, SweepBins vertical, SweepBins[] others, IReadOnlyList<string> lines)
    {
        // In the order of the axes; the last of them changes first.
        var groups = rows
            .GroupBy(row => string.Join(", ", others.Select(axis => $"{axis.Name} {axis.Labels[axis.PlaceOf(row)]}")))
            .OrderBy(group => others.Aggregate(0L, (place, axis) => (place * axis.Count) + axis.PlaceOf(group.First())))
            .ToArray();
        Plot[] panels = [.. groups.Take(MostPanels).Select(group => HeatMapPicture.Draw(new SweepGrid(horizontal, vertical, group), SweepMeasure.Converged, group.Key))];
        string shown = groups.Length > MostPanels ? $": the first {MostPanels} of {groups.Length}" : "";
        Head head = new($"{SweepMeasure.Converged.Name}, % of the members, for each {string.Join(" and ", others.Select(axis => axis.Name))}{shown}", lines);
        return Draw(head, Math.Min(3, panels.Length), panels);
    }

    private static Drawing Draw(Head head, int columns, params Plot[] panels) => PlotFiles.Draw(head, panels, columns, PanelWidth, PanelHeight);
}
