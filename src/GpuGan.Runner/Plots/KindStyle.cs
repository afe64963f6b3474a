using GpuGan.Runner.Sweeps.Results;
using ScottPlot;

namespace GpuGan.Runner.Plots;

/// <summary>How the members of a kind are drawn; those that diverged have no number to be drawn at.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Name">Its name in a legend.</param>
/// <param name="Color">Its colour.</param>
/// <param name="Shape">The shape of its points.</param>
internal sealed record KindStyle(PopulationResult.Kind Kind, string Name, Color Color, MarkerShape Shape)
{
    /// <summary>The kinds, the best first.</summary>
    public static readonly IReadOnlyList<KindStyle> All =
    [
        new(PopulationResult.Kind.Converged, "converged", PlotColors.Blue, MarkerShape.FilledCircle),
        new(PopulationResult.Kind.OnlyLooksConverged, "only looks so by its losses", PlotColors.Orange, MarkerShape.FilledTriangleUp),
        new(PopulationResult.Kind.NotConverged, "not converged", PlotColors.Red, MarkerShape.FilledSquare),
    ];
}
