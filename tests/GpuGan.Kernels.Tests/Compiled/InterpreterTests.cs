using GpuGan.Kernels.Compiled.Recordings;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Networks.Activations;
using GpuGan.Kernels.Stepwise;
using GpuGan.Kernels.Tests.Distributions;
using GpuGan.Kernels.Training;
using GpuGan.Kernels.Training.Losses;

namespace GpuGan.Kernels.Tests.Compiled;

/// <summary>What the compiled engine records, run line by line, against the step-by-step engine: the same bits.</summary>
[TestFixture]
public sealed class InterpreterTests : IDisposable
{
    private readonly Device device = Device.Open("cpu");

    [OneTimeTearDown]
    public void Dispose() => device.Dispose();

    [Test]
    public void The_chapters_first_steps_are_recorded_as_they_are_trained_step_by_step([Values] bool ownData) =>
        AssertSame(new TrainingSettings { Epochs = 1 }, rows: 250, ownData);

    [Test]
    [Category("Slow")]
    public void The_chapters_first_epoch_is_recorded_as_it_is_trained_step_by_step([Values] bool ownData) =>
        AssertSame(new TrainingSettings { Epochs = 1 }, rows: 1000, ownData);

    [Test]
    public void Every_activation_and_loss_is_recorded_as_it_is_trained(
        [ValueSource(typeof(GameWords), nameof(GameWords.Activations))] string activation, [ValueSource(typeof(GameWords), nameof(GameWords.Losses))] string loss) =>
        AssertSame(
            new TrainingSettings
            {
                Seed = ulong.MaxValue - 4,
                Loss = LossTable.All.Parse(loss),
                Generator = new Network(3, 5, 2),
                Discriminator = new Network(2, 7, 4, 1),
                InitStd = 0.5,
                BatchSize = 7,
                Epochs = 3,
                LrDecay = 0.7,
            }.WithActivation(ActivationTable.All.Parse(activation)),
            rows: 40,
            ownData: true);

    /// <summary>Half a hundred games of random words and numbers; that each word came up is seen to.</summary>
    [Test]
    public void Random_games_are_recorded_as_they_are_trained([Range(0, 4)] int tenth)
    {
        for (int number = 10 * tenth; number < 10 * (tenth + 1); number++)
        {
            AssertSame(RandomGame.Of(number), rows: 5 + (number % 20), ownData: true, $"game {number}");
        }
    }

    [Test]
    public void Random_games_have_every_word()
    {
        TrainingSettings[] games = [.. Enumerable.Range(0, 50).Select(RandomGame.Of)];
        Assert.Multiple(() =>
        {
            foreach (Setting setting in SettingTable.All.Where(setting => setting.Words.Count > 0))
            {
                Assert.That(games.Select(setting.TextOf).Distinct(), Is.SupersetOf(setting.Words), setting.Name);
            }

            foreach (NumberSetting number in SettingTable.Numbers.Where(number => number.IsOffAtZero))
            {
                Assert.That(games.Select(game => number.Of(game) != 0).Distinct().Count(), Is.EqualTo(2), number.Name);
            }
        });
    }

    [TestCase("1-2", "2-1", 1, 3)]
    [TestCase("2-2", "2-5-3-1", 64, 70)]
    [TestCase("2-2", "2-5-3-1", 64, 60)]
    [TestCase("5-9-17-2", "2-23-3-1", 33, 100)]
    [TestCase("2-3-3-3-3-3-3-3-2", "2-3-3-3-3-3-3-3-1", 5, 12)]
    public void Every_shape_is_recorded_as_it_is_trained(string generator, string discriminator, int batch, int rows)
    {
        TrainingSettings settings = new()
        {
            Generator = Network.Parse(generator),
            Discriminator = Network.Parse(discriminator),
            InitStd = 0.4,
            BatchSize = batch,
            Epochs = 3,
        };
        AssertSame(settings, rows, ownData: false);
        AssertSame(settings, rows, ownData: true);
    }

    [TestCase(8, 27)]
    [TestCase(64, 60)]
    [TestCase(1, 3)]
    public void Shuffled_rows_are_recorded_as_they_are_trained(int batch, int rows)
    {
        TrainingSettings settings = new() { Shuffle = true, BatchSize = batch, Epochs = 3, Seed = ulong.MaxValue - 4 };
        AssertSame(settings, rows, ownData: false);
        AssertSame(settings, rows, ownData: true);
    }

    [Test]
    public void Every_distribution_is_recorded_as_it_is_drawn(
        [ValueSource(typeof(DistributionTests), nameof(DistributionTests.All))] IDistribution distribution, [Values] bool shuffle)
    {
        int columns = distribution.Columns;
        AssertSame(
            new TrainingSettings
            {
                Generator = new Network(2, columns),
                Discriminator = new Network(columns, 3, 1),
                Shuffle = shuffle,
                BatchSize = 8,
                Epochs = 2,
                Seed = ulong.MaxValue - 4,
            },
            rows: 27,
            ownData: true,
            $"{distribution}",
            distribution);
    }

    [Test]
    public void A_divergence_is_noticed_at_the_same_step()
    {
        TrainingSettings settings = new() { LrD = 1e38, LrG = 1e38, InitStd = 1, Epochs = 2 };
        DataSet data = Gaussian.Chapter.Sample(seed: 0, rows: 64);
        using StepwiseTrainer trainer = new(device, settings, data);
        InterpretedTraining interpreted = new(settings, data);
        for (int epoch = 0; epoch < settings.Epochs; epoch++)
        {
            trainer.TrainEpoch();
            interpreted.TrainEpoch();
        }

        Assert.That(trainer.DivergedAt, Is.Not.Null);
        Assert.That(interpreted.FiniteSteps + 1, Is.EqualTo(trainer.DivergedAt));
    }

    [Test]
    public void A_loop_runs_as_often_as_it_says_and_may_run_no_times()
    {
        Recording recording = new();
        Symbol before = recording.Operations.Word(7);
        foreach (int parameter in new[] { 0, 1 })
        {
            Variable passes = recording.NewVariable(SymbolKind.Word);
            recording.Set(passes, before);
            recording.Loop(recording.Parameter(parameter), pass => recording.Set(passes, recording.Word(pass)));
            recording.StoreState(parameter, recording.Get(passes));
        }

        float[] state = new float[2];
        new Interpreter(recording, [], 0, 5).Run(state);
        Assert.That(state.Select(BitConverter.SingleToInt32Bits), Is.EqualTo(new[] { 7, 4 }));
    }

    private void AssertSame(TrainingSettings settings, int rows, bool ownData, string? what = null, IDistribution? distribution = null)
    {
        distribution ??= Gaussian.Chapter;
        DataSet data = distribution.Sample(settings.Seed, rows);
        using StepwiseTrainer trainer = new(device, settings, data);
        InterpretedTraining interpreted = new(settings, data, ownData ? distribution : null);
        for (int epoch = 0; epoch < settings.Epochs; epoch++)
        {
            Assert.That(Bits.Of(interpreted.TrainEpoch()), Is.EqualTo(Bits.Of(trainer.TrainEpoch())), what);
        }

        Assert.That(Bits.Of(interpreted.Parameters), Is.EqualTo(Bits.Of(trainer.ReadParameters().Values)), what);
    }
}
