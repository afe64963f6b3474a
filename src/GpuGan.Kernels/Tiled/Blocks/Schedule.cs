using GpuGan.Kernels.Training.Optimizers;
using ILGPU;

namespace GpuGan.Kernels.Tiled.Blocks;

/// <summary>The steps of a launch.</summary>
/// <param name="steps"><c>[step]</c>.</param>
/// <param name="count">How many there are.</param>
/// <param name="updates"><c>[member, step, update]</c>: what the optimisers' parameters share, the discriminator's first.</param>
/// <param name="updatesOfStep">Updates of a step.</param>
internal readonly struct Schedule(ArrayView<BlockStep> steps, int count, ArrayView<OptimizerStep<float>> updates, int updatesOfStep)
{
    public readonly ArrayView<BlockStep> Steps = steps;
    public readonly int Count = count;
    private readonly ArrayView<OptimizerStep<float>> updates = updates;
    private readonly int updatesOfStep = updatesOfStep;

    /// <summary>Those of one member and one step.</summary>
    public ArrayView<OptimizerStep<float>> UpdatesOf(int member, int step) =>
        updates.SubView((((long)member * Count) + step) * updatesOfStep, updatesOfStep);
}
