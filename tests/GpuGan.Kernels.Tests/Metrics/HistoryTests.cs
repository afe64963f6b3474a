using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Tiled;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Tests.Metrics;

/// <summary>The ways of members: the same whichever engine walks them, and without a trace in where they end.</summary>
[TestFixture]
public class HistoryTests
{
    private const int Rows = 20, Count = 5, Epochs = 7;

    private static readonly TrainingSettings Settings = new() { Discriminator = new Network(2, 3, 1), Epochs = Epochs, InitStd = 0.5, GEma = 0.5, LrDecay = 0.9, DSteps = 2 };

    private static readonly Evaluation Target = Evaluation.Of(Gaussian.Chapter);

    [Test]
    public void Either_engine_has_the_same_points_and_ends_as_without_them([Values(1, 3)] int every)
    {
        using Device device = Device.Open("cpu");
        History history = new(every, HistoryParameters.Both);
        TrainedMember[] without = [.. Compiled(device, null)], compiled = [.. Compiled(device, history)], tiled = [.. Tiled(device, history)];
        int[] epochs = every == 1 ? [1, 2, 3, 4, 5, 6, 7] : [3, 6, 7];
        Assert.Multiple(() =>
        {
            Assert.That(compiled.Select(member => member.Parameters.Sha256), Is.EqualTo(without.Select(member => member.Parameters.Sha256)));
            Assert.That(compiled.Select(member => (member.Losses, member.Verdict)), Is.EqualTo(without.Select(member => (member.Losses, member.Verdict))));
            Assert.That(without.SelectMany(member => member.History), Is.Empty);
            Assert.That(compiled.Select(Lines), Is.EqualTo(tiled.Select(Lines)));
            Assert.That(compiled[3].DivergedAt, Is.Not.Null);
            Assert.That(compiled[3].History[^1].Parameters, Is.All.NaN);
            foreach (TrainedMember member in compiled)
            {
                Assert.That(member.History.Select(point => point.Epoch), Is.EqualTo(epochs));
                HistoryPoint last = member.History[^1];
                Assert.That((last.LossD, last.LossG), Is.EqualTo((member.Losses.LossD, member.Losses.LossG)));
                Assert.That((last.KlDivergence, last.MeanError, last.CovarianceError), Is.EqualTo((member.Verdict.KlDivergence, member.Verdict.MeanError, member.Verdict.CovarianceError)));
            }
        });
    }

    [Test]
    public void A_point_is_the_end_of_a_training_of_as_many_epochs()
    {
        using Device device = Device.Open("cpu");
        TrainedMember member = Compiled(device, new History(2, HistoryParameters.Generator)).First();
        CompiledKernels kernels = new(device, Settings with { Epochs = 4, GEma = 0 }, Gaussian.Chapter, Rows);
        TrainedMember shorter = new Population(kernels, 1, _ => Member(0) with { Epochs = 4, GEma = 0 }).Train(Target).Single();
        HistoryPoint point = member.History[1];
        Assert.That((point.LossD, point.LossG), Is.EqualTo((shorter.Losses.LossD, shorter.Losses.LossG)));

        // Judged is the average, which is not where the weights are.
        Assert.That(point.Parameters, Has.Count.EqualTo(6));
        Assert.That(point.Parameters, Is.Not.EqualTo(shorter.Parameters.GeneratorValues.ToArray()));
    }

    [Test]
    public void Long_histories_are_kept_in_small_chunks()
    {
        using Device device = Device.Open("cpu");
        TrainingSettings longer = Settings with { Epochs = 1_000_000 };
        CompiledKernels kernels = new(device, longer, Gaussian.Chapter, Rows);
        Population population = new(kernels, 10_000, _ => longer);
        Assert.That(new Population(kernels, 10_000, _ => longer) { History = new History(1) }.ChunkSize, Is.EqualTo(kernels.Lanes));
        Assert.That(population.ChunkSize, Is.GreaterThan(kernels.Lanes));
        Assert.That(new TiledPopulation(device, longer, 100, _ => longer, _ => Gaussian.Chapter.Sample(0, Rows), Rows) { History = new History(1) }.ChunkSize, Is.EqualTo(1));
    }

    private static string Lines(TrainedMember member) => string.Join('\n', member.History.Select(point =>
        FormattableString.Invariant($"{point.Epoch} {point.LossD:r} {point.LossG:r} {point.MeanError:r} {point.CovarianceError:r} {point.KlDivergence:r} {string.Join(' ', point.Parameters)}")));

    private static IEnumerable<TrainedMember> Compiled(Device device, History? history) =>
        new Population(new CompiledKernels(device, Settings, Gaussian.Chapter, Rows), Count, Member) { History = history }.Train(Target);

    private static IEnumerable<TrainedMember> Tiled(Device device, History? history) =>
        new TiledPopulation(device, Settings, Count, Member, member => Gaussian.Chapter.Sample(member.Seed, Rows), Rows) { History = history }.Train(Target);

    // Member 3 does not stay finite.
    private static TrainingSettings Member(int i) => Settings with { Seed = (ulong)i, LrD = i == 3 ? 3e38 : 0.05, LrG = i == 3 ? 3e38 : 0.005 };
}
