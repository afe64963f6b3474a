using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Stepwise;
using GpuGan.Kernels.Tiled;
using GpuGan.Kernels.Training;

namespace GpuGan.Parity.Tests;

/// <summary>The tiled engine trains to the bits of the stepwise one: losses, parameters, averages and what the optimisers keep.</summary>
[TestFixture]
public sealed class TiledParityTests : IDisposable
{
    // Whatever this machine has: narrower vectors take other blocks, wider ones are made of several.
    private static readonly int[] Lanes = [4, 8, 16];

    private readonly Device one = Device.Open("cpu", threads: 1), two = Device.Open("cpu", threads: 2);

    [OneTimeTearDown]
    public void Dispose()
    {
        one.Dispose();
        two.Dispose();
    }

    [TestCase("2-2", "2-5-3-1", 8, 20, 2)]
    [TestCase("2-16-2", "2-16-16-1", 8, 20, 2)]
    [TestCase("16-16-16-16-16-2", "2-16-16-16-16-1", 512, 512, 1)]
    [TestCase("2-64-64-2", "2-64-64-1", 64, 64, 2)]
    [TestCase("2-128-128-2", "2-128-128-1", 256, 256, 1)]
    [TestCase("5-33-17-3", "3-65-3-1", 333, 700, 1, Description = "several tiles, the last one short, and a short batch")]
    [TestCase("1-1", "1-1", 1, 2, 2)]
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
        [VectorCode.WidestLanes]);

    [TestCaseSource(typeof(GameWords), nameof(GameWords.Settings))]
    public void Every_word_gives_the_same_bits(string setting) => AssertSame(GameWords.GameWith(setting), rows: 40, [VectorCode.WidestLanes]);

    [Test]
    public void Random_games_give_the_same_bits([Range(0, 24)] int number) => AssertSame(RandomGame.Wide(number), Lanes[number % 3]);

    [Test]
    [Category("Slow")]
    public void Many_random_games_give_the_same_bits_with_vectors_of_any_width([Range(25, 224)] int number) => AssertSame(RandomGame.Wide(number), Lanes);

    /// <summary>Shuffled, in batches that are cut into several tiles.</summary>
    [Test]
    [Category("Slow")]
    public void Large_batches_give_the_same_bits([Range(0, 9)] int number)
    {
        TrainingSettings settings = RandomGame.Wide(number) with { BatchSize = 130 + (57 * number), Epochs = 1 };
        AssertSame(settings, settings.BatchSize + 77, Lanes);
    }

    [TestCase(1e4, 1e4, 1, 1e-8, Description = "huge logits")]
    [TestCase(1e-19, 1e-19, 1e-19, 1e-30, Description = "denormal squares of gradients, which decide the steps")]
    [TestCase(0, 0, 0, 1e-8, Description = "zeros")]
    [TestCase(1e38, 1e38, 1, 1e-8, Description = "infinities and NaN")]
    public void Nasty_numbers_give_the_same_bits(double lrD, double lrG, double initStd, double epsilon) =>
        AssertSame(new TrainingSettings { LrD = lrD, LrG = lrG, InitStd = initStd, Epsilon = epsilon, Epochs = 2 }, rows: 64, Lanes);

    [Test]
    public void A_training_goes_on_from_the_state_of_the_other_engine()
    {
        TrainingSettings settings = new() { Generator = Network.Parse("3-20-2"), Discriminator = Network.Parse("2-20-1"), Seed = 5, LrDecay = 0.9, Shuffle = true, GEma = 0.9 };
        DataSet data = Gaussian.Chapter.Sample(settings.Seed, rows: 27);
        using StepwiseTrainer whole = new(ReferenceDevice.Device, settings, data), there = new(ReferenceDevice.Device, settings, data);
        using TiledTrainer here = new(one, settings, data);
        whole.TrainEpoch();
        here.WriteState(whole.ReadState());
        whole.TrainEpoch();
        here.TrainEpoch();
        Assert.That(here.ReadJudged().Sha256, Is.EqualTo(whole.ReadJudged().Sha256));
        there.WriteState(here.ReadState());
        whole.TrainEpoch();
        there.TrainEpoch();
        Assert.That(there.ReadJudged().Sha256, Is.EqualTo(whole.ReadJudged().Sha256));
    }

    private void AssertSame(TrainingSettings settings, params ReadOnlySpan<int> lanes) => AssertSame(settings, (settings.BatchSize * 5 / 2) + 1, lanes);

    private void AssertSame(TrainingSettings settings, int rows, ReadOnlySpan<int> lanes)
    {
        int columns = settings.Discriminator.Inputs;
        DataSet data = new([.. Enumerable.Range(0, rows * columns).Select(i => MathF.Sin(i * 1.7f))], columns);
        GanParameters initial = new(
            settings.Generator,
            settings.Discriminator,
            InitialWeights.Draw(settings.Generator, settings.Discriminator, settings.Init, settings.Seed, (float)settings.InitStd));
        using StepwiseTrainer reference = new(ReferenceDevice.Device, settings, data);
        string expected = Train(settings, reference.TrainEpoch, () => reference.DivergedAt, reference.ReadJudged, reference.ReadState);
        foreach (int count in lanes)
        {
            foreach (Device device in (Device[])[one, two])
            {
                using TiledTrainer trainer = new(device, settings, data, initial, count, device.Accelerator.NumMultiprocessors);
                string actual = Train(settings, trainer.TrainEpoch, () => trainer.DivergedAt, trainer.ReadJudged, trainer.ReadState);
                Assert.That(actual, Is.EqualTo(expected), $"{count} lanes, {device.Name}, {settings}");
            }
        }
    }

    private static string Train(TrainingSettings settings, Func<EpochLosses> trainEpoch, Func<int?> divergedAt, Func<GanParameters> readJudged, Func<TrainingState> readState)
    {
        List<EpochLosses> losses = [.. Enumerable.Range(0, settings.Epochs).Select(_ => trainEpoch())];
        string kept = divergedAt() is null ? string.Join('\n', readState().Optimizer.Select(word => word.Sha256)) : "nothing";
        return $"{string.Join('\n', losses)}\ndiverged at {divergedAt()}\n{readJudged().Sha256}\nkept {kept}";
    }
}
