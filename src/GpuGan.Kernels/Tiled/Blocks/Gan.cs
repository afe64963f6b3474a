using GpuGan.Kernels.Training.Optimizers;
using ILGPU;

namespace GpuGan.Kernels.Tiled.Blocks;

/// <summary>One GAN in one of its steps, as the operations see it.</summary>
/// <param name="memory">All its numbers.</param>
/// <param name="data"><c>[row, column]</c>, what it learns.</param>
/// <param name="shuffledRows">How many rows are shuffled; 0 where they keep their order.</param>
/// <param name="member">Its own numbers.</param>
/// <param name="step">The step.</param>
/// <param name="updates"><c>[update]</c>, those of the step.</param>
/// <param name="losses">As <see cref="BlockLosses"/> lays them out.</param>
/// <param name="divergedAt">One number: the first step after which a parameter was not finite.</param>
internal readonly struct Gan(
    ArrayView<float> memory,
    ArrayView<float> data,
    int shuffledRows,
    MemberNumbers member,
    BlockStep step,
    ArrayView<OptimizerStep<float>> updates,
    ArrayView<float> losses,
    ArrayView<int> divergedAt)
{
    public readonly ArrayView<float> Memory = memory;
    public readonly ArrayView<float> Data = data;
    public readonly int ShuffledRows = shuffledRows;
    public readonly MemberNumbers Member = member;
    public readonly BlockStep Step = step;
    public readonly ArrayView<OptimizerStep<float>> Updates = updates;
    public readonly ArrayView<float> Losses = losses;
    public readonly ArrayView<int> DivergedAt = divergedAt;
}
