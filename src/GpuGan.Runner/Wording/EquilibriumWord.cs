using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;

namespace GpuGan.Runner.Wording;

/// <summary>Which losses look like convergence, in words, of many trainings.</summary>
internal static class EquilibriumWord
{
    private static readonly string[] Deciding = ["loss", "label_smoothing"];

    /// <summary>Such as <c>log 2</c>; where the trainings have different ones, that they are their own.</summary>
    /// <param name="settings">Of one of them.</param>
    /// <param name="varied">The settings in which they differ.</param>
    public static string Of(TrainingSettings settings, IEnumerable<string> varied) =>
        varied.Intersect(Deciding).Any() ? "their equilibrium" : Equilibrium.Of(settings).ToString();
}
