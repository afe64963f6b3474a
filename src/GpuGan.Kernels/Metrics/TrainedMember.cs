using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Metrics;

/// <summary>How the training of a member ended. After a divergence all numbers are NaN.</summary>
/// <param name="Settings">Its own.</param>
/// <param name="Parameters">Its weights and biases.</param>
/// <param name="Losses">Those of its last epoch.</param>
/// <param name="Verdict">Whether its generator makes what it should.</param>
/// <param name="DivergedAt">The first step after which a parameter was not finite; null where all are.</param>
/// <param name="DiscriminatorAccuracy">On fresh rows; null where the population does not measure it.</param>
public sealed record TrainedMember(
    TrainingSettings Settings, GanParameters Parameters, EpochLosses Losses, Verdict Verdict, int? DivergedAt, double? DiscriminatorAccuracy = null)
{
    /// <summary>Judges the end of a training.</summary>
    /// <param name="settings">Its own.</param>
    /// <param name="parameters">Its weights and biases.</param>
    /// <param name="judged">The same with the generator that is judged: its average, where there is one.</param>
    /// <param name="losses">Those of its last epoch.</param>
    /// <param name="divergedAt">The first step after which a parameter was not finite; null where all are.</param>
    /// <param name="evaluation">Judges the generator.</param>
    /// <param name="accuracy">Tries the discriminator; null where that is not asked for.</param>
    internal static TrainedMember Of(
        TrainingSettings settings, GanParameters parameters, GanParameters judged, EpochLosses losses, int? divergedAt, Evaluation evaluation, DiscriminatorAccuracy? accuracy) =>
        divergedAt is null
            ? new TrainedMember(settings, parameters, losses, evaluation.Judge(judged, settings.Seed), null, accuracy?.Of(judged, settings.Seed)) { Averages = settings.GEma == 0 ? null : judged }
            : new TrainedMember(
                settings, parameters, new EpochLosses(settings.Epochs, float.NaN, float.NaN, float.NaN, float.NaN), Verdict.Diverged, divergedAt, accuracy is null ? null : double.NaN);

    /// <summary>The same with the generator that is judged: its average, where there is one.</summary>
    internal GanParameters Judged => Averages ?? Parameters;

    /// <summary>The points of its training that its population keeps; none where it keeps none.</summary>
    public IReadOnlyList<HistoryPoint> History { get; init; } = [];

    /// <summary>The parameters with the averaged generator; null where there is no average.</summary>
    internal GanParameters? Averages { get; init; }

    /// <summary>What it learnt; null where it drew rows of its own.</summary>
    internal DataSet? Data { get; init; }

    /// <summary>Whether its losses, which do not tell, lie near those of an <see cref="Equilibrium"/>.</summary>
    public bool LooksConverged => Equilibrium.Of(Settings).IsNear(Losses.LossD, Losses.LossG);
}
