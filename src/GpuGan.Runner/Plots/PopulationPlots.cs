using GpuGan.Kernels.Metrics;
using GpuGan.Runner.Report;
using ScottPlot;

namespace GpuGan.Runner.Plots;

/// <summary>The pictures of a population, each as PNG and as SVG.</summary>
internal static class PopulationPlots
{
    /// <summary>Names of the pictures that a population may have.</summary>
    public static readonly IReadOnlyList<string> Names = [.. PopulationResult.AllNames, "errors"];

    /// <summary>Draws the distribution of each number, and <c>errors</c>: what the verdict looks at.</summary>
    /// <param name="result">The population.</param>
    /// <param name="limits">Of the verdict.</param>
    /// <param name="write">Writes a file of a name.</param>
    public static void Write(PopulationResult result, VerdictLimits limits, Action<string, byte[]> write)
    {
        PlotFont.Register();
        foreach (string name in (string[])[.. result.Names, "errors"])
        {
            using Plot plot = name == "errors" ? ErrorPicture.Draw(result, limits) : DistributionPicture.Draw(result, name);
            (byte[] png, byte[] svg) = PlotFiles.Render(plot);
            write($"{name}.png", png);
            write($"{name}.svg", svg);
        }
    }
}
