using GpuGan.Runner.Sweeps.Execution;
using GpuGan.Runner.Sweeps.Specification;

namespace GpuGan.Runner.Tests.Sweeps;

internal sealed class ChunkQueueTests
{
    // 2 groups of 10 members.
    private static readonly SweepPlan Plan = new(SweepSpecification.Of(
        new SweepRequest(null, new Dictionary<string, IReadOnlyList<string>> { ["epochs"] = ["1", "2"], ["lr_d"] = ["lin:1:5:5"], ["seeds"] = ["2"] }), 2, null));

    [Test]
    public void What_is_left_between_other_things_makes_one_chunk()
    {
        ChunkQueue queue = new(Plan, [new(1, 3), new(5, 6), new(9, 12), new(15, 20)]);
        Assert.That((queue.Members, queue.Steps), Is.EqualTo((11, 125.0 * (2 + 1 + 1 + (2 * (2 + 5))))));
        Assert.That(Take(queue, 3), Is.EqualTo(new[] { 1, 2, 5 }));
        Assert.That(Take(queue, 100), Is.EqualTo(new[] { 9 }), "of one group");
        Assert.That(Take(queue, 100), Is.EqualTo(new[] { 10, 11, 15, 16, 17, 18, 19 }));
        Assert.That(queue.HasWork, "what was taken is not done");
        for (int chunk = 0; chunk < 3; chunk++)
        {
            queue.Finish();
        }

        Assert.That(queue.HasWork, Is.False);
        Assert.That(queue.TryTake(null, (_, _) => 1, () => false, out _), Is.False);
    }

    [Test]
    public void What_is_given_back_stands_where_it_stood()
    {
        ChunkQueue queue = new(Plan, [new(0, 10)]);
        queue.TryTake(null, (_, _) => 2, () => false, out (KernelGroup, WorkSet) first);
        queue.TryTake(null, (_, _) => 3, () => false, out (KernelGroup, WorkSet) second);
        queue.GiveBack(first);
        queue.GiveBack(second);
        Assert.That(Take(queue, 7), Is.EqualTo(Enumerable.Range(0, 7)));
    }

    [Test]
    public void An_accelerator_is_told_how_much_is_left_of_a_group()
    {
        ChunkQueue queue = new(Plan, [new(0, 3), new(5, 9), new(10, 20)]);
        List<int> told = [];
        int All(KernelGroup group, int left)
        {
            told.Add(left);
            return left;
        }

        queue.TryTake(null, All, () => false, out _);
        queue.TryTake(null, All, () => false, out _);
        Assert.That(told, Is.EqualTo(new[] { 7, 10 }));
    }

    private static IEnumerable<int> Take(ChunkQueue queue, int most) =>
        queue.TryTake(null, (_, _) => most, () => false, out (KernelGroup Group, WorkSet Work) chunk) ? chunk.Work.Places : [];
}
