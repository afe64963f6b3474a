using ILGPU;

namespace GpuGan.Kernels.Tiled.Blocks;

/// <summary>All GANs of a launch, each <c>[member, ...]</c> in buffers that they share.</summary>
/// <param name="memory"><c>[member, word]</c>.</param>
/// <param name="words">Words of a member.</param>
/// <param name="data"><c>[row, column]</c>, or <c>[member, row, column]</c>.</param>
/// <param name="dataStride">From one member's rows to the next's; 0 where all have the same.</param>
/// <param name="shuffledRows">How many rows are shuffled; 0 where they keep their order.</param>
/// <param name="members"><c>[member]</c>.</param>
/// <param name="losses"><c>[member, loss]</c>.</param>
/// <param name="divergedAt"><c>[member]</c>.</param>
internal readonly struct Gans(
    ArrayView<float> memory,
    int words,
    ArrayView<float> data,
    int dataStride,
    int shuffledRows,
    ArrayView<MemberNumbers> members,
    ArrayView<float> losses,
    ArrayView<int> divergedAt)
{
    private readonly ArrayView<float> memory = memory, data = data, losses = losses;
    private readonly int words = words, dataStride = dataStride, shuffledRows = shuffledRows;
    private readonly ArrayView<MemberNumbers> members = members;
    private readonly ArrayView<int> divergedAt = divergedAt;

    /// <summary>One of them in one step of a launch.</summary>
    /// <param name="member">Which.</param>
    /// <param name="step">Which step of the launch, from 0.</param>
    /// <param name="schedule">The steps of the launch.</param>
    public Gan At(int member, int step, Schedule schedule) => new(
        memory.SubView((long)member * words, words),
        data.SubView((long)member * dataStride, data.Length - ((long)member * dataStride)),
        shuffledRows,
        members[member],
        schedule.Steps[step],
        schedule.UpdatesOf(member, step),
        losses.SubView(member * BlockLosses.Count, BlockLosses.Count),
        divergedAt.SubView(member, 1));
}
