using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Stepwise;
using GpuGan.Kernels.Training;

namespace GpuGan.Parity.Tests;

/// <summary>Trainings on every accelerator: losses and weights to the same bits as the reference's.</summary>
[TestFixtureSource(typeof(Accelerators), nameof(Accelerators.Others))]
public sealed class TrainingParityTests(string accelerator) : IDisposable
{
    private static readonly Dictionary<(TrainingSettings Settings, int Rows), string> Expected = [];

    private static readonly TrainingSettings FirstEpoch = new() { Epochs = 1 };

    private readonly Device device = Accelerators.Open(accelerator);

    // Kept by accelerator: two tests look at the same first epoch.
    private readonly Dictionary<(TrainingSettings Settings, int Rows), string> trained = [];

    [OneTimeTearDown]
    public void Dispose() => device.Dispose();

    [Test]
    public void The_chapters_training_begins_with_the_same_bits() => AssertSame(FirstEpoch, rows: 1000);

    /// <summary>Other machines have no reference beside them: this is what one epoch gives on all of them.</summary>
    [Test]
    public void The_chapters_first_epoch_gives_the_weights_that_it_gives_everywhere()
    {
        Assert.That(
            Trained(FirstEpoch, rows: 1000).Split('\n')[^1],
            Is.EqualTo("736e2e8cb5025a68da6e45f4a65fc49bbc7c1f021b37c375b70086865dfa8f28"),
            accelerator);
    }

    [Test]
    [Category("Slow")]
    public void The_chapters_training_ends_with_the_same_bits([Values(0ul, 1ul, ulong.MaxValue)] ulong seed) =>
        AssertSame(new TrainingSettings { Seed = seed }, rows: 1000);

    [TestCaseSource(typeof(GameWords), nameof(GameWords.Settings))]
    public void Every_word_gives_the_same_bits(string setting) => AssertSame(GameWords.GameWith(setting), rows: 17);

    /// <summary>Games of random words and numbers.</summary>
    [Test]
    public void Random_games_give_the_same_bits([Range(0, 4)] int number) => AssertSame(RandomGame.Of(number), rows: 11);

    [Test]
    [Category("Slow")]
    public void Many_random_games_give_the_same_bits([Range(5, 24)] int number) => AssertSame(RandomGame.Of(number), rows: 11);

    [TestCase("1-2", "2-1", 1, 3)]
    [TestCase("2-2", "2-5-3-1", 64, 70)]
    [TestCase("5-33-17-2", "2-65-3-1", 33, 100)]
    [TestCase("2-3-3-3-3-3-3-3-2", "2-3-3-3-3-3-3-3-1", 5, 12)]
    public void Every_shape_gives_the_same_bits(string generator, string discriminator, int batch, int rows) =>
        AssertSame(
            new TrainingSettings
            {
                Generator = Network.Parse(generator),
                Discriminator = Network.Parse(discriminator),
                InitStd = 0.4,
                BatchSize = batch,
                Epochs = 3,
            },
            rows);

    [TestCase(7, 40)]
    [TestCase(8, 5)]
    public void Shuffled_rows_give_the_same_bits(int batch, int rows) =>
        AssertSame(new TrainingSettings { Shuffle = true, BatchSize = batch, Epochs = 3 }, rows);

    [TestCase(1e4, 1e4, 1, 1e-8, Description = "huge logits")]
    [TestCase(1e-19, 1e-19, 1e-19, 1e-30, Description = "denormal squares of gradients, which decide the steps")]
    [TestCase(0, 0, 0, 1e-8, Description = "zeros")]
    [TestCase(1e38, 1e38, 1, 1e-8, Description = "infinities and NaN")]
    public void Nasty_numbers_give_the_same_bits(double lrD, double lrG, double initStd, double epsilon) =>
        AssertSame(new TrainingSettings { LrD = lrD, LrG = lrG, InitStd = initStd, Epsilon = epsilon, Epochs = 2 }, rows: 64);

    [Test]
    public void A_training_goes_on_from_the_state_of_another_accelerator()
    {
        TrainingSettings settings = new() { Seed = 5, LrDecay = 0.9, Shuffle = true };
        DataSet data = Gaussian.Chapter.Sample(settings.Seed, rows: 27);
        using StepwiseTrainer whole = new(ReferenceDevice.Device, settings, data), stepwise = new(device, settings, data);
        using CompiledTrainer compiled = new(new CompiledKernels(device, settings, data), [settings]);
        whole.TrainEpoch();
        TrainingState half = whole.ReadState();
        whole.TrainEpoch();
        stepwise.WriteState(half);
        stepwise.TrainEpoch();
        compiled.WriteStates([half]);
        compiled.Train(compiled.StepsPerEpoch, withLosses: false);
        Assert.That(stepwise.ReadParameters().Sha256, Is.EqualTo(whole.ReadParameters().Sha256), accelerator);
        Assert.That(compiled.ReadParameters()[0].Sha256, Is.EqualTo(whole.ReadParameters().Sha256), accelerator);
    }

    private static string Train(Device device, TrainingSettings settings, int rows)
    {
        using StepwiseTrainer trainer = new(device, settings, Gaussian.Chapter.Sample(settings.Seed, rows));
        List<EpochLosses> losses = [.. Enumerable.Range(0, settings.Epochs).Select(_ => trainer.TrainEpoch())];
        return $"{string.Join('\n', losses)}\ndiverged at {trainer.DivergedAt}\n{trainer.ReadParameters().Sha256}";
    }

    private void AssertSame(TrainingSettings settings, int rows)
    {
        if (!Expected.TryGetValue((settings, rows), out string? expected))
        {
            expected = Train(ReferenceDevice.Device, settings, rows);
            Expected[(settings, rows)] = expected;
        }

        Assert.That(Trained(settings, rows), Is.EqualTo(expected), accelerator);
    }

    private string Trained(TrainingSettings settings, int rows) =>
        trained.TryGetValue((settings, rows), out string? known) ? known : trained[(settings, rows)] = Train(device, settings, rows);
}
