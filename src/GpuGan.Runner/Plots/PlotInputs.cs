using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Networks;
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
    Func<float, float, float>? Probability)
{
    /// <summary>What the pictures of a training show.</summary>
    public static PlotInputs Of(DataSet data, GanParameters parameters, TrainingSettings settings, IReadOnlyList<EpochLosses> losses) => new(
        GeneratedSamples.Prior(settings.Seed, RunPlots.Points, settings.Generator.Inputs),
        data,
        GeneratedSamples.Draw(parameters, settings.HiddenActivation, settings.Seed, RunPlots.Points),
        losses,
        data.Columns == 2 ? (x, y) => ProbabilityAt(parameters, settings.HiddenActivation, x, y) : null);

    private static float ProbabilityAt(GanParameters parameters, Activation activation, float x, float y)
    {
        Span<float> logit = stackalloc float[1];
        Perceptron.Evaluate(parameters.Discriminator, parameters.DiscriminatorValues, activation, [x, y], logit);
        return 1 / (1 + MathF.Exp(-logit[0]));
    }
}
