using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Stepwise;
using GpuGan.Kernels.Tiled.Blocks;
using GpuGan.Kernels.Training;

namespace GpuGan.Parity.Tests.Blocks;

/// <summary>The tiled engine of GPUs trains to the bits of the stepwise one, whichever way the device walks through a step.</summary>
[TestFixtureSource(typeof(Accelerators), nameof(Accelerators.ReferenceAndGpus))]
public sealed class BlockParityTests(string accelerator) : IDisposable
{
    private static readonly TrainingSettings Small = new() { Generator = Network.Parse("3-7-2"), Discriminator = Network.Parse("2-6-5-1"), InitStd = 0.5, Epochs = 2 };

    private readonly Device device = Accelerators.Open(accelerator);

    [OneTimeTearDown]
    public void Dispose() => device.Dispose();

    [TestCase("2-2", "2-5-3-1", 8, 20, 2)]
    [TestCase("1-1", "1-1", 1, 3, 2)]
    [TestCase("2-16-2", "2-16-1", 8, 20, 1)]
    [TestCase("5-33-17-3", "3-18-3-1", 13, 31, 1, Description = "no width and no batch is a multiple of four")]
    [TestCase("2-3-3-3-3-3-3-3-2", "2-3-3-3-3-3-3-3-1", 5, 12, 1)]
    [TestCase("2-32-32-2", "2-32-1", 64, 64, 2, Category = "Slow")]
    [TestCase("2-64-64-2", "2-64-64-1", 70, 100, 1, Category = "Slow")]
    public void Every_shape_gives_the_same_bits(string generator, string discriminator, int batch, int rows, int epochs) => AssertSame(
        new TrainingSettings
        {
            Generator = Network.Parse(generator),
            Discriminator = Network.Parse(discriminator),
            BatchSize = batch,
            Epochs = epochs,
            InitStd = 0.3,
        },
        rows,
        Walk.Blocks,
        Walk.Layers);

    [TestCase(1e4, 1e4, 1, 1e-8, Description = "huge logits")]
    [TestCase(1e-19, 1e-19, 1e-19, 1e-30, Description = "denormal squares of gradients, which decide the steps")]
    [TestCase(0, 0, 0, 1e-8, Description = "zeros")]
    [TestCase(1e38, 1e38, 1, 1e-8, Description = "infinities and NaN")]
    public void Nasty_numbers_give_the_same_bits(double lrD, double lrG, double initStd, double epsilon) =>
        AssertSame(new TrainingSettings { LrD = lrD, LrG = lrG, InitStd = initStd, Epsilon = epsilon, Epochs = 2 }, rows: 24, Walk.Blocks);

    [Test]
    public void Random_games_give_the_same_bits([Range(0, 1)] int number) => AssertRandom(number);

    [Test]
    [Category("Slow")]
    public void More_random_games_give_the_same_bits([Range(2, 9)] int number) => AssertRandom(number);

    /// <summary>Random numbers of the caller's, and a state that the other engine goes on from.</summary>
    [Test]
    public void Steps_and_states_are_those_of_the_stepwise_engine()
    {
        TrainingSettings settings = Small with { Seed = 5, LrDecay = 0.9, Shuffle = true, GEma = 0.9, InstanceNoise = 0.2, GradientPenalty = 0.3 };
        DataSet data = BothEngines.Data(settings, 11);
        float[] noise = [.. Enumerable.Range(0, 24).Select(i => MathF.Cos(i))], added = [.. Enumerable.Range(0, 32).Select(i => MathF.Sin(i))];
        float[] mix = [.. Enumerable.Range(0, 8).Select(i => i / 8f)];
        using StepwiseTrainer there = new(ReferenceDevice.Device, settings, data);
        using BlockTrainer here = new(device, settings, data);
        Assert.That(here.TrainStep(noise, added, mix), Is.EqualTo(there.TrainStep(noise, added, mix)), accelerator);
        Assert.That(here.TrainEpoch(), Is.EqualTo(there.TrainEpoch()), "the rest of the epoch");
        here.WriteState(there.ReadState());
        there.TrainEpoch();
        here.TrainEpoch();
        Assert.That(here.ReadJudged().Sha256, Is.EqualTo(there.ReadJudged().Sha256), accelerator);
        there.WriteState(here.ReadState());
        there.TrainEpoch();
        here.TrainEpoch();
        Assert.That(here.ReadJudged().Sha256, Is.EqualTo(there.ReadJudged().Sha256), accelerator);
    }

    [Test]
    public void Members_of_a_population_are_those_that_are_trained_alone([Values] bool shared)
    {
        const int Rows = 11, Count = 5;
        DataSet all = Gaussian.Chapter.Sample(seed: 3, Rows);
        DataSet DataOf(TrainingSettings its) => shared ? all : Gaussian.Chapter.Sample(its.Seed, Rows);

        // Member 3 does not stay finite.
        static TrainingSettings Member(int i) => Small with { Seed = (ulong)i, LrD = i == 3 ? 3e38 : 0.01 * (i + 1), Beta1 = 0.1 * i };

        long told = 0;
        BlockPopulation population = new(device, Small, Count, Member, DataOf, Rows) { History = new History(1, HistoryParameters.Both) };
        TrainedMember[] members = [.. population.Train(Evaluation.Of(Gaussian.Chapter), steps => told += steps)];
        Assert.That(told, Is.EqualTo(Count * population.StepsPerMember));
        for (int i = 0; i < Count; i++)
        {
            using StepwiseTrainer alone = new(ReferenceDevice.Device, Member(i), DataOf(Member(i)));
            EpochLosses first = alone.TrainEpoch();
            float[] way = alone.ReadParameters().Values;
            EpochLosses losses = alone.TrainEpoch();
            Assert.That(members[i].DivergedAt, Is.EqualTo(alone.DivergedAt));
            Assert.That(members[i].Parameters.Sha256, Is.EqualTo(alone.ReadParameters().Sha256), $"{accelerator}, member {i}");
            Assert.That(members[i].Losses, Is.EqualTo(alone.DivergedAt is null ? losses : members[i].Losses));
            HistoryPoint[] points = [.. members[i].History];
            Assert.That(points.Select(point => point.Epoch), Is.EqualTo(new[] { 1, 2 }));
            Assert.That(points.Select(point => point.Parameters), Is.EqualTo(new[] { way, alone.ReadParameters().Values }));
            Assert.That(points.Select(point => point.LossD), Is.EqualTo(alone.DivergedAt is null ? (float[])[first.LossD, losses.LossD] : [.. points.Select(point => point.LossD)]));
        }

        Assert.That(members[3].DivergedAt, Is.Not.Null);
    }

    // Both walks call the same functions: a kernel is compiled once for each game.
    private void AssertRandom(int number) => AssertSame(RandomGame.Wide(number) with { BatchSize = 1 + (7 * number) }, rows: (12 * number) + 5, (Walk)(number % 2));

    private void AssertSame(TrainingSettings settings, int rows, params ReadOnlySpan<Walk> walks) => BothEngines.AssertSame(device, accelerator, settings, rows, walks);
}
