namespace GpuGan.Kernels.Training;

/// <summary>The losses of one epoch.</summary>
/// <param name="Epoch">Counted from 1.</param>
/// <param name="LossD">Mean over the epoch's steps of the discriminator's loss before its update.</param>
/// <param name="LossG">Mean over the epoch's steps of the generator's loss, after the discriminator's update.</param>
/// <param name="LastLossD">The discriminator's loss in the epoch's last step.</param>
/// <param name="LastLossG">The generator's loss in the epoch's last step.</param>
public sealed record EpochLosses(int Epoch, float LossD, float LossG, float LastLossD, float LastLossG);
