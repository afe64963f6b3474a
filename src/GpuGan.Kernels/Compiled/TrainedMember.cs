using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Compiled;

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
    /// <summary>Whether its losses, which do not tell, lie near those of an <see cref="Equilibrium"/>.</summary>
    public bool LooksConverged => Equilibrium.Of(Settings).IsNear(Losses.LossD, Losses.LossG);
}
