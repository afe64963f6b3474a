using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Data;
using GpuGan.Runner.Trajectories;

namespace GpuGan.Runner.Plots;

/// <summary>What the pictures of a run show.</summary>
/// <param name="Prior">Latent rows; the first <see cref="RunPlots.Points"/> are drawn.</param>
/// <param name="Data">All real rows.</param>
/// <param name="Generated">Rows of the trained generator; histograms show all, planes some.</param>
/// <param name="Losses">One entry for each epoch that was trained, in order.</param>
/// <param name="Probability">
/// The discriminator's probability that the row (first column, second column) is real. It is called from one thread.
/// Null where the data have not two columns: then there is no decision surface.
/// </param>
internal sealed record PlotInputs(
    Table Prior,
    Table Data,
    Table Generated,
    IReadOnlyList<EpochLosses> Losses,
    Func<double, double, float>? Probability)
{
    // Enough for a histogram.
    private const int GeneratedRows = 1000;

    /// <summary>Where the losses stand when the discriminator can only guess.</summary>
    public Equilibrium Equilibrium { get; init; } = Equilibrium.Of(new TrainingSettings());

    /// <summary>The centres of a mixture, and whether generated rows cover them; none where the data are no mixture.</summary>
    public IReadOnlyList<(IReadOnlyList<double> Place, bool Covered)> Centers { get; init; } = [];

    /// <summary>Of what the real rows are drawn from; null where they are not shown.</summary>
    public Moments? RealMoments { get; init; }

    /// <summary>Of the generator; null after a divergence.</summary>
    public Moments? GeneratedMoments { get; init; }

    /// <summary>What stands below the titles: settings, and verdict.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>The pictures of the way there; none where no history was kept.</summary>
    public IReadOnlyList<Picture> Way { get; init; } = [];

    /// <summary>What the pictures of a training show.</summary>
    /// <param name="data">What it learnt.</param>
    /// <param name="parameters">Its weights and biases.</param>
    /// <param name="settings">How it was trained.</param>
    /// <param name="losses">One entry for each epoch that was trained.</param>
    /// <param name="evaluation">Judges its generator.</param>
    /// <param name="history">Its way; null where none was kept.</param>
    public static PlotInputs Of(
        LearnedData data, GanParameters parameters, TrainingSettings settings, IReadOnlyList<EpochLosses> losses, Evaluation evaluation, IReadOnlyList<HistoryRow>? history = null)
    {
        IReadOnlyList<string> lines = Subtitle.Of(
            settings, losses.Count, parameters.AllFinite ? evaluation.Judge(parameters, settings.Seed) : null, evaluation.Limits, data.Distribution);
        return new(
            Table.Of(GeneratedSamples.Prior(settings.Seed, RunPlots.Points, settings.Generator)),
            data.Real,
            data.Generate(parameters, settings.Seed, GeneratedRows),
            losses,
            data.Real.Columns == 2 ? (x, y) => ProbabilityAt(parameters, data.Standardization, x, y) : null)
        {
            Equilibrium = Equilibrium.Of(settings),
            Centers = CentersOf(parameters, settings, evaluation),

            // Ellipses of a mixture would say nothing of its modes.
            RealMoments = evaluation.Mixture is null ? evaluation.Target : null,
            GeneratedMoments = parameters.AllFinite && evaluation.Mixture is null ? evaluation.MomentsOf(parameters, settings.Seed) : null,
            Lines = lines,
            Way = [.. HistoryPlots.Of(history ?? [], settings, evaluation, $"GAN of seed {settings.Seed}", lines)],
        };
    }

    private static IReadOnlyList<(IReadOnlyList<double> Place, bool Covered)> CentersOf(GanParameters parameters, TrainingSettings settings, Evaluation evaluation) =>
        evaluation.Mixture is not { } mixture ? []
        : [.. mixture.Centers.Zip(MixtureQuality.Covered(GeneratedSamples.Draw(parameters, settings.Seed, evaluation.Limits.EvaluationRows), mixture))];

    private static float ProbabilityAt(GanParameters parameters, Standardization standardization, double x, double y)
    {
        Span<float> logit = stackalloc float[1];
        Perceptron.Evaluate(parameters.Discriminator, parameters.DiscriminatorValues, [(float)standardization.Apply(x, 0), (float)standardization.Apply(y, 1)], logit);
        return 1 / (1 + MathF.Exp(-logit[0]));
    }
}
