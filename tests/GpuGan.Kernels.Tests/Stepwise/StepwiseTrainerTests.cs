using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Random;
using GpuGan.Kernels.Stepwise;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Tests.Stepwise;

[TestFixture]
public class StepwiseTrainerTests
{
    private static readonly TrainingSettings TwoEpochs = new() { Epochs = 2 };

    private Device device = null!;

    [OneTimeSetUp]
    public void OpenDevice() => device = Device.Open("cpu");

    [OneTimeTearDown]
    public void CloseDevice() => device.Dispose();

    [Test]
    public void One_seed_gives_the_same_bits_and_another_does_not()
    {
        string first = Train(7), again = Train(7);
        Assert.Multiple(() =>
        {
            Assert.That(again, Is.EqualTo(first));
            Assert.That(Train(8), Is.Not.EqualTo(first));
            Assert.That(Train(7 + (1UL << 32)), Is.Not.EqualTo(first));
        });
    }

    [Test]
    public void The_last_batch_of_an_epoch_may_be_short()
    {
        using StepwiseTrainer trainer = new(device, TwoEpochs, Gaussian.Chapter.Sample(0, 20));
        trainer.TrainEpoch();
        Assert.That(trainer.Steps, Is.EqualTo(3));
        Assert.That(() => trainer.TrainStep(new float[15]), Throws.ArgumentException.With.Message.Contains("step 4 takes 16 numbers"));
        trainer.TrainStep(new float[16]);
        trainer.TrainStep(new float[16]);
        Assert.That(() => trainer.TrainStep(new float[8]), Throws.Nothing);
        Assert.That(trainer.Epochs, Is.EqualTo(2));
    }

    [Test]
    public void An_epoch_is_the_same_steps_as_single_ones_with_its_noise()
    {
        TrainingSettings settings = TwoEpochs with { Seed = 3, Generator = new Network(3, 4, 2), BatchSize = 7 };
        DataSet data = Gaussian.Chapter.Sample(3, 18);
        using StepwiseTrainer whole = new(device, settings, data), single = new(device, settings, data);
        EpochLosses losses = whole.TrainEpoch();
        float sumD = 0, sumG = 0, lastD = 0, lastG = 0;
        foreach (int step in Enumerable.Range(0, 3))
        {
            float[] noise = new float[(step == 2 ? 4 : 7) * 3];
            Streams.Fill(3, StreamId.Noise, (uint)step, noise);
            (lastD, lastG) = single.TrainStep(noise);
            sumD += lastD;
            sumG += lastG;
        }

        Assert.Multiple(() =>
        {
            Assert.That(Bits.Of(losses), Is.EqualTo(Bits.Of(new EpochLosses(1, sumD / 3, sumG / 3, lastD, lastG))));
            Assert.That(Bits.Of(single.ReadParameters().Values), Is.EqualTo(Bits.Of(whole.ReadParameters().Values)));
        });
    }

    [Test]
    public void After_single_steps_the_rest_of_their_epoch_is_trained()
    {
        DataSet data = Gaussian.Chapter.Sample(0, 20);
        using StepwiseTrainer trainer = new(device, TwoEpochs with { Seed = 3 }, data), single = new(device, TwoEpochs with { Seed = 3 }, data);
        float[] noise = new float[16];
        Streams.Fill(3, StreamId.Noise, 0, noise);
        trainer.TrainStep(noise);
        EpochLosses losses = trainer.TrainEpoch();
        float sumD = 0, sumG = 0, lastD = 0, lastG = 0;
        for (int step = 0; step < 3; step++)
        {
            noise = new float[step < 2 ? 16 : 8];
            Streams.Fill(3, StreamId.Noise, (uint)step, noise);
            (lastD, lastG) = single.TrainStep(noise);
            (sumD, sumG) = step == 0 ? (0, 0) : (sumD + lastD, sumG + lastG);
        }

        Assert.That((trainer.Steps, trainer.Epochs), Is.EqualTo((3, 1)));
        Assert.That(Bits.Of(losses), Is.EqualTo(Bits.Of(new EpochLosses(1, sumD / 2, sumG / 2, lastD, lastG))));
    }

