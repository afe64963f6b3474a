using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Stepwise;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Tests.Compiled;

[TestFixture]
public class PopulationTests
{
    private const int Rows = 27;

    private static readonly TrainingSettings Settings = new() { Epochs = 3, Seed = 11 };

    private static readonly Evaluation Target = Evaluation.Of(Gaussian.Chapter);

    private Device device = null!;
    private CompiledKernels kernels = null!;

    [OneTimeSetUp]
    public void Compile()
    {
        device = Device.Open("cpu");
        kernels = new CompiledKernels(device, Settings, Gaussian.Chapter, Rows);
    }

    [OneTimeTearDown]
    public void CloseDevice() => device.Dispose();

    [TestCase(1, 1)]
    [TestCase(2, 7)]
    [TestCase(17, 5)]
    [TestCase(40, 16)]
    public void A_member_is_what_it_would_be_alone_in_the_stepwise_engine(int count, int chunkSize)
    {
        Population population = new(kernels, count, MemberAt) { ChunkSize = chunkSize };
        TrainedMember[] trained = [.. population.Train(Target)];
        Assert.That(trained, Has.Length.EqualTo(count));
        foreach (int i in new[] { 0, count / 2, count - 1 })
        {
            TrainingSettings own = MemberAt(i);
            AssertSame(trained[i], own, Gaussian.Chapter.Sample(own.Seed, Rows));
        }
    }

    [Test]
    public void Members_can_share_their_data_and_the_rates_can_decay()
    {
        TrainingSettings settings = Settings with { LrDecay = 0.7, Generator = new Network(2, 3, 2) };
        DataSet data = Gaussian.Chapter.Sample(seed: 3, Rows);
        Population population = new(new CompiledKernels(device, settings, data), 3, Own);
        TrainedMember[] trained = [.. population.Train(Target)];
        for (int i = 0; i < trained.Length; i++)
        {
            AssertSame(trained[i], Own(i), data);
        }

        TrainingSettings Own(int index) => settings with { Seed = MemberAt(index).Seed, LrD = MemberAt(index).LrD };
    }

    [Test]
    public void Each_member_has_a_decay_of_its_own()
    {
        Population population = new(kernels, 20, i => MemberAt(i) with { LrDecay = 1.1 - (0.05 * i) });
        TrainedMember[] trained = [.. population.Train(Target)];
        for (int i = 0; i < trained.Length; i += 3)
        {
            TrainingSettings own = trained[i].Settings;
            AssertSame(trained[i], own, Gaussian.Chapter.Sample(own.Seed, Rows));
        }
    }

    [Test]
    public void Another_number_of_epochs_or_rows_has_the_same_code()
    {
        TrainingSettings longer = Settings with { Epochs = 5, LrD = 0.01, LrDecay = 0.9, Seed = 3 };
        CompiledKernels same = kernels.For(longer, rows: 40);
        TrainedMember member = new Population(same, 1, _ => longer).Train(Target).Single();
        Assert.That(same.Train(withLosses: true, 1), Is.SameAs(kernels.Train(withLosses: true, 1)));
        AssertSame(member, longer, Gaussian.Chapter.Sample(longer.Seed, 40));
    }

    [Test]
    public void Code_that_would_have_to_be_another_is_refused()
    {
        DataSet data = Gaussian.Chapter.Sample(seed: 3, Rows);
        CompiledKernels shared = new(device, Settings, data);
        Assert.Multiple(() =>
        {
            Assert.That(() => kernels.For(Settings with { Shuffle = true }, Rows), Throws.ArgumentException);
            Assert.That(() => kernels.For(Settings with { BatchSize = 9 }, Rows), Throws.ArgumentException);
            Assert.That(() => kernels.For(Settings, rows: 5), Throws.ArgumentException, "batches of 5 rows");
            Assert.That(() => kernels.For(Settings, data), Throws.ArgumentException);
            Assert.That(() => shared.For(Settings, Rows), Throws.ArgumentException);
            Assert.That(() => shared.For(Settings with { Epochs = 1 }, Gaussian.Chapter.Sample(seed: 3, rows: 8)), Throws.Nothing);
        });
    }

