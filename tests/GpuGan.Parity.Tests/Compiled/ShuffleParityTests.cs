using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;

namespace GpuGan.Parity.Tests.Compiled;

/// <summary>Members whose rows are shuffled, each in an order of its own, against the same GANs alone in the step-by-step engine.</summary>
[TestFixtureSource(typeof(LaneTable), nameof(LaneTable.OfDifferentCode))]
public sealed class ShuffleParityTests(string accelerator, int lanes) : EmittedFixture(accelerator, lanes)
{
    private const int Members = 5;

    /// <summary>With a short last batch, and with less rows than a batch has; launches begin and end within epochs.</summary>
    [TestCase(27, true)]
    [TestCase(27, false)]
    [TestCase(5, false)]
    public void They_have_the_bits_that_they_have_alone(int rows, bool ownData)
    {
        TrainingSettings settings = new() { Discriminator = new Network(2, 2, 1), Shuffle = true, Epochs = 4 };
        DataSet shared = Gaussian.Chapter.Sample(seed: 1, rows);
        TrainingSettings[] members = [.. Enumerable.Range(0, Members).Select(seed => settings with { Seed = (ulong)seed })];
        using CompiledTrainer trainer = new(
            new CompiledKernels(Device, settings, ownData ? null : shared, ownData ? Gaussian.Chapter : null, rows, Lanes), members);
        int all = settings.Epochs * trainer.StepsPerEpoch;
        while (trainer.Steps < all)
        {
            trainer.Train(Math.Min(3, all - trainer.Steps), withLosses: true);
        }

        foreach ((TrainingSettings member, MemberResult actual) in members.Zip(MemberResult.Of(trainer)))
        {
            MemberResult alone = ownData ? MemberResult.Alone(member, rows) : MemberResult.Alone(member, shared);
            alone.AssertSame(actual, $"seed {member.Seed}");
        }
    }

    /// <summary>Without losses a launch passes from one epoch to the next.</summary>
    [Test]
    public void A_launch_may_have_several_epochs()
    {
        TrainingSettings settings = new() { Discriminator = new Network(2, 2, 1), Shuffle = true, BatchSize = 2 };
        DataSet data = Gaussian.Chapter.Sample(seed: 1, rows: 7);
        CompiledKernels kernels = new(Device, settings, data, null, data.Rows, Lanes);
        using CompiledTrainer once = new(kernels, [settings]), twice = new(kernels, [settings]);
        once.Train(5 * once.StepsPerEpoch, withLosses: false);
        twice.Train(once.StepsPerEpoch + 2, withLosses: false);
        twice.Train((4 * once.StepsPerEpoch) - 2, withLosses: false);
        string alone = new GanParameters(
            settings.Generator, settings.Discriminator, MemberResult.Alone(settings with { Epochs = 5 }, data).Parameters).Sha256;
        Assert.That(once.ReadParameters()[0].Sha256, Is.EqualTo(alone));
        Assert.That(twice.ReadParameters()[0].Sha256, Is.EqualTo(alone));
    }
}
