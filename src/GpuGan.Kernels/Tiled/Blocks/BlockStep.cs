namespace GpuGan.Kernels.Tiled.Blocks;

/// <summary>What a step has that no other has; the same for all members.</summary>
/// <param name="Step">From 0.</param>
/// <param name="NoiseStep">The step whose latent rows it has: itself, or the first.</param>
/// <param name="Epoch">From 0.</param>
/// <param name="FirstRow">The place of its first row in the epoch.</param>
/// <param name="Batch">Its rows.</param>
/// <param name="Generates">1 where the generator is updated, else 0.</param>
/// <param name="ScaleD">The loss's weight / batch.</param>
/// <param name="ScaleG">1 / batch.</param>
internal readonly record struct BlockStep(uint Step, uint NoiseStep, uint Epoch, int FirstRow, int Batch, int Generates, float ScaleD, float ScaleG);
