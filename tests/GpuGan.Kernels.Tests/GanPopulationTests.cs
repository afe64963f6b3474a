using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Tests;

/// <summary>The way in for many: once, in order, the same bits whatever trains which.</summary>
[TestFixture]
public class GanPopulationTests
{
    private const int Count = 50, Rows = 24;

    private static readonly string[][] Split = [["cpu"], ["cpu", "cpu"], ["cpu", "cpu", "cpu"]];

    [Test]
    public async Task Members_are_the_same_however_devices_share_them([ValueSource(nameof(Split))] string[] devices, [Values(Engine.Compiled, Engine.Tiled)] Engine engine)
    {
        List<TrainedMember> members = [];
        await foreach (TrainedMember member in Gan.Population(Gaussian.Chapter, Rows, Count, Member, new GanOptions { Devices = devices, Threads = 1, Engine = engine }))
        {
            members.Add(member);
        }

        Assert.Multiple(() =>
        {
            Assert.That(members.Select(member => member.Settings.Seed), Is.EqualTo(Enumerable.Range(0, Count).Select(i => (ulong)i)), "in their order");
            foreach (TrainedMember member in members.Where((_, i) => i % 7 == 0))
            {
                TrainedGan alone = Gan.Train(Gaussian.Chapter.Sample(member.Settings.Seed, Rows), member.Settings);
                Assert.That(member.Parameters.Sha256, Is.EqualTo(alone.Parameters.Sha256));
                Assert.That(member.ToModel().Sample(5).Values, Is.EqualTo(alone.Sample(5).Values));
                Assert.That(member.Verdict, Is.EqualTo(alone.Verdict));
            }
        });
    }

    [Test]
    public void Members_are_trained_once()
    {
        GanPopulation population = Gan.Population(Gaussian.Chapter, Rows, 3, Member);
        Assert.That(population.ToArray(), Has.Length.EqualTo(3));
        Assert.That(() => population.First(), Throws.InvalidOperationException.With.Message.Contains("trained once"));
        Assert.That(() => population.GetAsyncEnumerator(), Throws.InvalidOperationException);
    }

    [Test]
    public void All_may_learn_the_same_rows()
    {
        DataSet data = Gaussian.Chapter.Sample(seed: 3, Rows);
        TrainedMember[] members = [.. Gan.Population(data, 2, Member)];
        Assert.That(members[1].Parameters.Sha256, Is.EqualTo(Gan.Train(data, Member(1)).Parameters.Sha256));
    }

    [Test]
    public void Progress_only_grows_and_ends_at_all()
    {
        Reports<TrainingProgress> reports = new();
        GanPopulation population = Gan.Population(Gaussian.Chapter, Rows, Count, Member, new GanOptions { Devices = ["cpu", "cpu"] }, reports);
        Assert.That(population.ToArray(), Has.Length.EqualTo(Count));
        Assert.Multiple(() =>
        {
            Assert.That(reports.All.Select(one => one.Steps), Is.Ordered);
            Assert.That(reports.All.Select(one => one.Members), Is.Ordered);
            TrainingProgress last = reports.All[^1];
            Assert.That((last.Steps, last.Members, last.TotalSteps), Is.EqualTo((Count * population.StepsPerMember, Count, Count * population.StepsPerMember)));
        });
    }

    [Test]
    public void Cancelling_ends_it_whoever_cancels([Values] bool whileEnumerating)
    {
        using CancellationTokenSource stop = new();
        Reports<TrainingProgress> reports = new(_ => stop.Cancel());
        GanPopulation population = Gan.Population(
            Gaussian.Chapter, Rows, Count, Member, new GanOptions { Devices = ["cpu", "cpu"] }, reports, whileEnumerating ? CancellationToken.None : stop.Token);
        Assert.That(
            async () =>
            {
                await foreach (TrainedMember _ in population.WithCancellation(whileEnumerating ? stop.Token : CancellationToken.None))
                {
                }
            },
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Who_has_seen_enough_ends_the_rest()
    {
        Reports<TrainingProgress> reports = new();
        GanPopulation population = Gan.Population(Gaussian.Chapter, Rows, 10_000, Member, new GanOptions { Devices = ["cpu", "cpu"] }, reports);
        Assert.That(population.First().Settings.Seed, Is.Zero);
        int told = reports.All.Count;
        Assert.That(reports.All[^1].Members, Is.InRange(1, 9_999));
        Thread.Sleep(50);
        Assert.That(reports.All, Has.Count.EqualTo(told), "nobody trains any more");
    }

    [Test]
    public void A_member_that_cannot_be_is_refused_by_its_number_before_any_is_trained() =>
        Assert.That(
            () => Gan.Population(Gaussian.Chapter, Rows, Count, i => Member(i) with { Beta1 = i == 30 ? 2 : 0.9 }),
            Throws.InstanceOf<InvalidSettingException>().With.Property("Member").EqualTo(30).And.Property("Setting").EqualTo("Beta1"));

    [Test]
    public void A_member_of_another_game_is_refused() =>
        Assert.That(
            () => Gan.Population(Gaussian.Chapter, Rows, Count, i => Member(i) with { BatchSize = i == 30 ? 4 : 8 }),
            Throws.ArgumentException.With.Message.EqualTo("member 30 differs from the first in more than its seed and its numbers"));

    [Test]
    public void A_device_that_is_not_here_is_told() =>
        Assert.That(() => Gan.Population(Gaussian.Chapter, Rows, 2, Member, new GanOptions { Devices = ["cpu", "cuda:99"] }).ToArray(), Throws.InstanceOf<DeviceNotFoundException>());

    [Test]
    public void A_failure_on_the_way_is_told_once_and_ends_all()
    {
        // The second part's member fails when it is asked for again.
        int asked = 0;
        GanPopulation population = Gan.Population(
            Gaussian.Chapter, Rows, Count, i => i == 40 && ++asked > 1 ? throw new NotSupportedException("no member 40") : Member(i), new GanOptions { Devices = ["cpu", "cpu"] });
        Assert.That(() => population.ToArray(), Throws.InstanceOf<NotSupportedException>());
    }

    private static TrainingSettings Member(int number) => new() { Seed = (ulong)number, LrG = 0.002 * (1 + (number % 5)), Epochs = 2 };
}