    [Test]
    public void A_member_that_diverges_is_all_NaN_and_leaves_the_others_alone()
    {
        TrainedMember[] calm = [.. new Population(kernels, 20, MemberAt).Train(Target)];
        TrainedMember[] wild = [.. new Population(kernels, 20, i => i == 6 ? MemberAt(i) with { LrD = 3e38, LrG = 3e38 } : MemberAt(i)).Train(Target)];
        Assert.Multiple(() =>
        {
            Assert.That(wild[6].DivergedAt, Is.GreaterThan(0));
            Assert.That(wild[6].Verdict, Is.EqualTo(Verdict.Diverged));
            Assert.That(wild[6].LooksConverged, Is.False);
            Assert.That(float.IsNaN(wild[6].Losses.LossD) && float.IsNaN(wild[6].Losses.LossG));
            Assert.That(wild[6].Parameters.Values, Is.All.NaN);
            foreach (int i in Enumerable.Range(0, 20).Except([6]))
            {
                Assert.That(wild[i].Parameters.Sha256, Is.EqualTo(calm[i].Parameters.Sha256), $"member {i}");
                Assert.That(Bits.Of(wild[i].Losses), Is.EqualTo(Bits.Of(calm[i].Losses)), $"member {i}");
                Assert.That(wild[i].DivergedAt, Is.Null);
            }
        });
    }

    [Test]
    public void Progress_counts_every_step_of_every_member_once()
    {
        Population population = new(kernels, 10, MemberAt) { ChunkSize = 4 };
        List<long> launches = [];
        Assert.That(population.Train(Target, launches.Add).Count(), Is.EqualTo(10));
        Assert.Multiple(() =>
        {
            Assert.That(population.StepsPerMember, Is.EqualTo(3 * 4));
            Assert.That(launches.Sum(), Is.EqualTo(10 * population.StepsPerMember));
            Assert.That(launches, Is.All.GreaterThan(0));
        });
    }

