using GpuGan.Kernels.Training;

namespace GpuGan.Kernels;

/// <summary>How far a training or a population is.</summary>
/// <param name="Steps">Steps of GANs that were done.</param>
/// <param name="TotalSteps">Steps of GANs of the whole training, as far as none diverges.</param>
/// <param name="Members">Members whose training has ended.</param>
/// <param name="TotalMembers">All members; 1 of one GAN.</param>
/// <param name="Elapsed">Time since the training began, what was compiled included.</param>
/// <param name="Losses">Those of the epoch that has ended; null of a population.</param>
public sealed record TrainingProgress(long Steps, long TotalSteps, int Members, int TotalMembers, TimeSpan Elapsed, EpochLosses? Losses = null)
{
    /// <summary>The share that is done, from 0 to 1.</summary>
    public double Share => (double)Steps / TotalSteps;

    /// <summary>Steps of GANs in a second.</summary>
    public double StepsPerSecond => Elapsed > TimeSpan.Zero ? Steps / Elapsed.TotalSeconds : 0;
}