    [Test]
    public void A_decaying_learning_rate_is_that_of_its_epoch()
    {
        DataSet data = Gaussian.Chapter.Sample(0, 8);
        using StepwiseTrainer decaying = new(device, TwoEpochs with { LrDecay = 0 }, data), constant = new(device, TwoEpochs, data);
        decaying.TrainEpoch();
        constant.TrainEpoch();
        float[] first = constant.ReadParameters().Values;
        decaying.TrainEpoch();
        constant.TrainEpoch();
        Assert.Multiple(() =>
        {
            Assert.That(Bits.Of(decaying.ReadParameters().Values), Is.EqualTo(Bits.Of(first)), "the second epoch's learning rate is 0");
            Assert.That(constant.ReadParameters().Values, Is.Not.EqualTo(first));
        });
    }

    [Test]
    public void Shuffled_rows_are_those_that_the_order_of_their_epoch_has()
    {
        // Trained epoch by epoch on rows that were put into that order beforehand.
        DataSet data = Gaussian.Chapter.Sample(0, 27);
        TrainingSettings plain = TwoEpochs with { Seed = 5 };
        using StepwiseTrainer shuffled = new(device, plain with { Shuffle = true }, data);
        TrainingState state = null!;
        for (uint epoch = 0; epoch < plain.Epochs; epoch++)
        {
            int[] order = [.. Enumerable.Range(0, data.Rows).Select(place => (int)RowOrder.RowAt((uint)place, (uint)data.Rows, 5u, 0u, epoch, default(DeviceOperations)))];
            using StepwiseTrainer sorted = new(device, plain, new DataSet([.. order.SelectMany(row => new[] { data[row, 0], data[row, 1] })], 2));
            if (epoch > 0)
            {
                sorted.WriteState(state);
            }

            Assert.That(shuffled.TrainEpoch(), Is.EqualTo(sorted.TrainEpoch()), $"epoch {epoch}");
            state = sorted.ReadState();
            Assert.That(order, Is.Not.Ordered);
        }
    }

    [Test]
    public void A_divergence_is_found_at_its_step_and_its_parameters_are_NaN()
    {
        // Adam's step is the learning rate's size: 3e38 fits once, twice is infinite.
        using StepwiseTrainer trainer = new(device, TwoEpochs with { LrD = 3e38, Beta1 = 0 }, Gaussian.Chapter.Sample(0, 64));
        trainer.TrainEpoch();
        Assert.Multiple(() =>
        {
            Assert.That(trainer.DivergedAt, Is.InRange(1, 8));
            Assert.That(trainer.ReadParameters().Values, Is.All.NaN);
        });
    }

    [Test]
    public void Settings_that_do_not_fit_are_refused()
    {
        DataSet data = Gaussian.Chapter.Sample(0, 8);
        Assert.Multiple(() =>
        {
            Assert.That(
                () => new StepwiseTrainer(device, TwoEpochs with { Generator = new Network(2, 3) }, data),
                Throws.InstanceOf<InvalidSettingException>().With.Property(nameof(InvalidSettingException.Setting)).EqualTo("Generator"));
            Assert.That(
                () => new StepwiseTrainer(device, TwoEpochs with { LrG = double.NaN }, data),
                Throws.InstanceOf<InvalidSettingException>().With.Property(nameof(InvalidSettingException.Setting)).EqualTo("LrG"));
            foreach (float number in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity])
            {
                Assert.That(
                    () => new StepwiseTrainer(device, TwoEpochs, new DataSet([1, 2, 3, number], 2)),
                    Throws.ArgumentException.With.Message.EqualTo($"data[1, 1] is {number}; all numbers must be finite"));
            }
        });
    }

    private string Train(ulong seed)
    {
        TrainingSettings settings = TwoEpochs with { Seed = seed };
        using StepwiseTrainer trainer = new(device, settings, Gaussian.Chapter.Sample(seed, 100));
        List<EpochLosses> losses = [.. Enumerable.Range(0, settings.Epochs).Select(_ => trainer.TrainEpoch())];
        return string.Join(' ', losses) + trainer.ReadParameters().Sha256;
    }
}