    [Test]
    public void A_training_is_ended_between_two_launches()
    {
        using CancellationTokenSource source = new();
        Population population = new(kernels, 10, MemberAt);
        int launches = 0;
        Assert.That(
            () => population.Train(Target, _ =>
            {
                launches++;
                source.Cancel();
            }, source.Token).Count(),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(launches, Is.EqualTo(1));
    }

    [Test]
    public void Networks_that_are_too_large_are_refused()
    {
        TrainingSettings large = Settings with { Discriminator = new Network(2, 64, 64, 1) };
        Assert.That(
            () => new CompiledKernels(device, large, Gaussian.Chapter, Rows),
            Throws.InstanceOf<InvalidSettingException>().With.Property(nameof(InvalidSettingException.Setting)).EqualTo("Discriminator"));
    }

    [Test]
    public void Numbers_of_members_are_checked_as_those_of_settings()
    {
        foreach ((string setting, Func<TrainingSettings, TrainingSettings> change) in ((string, Func<TrainingSettings, TrainingSettings>)[])
            [
                ("Beta1", member => member with { Beta1 = 3 }),
                ("LrD", member => member with { LrD = double.NaN }),
                ("Epsilon", member => member with { Epsilon = 1e31 }),
                ("InitStd", member => member with { InitStd = -1 }),
            ])
        {
            Population population = new(kernels, 20, number => number == 17 ? change(MemberAt(number)) : MemberAt(number)) { ChunkSize = 16 };
            Assert.That(
                () => population.Train(Target).Count(),
                Throws.InstanceOf<InvalidSettingException>().With.Message.StartsWith($"member 17: {setting} ")
                    .And.Property(nameof(InvalidSettingException.Setting)).EqualTo(setting)
                    .And.Property(nameof(InvalidSettingException.Member)).EqualTo(17));
        }
    }

    [Test]
    public void Data_that_are_not_finite_are_refused() => Assert.That(
        () => new CompiledKernels(device, Settings, new DataSet([1, 2, float.NaN, 4], 2)),
        Throws.ArgumentException.With.Message.EqualTo("data[1, 0] is NaN; all numbers must be finite"));

    [Test]
    public void A_target_of_other_columns_is_refused_before_the_training() => Assert.That(
        () => new Population(kernels, 2, MemberAt).Train(Evaluation.Of(new Table([1, 2, 3, 4, 5, 7], 3))),
        Throws.ArgumentException);

    [Test]
    public void Losses_are_means_over_the_steps_that_have_them()
    {
        using CompiledTrainer trainer = new(kernels, [MemberAt(0)]), single = new(kernels, [MemberAt(0)]);
        List<EpochLosses> steps = [];
        for (int step = 0; step < 8; step++)
        {
            single.Train(1, withLosses: true);
            steps.Add(single.ReadLosses()[0]);
        }

        Assert.That(() => trainer.ReadLosses(), Throws.InvalidOperationException);
        trainer.Train(3, withLosses: true);
        AssertMean(1, 0..3);
        trainer.Train(1, withLosses: false);
        AssertMean(1, 0..3);
        trainer.Train(1, withLosses: false);
        trainer.Train(2, withLosses: true);
        AssertMean(2, 5..7);
        trainer.Train(1, withLosses: true);
        AssertMean(2, 5..8);
        trainer.Train(3, withLosses: false);
        AssertMean(2, 5..8);

        void AssertMean(int epoch, Range of)
        {
            EpochLosses[] all = [.. steps.Take(of)];
            float d = 0, g = 0;
            foreach (EpochLosses step in all)
            {
                d += step.LastLossD;
                g += step.LastLossG;
            }

            Assert.That(Bits.Of(trainer.ReadLosses()[0]), Is.EqualTo(Bits.Of(new EpochLosses(epoch, d / all.Length, g / all.Length, all[^1].LastLossD, all[^1].LastLossG))));
        }
    }

    [TestCase(0)]
    [TestCase(-5)]
    [TestCase(int.MaxValue)]
    public void A_number_of_steps_that_cannot_be_is_refused(int steps)
    {
        using CompiledTrainer trainer = new(kernels, [MemberAt(0)]);
        trainer.Train(1, withLosses: false);
        Assert.That(() => trainer.Train(steps, withLosses: false), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(trainer.Steps, Is.EqualTo(1));
    }

    [TestCase(1)]
    [TestCase(4)]
    [TestCase(8)]
    [TestCase(16)]
    public void The_lanes_of_a_thread_change_nothing(int lanes)
    {
        // A scalar kernel of the chapter's networks would be compiled for seconds.
        TrainingSettings settings = Settings with { Discriminator = new Network(2, 2, 1) };
        CompiledKernels narrow = new(device, settings, Gaussian.Chapter, Rows, lanes);
        Assert.That(narrow.Lanes, Is.EqualTo(lanes));
        TrainedMember last = new Population(narrow, 3, index => MemberAt(index) with { Discriminator = settings.Discriminator }).Train(Target).Last();
        AssertSame(last, last.Settings, Gaussian.Chapter.Sample(last.Settings.Seed, Rows));
    }

    [Test]
    public void A_member_of_the_chapters_networks_takes_at_most_600_bytes() => Assert.That(kernels.BytesPerMember, Is.InRange(1, 600));

    [Test]
    public void A_number_of_lanes_that_no_thread_has_is_refused()
    {
        Assert.That(() => new CompiledKernels(device, Settings, Gaussian.Chapter, Rows, lanes: 5), Throws.ArgumentException);
    }

    private static TrainingSettings MemberAt(int index) => Settings with { Seed = Settings.Seed + (ulong)index, LrD = 0.05 / (1 + index) };

    private void AssertSame(TrainedMember member, TrainingSettings settings, DataSet data)
    {
        using StepwiseTrainer alone = new(device, settings, data);
        EpochLosses losses = alone.TrainEpoch();
        while (alone.Epochs < settings.Epochs)
        {
            losses = alone.TrainEpoch();
        }

        GanParameters parameters = alone.ReadParameters();
        Assert.Multiple(() =>
        {
            Assert.That(member.Settings.Seed, Is.EqualTo(settings.Seed));
            Assert.That(member.Parameters.Sha256, Is.EqualTo(parameters.Sha256));
            Assert.That(Bits.Of(member.Losses), Is.EqualTo(Bits.Of(losses)));
            Assert.That(member.DivergedAt, Is.EqualTo(alone.DivergedAt));
            Assert.That(member.Verdict, Is.EqualTo(Target.Judge(parameters, settings.Seed)));
        });
    }
}
