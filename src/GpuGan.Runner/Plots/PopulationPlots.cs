using GpuGan.Runner.Report;
using ScottPlot;

namespace GpuGan.Runner.Plots;

/// <summary>The pictures of a population, each as PNG and as SVG.</summary>
internal static class PopulationPlots
{
    /// <summary>Names of the pictures that a population may have.</summary>
    public static readonly IReadOnlyList<string> Names = [.. PopulationResult.AllNames, "errors"];

    /// <summary>Draws the distribution of each number, and <c>errors</c>: both errors of the members.</summary>
    /// <param name="result">The population.</param>
    /// <param name="largestMeanError">Below it a member can be converged.</param>
    /// <param name="write">Writes a file of a name.</param>
    public static void Write(PopulationResult result, double largestMeanError, Action<string, byte[]> write)
    {
        PlotFont.Register();
        foreach (string name in (string[])[.. result.Names, "errors"])
        {
            using Plot plot = name == "errors" ? ErrorPicture.Draw(result, largestMeanError) : DistributionPicture.Draw(result, name);
            (byte[] png, byte[] svg) = PlotFiles.Render(plot);
            write($"{name}.png", png);
            write($"{name}.svg", svg);
        }
    }
}
