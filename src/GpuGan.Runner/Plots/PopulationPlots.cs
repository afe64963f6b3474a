using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Files;
using GpuGan.Runner.Settings;
using GpuGan.Runner.Sweeps.Results;

namespace GpuGan.Runner.Plots;

/// <summary>The pictures of a population.</summary>
internal static class PopulationPlots
{
    /// <summary>The distribution of each number, and <c>errors</c>: what the verdict looks at.</summary>
    /// <param name="result">The population.</param>
    /// <param name="settings">What its members have in common.</param>
    /// <param name="limits">Of the verdict.</param>
    /// <param name="varied">Other settings than the seed in which its members differ.</param>
    public static IEnumerable<Picture> Of(PopulationResult result, TrainingSettings settings, VerdictLimits limits, params IReadOnlyList<string> varied)
    {
        IReadOnlyList<string> lines = Subtitle.Of(
            settings, varied, result.ShareOf(PopulationResult.Kind.Converged), result.LooksConverged, limits, result.Names.Contains(FigureNames.NeighborName));
        yield return new Picture(PictureNames.Errors, "What the verdict looks at, and the limits within which a member has converged", () => PlotFiles.Draw(ErrorPicture.Draw(result, limits), lines));
        foreach (string name in result.Names)
        {
            yield return new Picture(name, $"How {name} is distributed over the members", () => PlotFiles.Draw(DistributionPicture.Draw(result, name, limits, Equilibrium.Of(settings)), lines));
        }
    }

    /// <summary>Draws the pictures, each as PNG and as SVG.</summary>
    /// <param name="result">The population.</param>
    /// <param name="settings">What its members have in common.</param>
    /// <param name="limits">Of the verdict.</param>
    /// <param name="write">Writes a file of a name; called from several threads.</param>
    public static void Write(PopulationResult result, TrainingSettings settings, VerdictLimits limits, Action<string, byte[]> write) =>
        Picture.Write(Of(result, settings, limits), write);
}
