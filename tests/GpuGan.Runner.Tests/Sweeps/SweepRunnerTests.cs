using GpuGan.Runner.Sweeps.Execution;
using GpuGan.Runner.Sweeps.Results;
using GpuGan.Runner.Sweeps.Specification;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Tests.Sweeps;

/// <summary>Accelerators that fail, are slow, or cannot write, without any accelerator.</summary>
internal sealed class SweepRunnerTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void A_device_that_fails_gives_its_chunk_back_and_is_left_out()
    {
        (SweepPlan plan, SweepFolder sweep, SweepRunner runner) = Make();
        FakeDevice good = new("cpu", 3) { Wait = TimeSpan.FromSeconds(0.1) }, bad = new("cuda:0", 5) { FailsAt = 2 };
        List<string> warnings = [];
        ChunkQueue queue = new(plan, [new WorkRange(0, plan.Members)]);
        long steps = 0;
        bool done = runner.Run(queue, [bad, good], progress => steps += progress, warnings.Add, () => false);
        Assert.Multiple(() =>
        {
            Assert.That(done, Is.True);
            Assert.That(warnings, Has.Count.EqualTo(1));
            Assert.That(warnings, Has.All.Match("cuda:0: the driver is gone; the device is left out, and its [1-5] members are given to the others"));
            Assert.That(bad.Chunks, Has.Count.EqualTo(1));
            Assert.That(Done(sweep), Is.EqualTo(Enumerable.Range(0, plan.Members)), "every member once");
            Assert.That(steps, Is.EqualTo(plan.Members));
        });
    }

    [Test]
    public void A_device_waits_for_what_another_may_give_back()
    {
        // The good one has nothing left to do when the bad one, slowly, fails with the last chunk.
        (SweepPlan plan, SweepFolder sweep, SweepRunner runner) = Make();
        FakeDevice bad = new("cuda:0", 1) { FailsAt = 1, Wait = TimeSpan.FromSeconds(0.5) }, good = new("cpu", 100);
        bool done = runner.Run(new ChunkQueue(plan, [new WorkRange(0, plan.Members)]), [bad, good], _ => { }, _ => { }, () => false);
        Assert.That(done, Is.True);
        Assert.That(Done(sweep), Is.EqualTo(Enumerable.Range(0, plan.Members)));
    }

    [Test]
    public void When_no_device_is_left_what_is_done_is_kept()
    {
        (SweepPlan plan, SweepFolder sweep, SweepRunner runner) = Make();
        FakeDevice one = new("cuda:0", 4) { FailsAt = 2 }, other = new("cuda:1", 4) { FailsAt = 2 };
        Assert.That(
            () => runner.Run(new ChunkQueue(plan, [new WorkRange(0, plan.Members)]), [one, other], _ => { }, _ => { }, () => false),
            Throws.InstanceOf<CommandException>().With.Property("ExitCode").EqualTo(ExitCode.NoDevice)
                .And.Message.Match("no device is left: cuda:[01]: the driver is gone; what is done is kept, and the same command goes on with it"));
        Assert.That(Done(sweep).Count(), Is.EqualTo(8));
    }

    [Test]
    public void A_stop_finishes_the_chunks_that_are_begun()
    {
        (SweepPlan plan, SweepFolder sweep, SweepRunner runner) = Make();
        FakeDevice device = new("cpu", 2);
        bool done = runner.Run(new ChunkQueue(plan, [new WorkRange(0, plan.Members)]), [device], _ => { }, _ => { }, () => device.Chunks.Count == 3);
        Assert.That(done, Is.False);
        Assert.That(Done(sweep).Count(), Is.EqualTo(6));
    }

    [Test]
    public void A_chunk_that_cannot_be_written_ends_the_sweep_with_its_file()
    {
        (SweepPlan plan, SweepFolder sweep, SweepRunner runner) = Make();
        Directory.Delete(Path.Join(sweep.Path, "chunks"), recursive: true);
        List<string> warnings = [];
        Assert.That(
            () => runner.Run(new ChunkQueue(plan, [new WorkRange(0, plan.Members)]), [new FakeDevice("cpu", 4), new FakeDevice("cpu", 4)], _ => { }, warnings.Add, () => false),
            Throws.InstanceOf<FileContentException>().With.Message.EndsWith(".chunk: no such file or folder"));
        Assert.That(warnings, Is.Empty, "no device is to blame");
    }

    [Test]
    public void A_device_goes_on_with_the_kernels_that_it_has()
    {
        (SweepPlan plan, SweepFolder _, SweepRunner runner) = Make();
        FakeDevice device = new("cpu", 4);
        runner.Run(new ChunkQueue(plan, [new WorkRange(0, plan.Members)]), [device], _ => { }, _ => { }, () => false);
        Assert.That(device.Chunks.Select(work => work.Count), Is.EqualTo(new[] { 4, 4, 2, 4, 4, 2 }), "no chunk holds members of two groups");
    }

    [Test]
    public void A_device_prefers_groups_of_the_code_that_it_has()
    {
        Dictionary<string, IReadOnlyList<string>> texts = new() { ["discriminator"] = ["2-3-1", "2-4-1"], ["epochs"] = ["1", "2"] };
        SweepPlan plan = new(SweepSpecification.Of(new SweepRequest(null, texts), 2, null));
        ChunkQueue queue = new(plan, [new WorkRange(0, plan.Members)]);
        List<KernelGroup> taken = [];
        KernelGroup? current = plan.Groups[2];
        while (queue.TryTake(current, (_, left) => left, () => false, out (KernelGroup Group, WorkSet Work) chunk))
        {
            taken.Add(current = chunk.Group);
            queue.Finish();
        }

        Assert.That(taken.Select(group => group.Index), Is.EqualTo(new[] { 2, 3, 0, 1 }));
    }

    private static IEnumerable<int> Done(SweepFolder sweep) =>
        sweep.ReadChunks(file => Assert.Fail(file)).SelectMany(chunk => chunk.Work.Places.Zip(chunk.Read(), (work, result) =>
        {
            Assert.That(result.MeanError, Is.EqualTo(work), "the result of the member");
            return work;
        }));

    // 2 groups of 10 members.
    private (SweepPlan Plan, SweepFolder Folder, SweepRunner Runner) Make()
    {
        Dictionary<string, IReadOnlyList<string>> texts = new() { ["epochs"] = ["1", "2"], ["lr_d"] = ["lin:1:5:5"], ["seeds"] = ["2"] };
        SweepSpecification specification = SweepSpecification.Of(new SweepRequest(null, texts), 2, null);
        SweepPlan plan = new(specification);
        SweepFolder sweep = SweepFolder.Make(folder["sweep"], specification);
        return (plan, sweep, new SweepRunner(plan, sweep, Shard.Whole));
    }

    private sealed class FakeDevice(string word, int chunk) : ISweepDevice
    {
        private int trained;

        public string Word => word;

        public int FailsAt { get; init; } = int.MaxValue;

        public TimeSpan Wait { get; init; } = TimeSpan.FromMilliseconds(10);

        public List<WorkSet> Chunks { get; } = [];

        public int ChunkOf(KernelGroup group, int left) => chunk;

        public MemberResult[] Train(SweepPlan plan, KernelGroup group, WorkSet work, Action<long> progress)
        {
            Thread.Sleep(Wait);
            if (++trained >= FailsAt)
            {
                throw new InvalidOperationException("the driver is gone");
            }

            Chunks.Add(work);
            progress(work.Count);
            return [.. work.Places.Select(place => new MemberResult(0, 0, 0, null, place, 0, 0, false, false, 0))];
        }

        public void Dispose()
        {
        }
    }
}
