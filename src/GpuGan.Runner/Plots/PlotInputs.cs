using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Training;

namespace GpuGan.Runner.Plots;

/// <summary>What the pictures of a run show.</summary>
/// <param name="Prior">Latent rows; the first <see cref="RunPlots.Points"/> are drawn.</param>
/// <param name="Data">All real rows.</param>
/// <param name="Generated">Rows of the trained generator; the first <see cref="RunPlots.Points"/> are drawn.</param>
/// <param name="Losses">One entry for each epoch that was trained, in order.</param>
/// <param name="Probability">
/// The discriminator's probability that the row (first column, second column) is real. It is called from one thread.
/// Null where the data have not two columns: then there is no decision surface.
/// </param>
internal sealed record PlotInputs(
    DataSet Prior,
    DataSet Data,
    DataSet Generated,
    IReadOnlyList<EpochLosses> Losses,
    Func<float, float, float>? Probability);
