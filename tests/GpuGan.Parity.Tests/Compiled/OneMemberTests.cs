using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Compiled.BackEnds;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Stepwise;
using GpuGan.Kernels.Training;

namespace GpuGan.Parity.Tests.Compiled;

/// <summary>One GAN with its rows and its parameters in the lanes of vectors, against itself in the step-by-step engine: all that a training keeps.</summary>
[TestFixture]
public sealed class OneMemberTests
{
    private const int Rows = 21;

    private static Device Device => ReferenceDevice.Device;

    [Test]
    public void Any_game_has_the_bits_of_the_step_by_step_engine([Range(0, 11)] int number) => AssertSame(RandomGame.Of(number));

    [Test]
    [Category("Slow")]
    public void Many_games_have_the_bits_of_the_step_by_step_engine([Range(12, 51)] int number) => AssertSame(RandomGame.Of(number));

    /// <summary>Groups of rows that are full, that are not, and several of both; layers wider than a vector.</summary>
    [TestCase(8, 3, "3-9-2", "2-17-8-1")]
    [TestCase(9, 1, "1-8-2", "2-7-9-1")]
    [TestCase(16, 2, "2-2", "2-5-3-1")]
    [TestCase(19, 4, "5-2", "2-16-1")]
    public void Any_batch_has_the_bits_of_the_step_by_step_engine(int batch, int number, string generator, string discriminator) => AssertSame(RandomGame.Of(number) with
    {
        BatchSize = batch,
        Generator = Network.Parse(generator),
        Discriminator = Network.Parse(discriminator),
    });

    private static void AssertSame(TrainingSettings settings)
    {
        Assume(VectorLanes.OfOneMember);
        DataSet data = Gaussian.Chapter.Sample(settings.Seed, Rows);
        using StepwiseTrainer expected = new(Device, settings, data);
        using CompiledTrainer ofData = new(new CompiledKernels(Device, settings, data, null, Rows, VectorLanes.OfOneMember!), [settings]);
        using CompiledTrainer ofOwnRows = new(new CompiledKernels(Device, settings, null, Gaussian.Chapter, Rows, VectorLanes.OfOneMember!), [settings]);
        for (int epoch = 0; epoch < settings.Epochs; epoch++)
        {
            EpochLosses losses = expected.TrainEpoch();
            foreach (CompiledTrainer trainer in new[] { ofData, ofOwnRows })
            {
                trainer.Train(trainer.StepsPerEpoch, withLosses: true);
                Assert.That(Bits.Of(trainer.ReadLosses()[0]), Is.EqualTo(Bits.Of(losses)), $"losses of epoch {epoch}");
                Assert.That(trainer.ReadDivergedAt()[0], Is.EqualTo(expected.DivergedAt));
            }
        }

        foreach (CompiledTrainer trainer in new[] { ofData, ofOwnRows })
        {
            AssertSame(trainer.ReadStates()[0], expected.ReadState());
        }
    }

    private static void AssertSame(TrainingState actual, TrainingState expected)
    {
        SameBits.Assert(actual.Parameters.Values, expected.Parameters.Values, "parameters");
        for (int word = 0; word < expected.Optimizer.Count; word++)
        {
            SameBits.Assert(actual.Optimizer[word].Values, expected.Optimizer[word].Values, $"what the optimiser keeps, word {word}");
        }

        Assert.That(actual.Averages is null, Is.EqualTo(expected.Averages is null));
        if (expected.Averages is not null)
        {
            SameBits.Assert(actual.Averages!.Values, expected.Averages.Values, "averages");
        }

        Assert.That((actual.PowersD, actual.PowersG), Is.EqualTo((expected.PowersD, expected.PowersG)), "powers of the decays");
    }

    private static void Assume(object? lanes)
    {
        if (lanes is null)
        {
            NUnit.Framework.Assert.Ignore("this processor lacks the instructions, AVX2 and FMA");
        }
    }
}
