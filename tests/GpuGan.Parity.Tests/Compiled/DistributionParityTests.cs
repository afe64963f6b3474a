using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;
using GpuGan.Kernels.Training.Losses;
using GpuGan.Kernels.Training.Optimizers;

namespace GpuGan.Parity.Tests.Compiled;

/// <summary>Members that draw rows of their own from each distribution in the kernel, against the same GANs alone on rows that the host drew.</summary>
[TestFixtureSource(typeof(LaneTable), nameof(LaneTable.OfDifferentCode))]
public sealed class DistributionParityTests(string accelerator, int lanes) : EmittedFixture(accelerator, lanes)
{
    // The chapter's has tests of its own.
    private static readonly IDistribution[] Distributions =
    [
        new Gaussian([1, 0.5f, 0, 0, 1, 0.25f, -2, 0, 3], [1, -1, 10]), Gaussian.Standard(1), new Ring(), new Ring(3, 2, 0.5), new Grid(), new Spiral(), new Moons(), new Circles(),
        new Line(), new Point(-1.5f), new Cross(0.25f),
    ];

    [Test]
    public void Their_rows_have_the_bits_of_the_hosts([ValueSource(nameof(Distributions))] IDistribution distribution, [Values] bool shuffle)
    {
        const int Rows = 27;
        int columns = distribution.Columns;

        // The game that is compiled soonest, and that keeps most of the rows: sums of their numbers become the discriminator's weights.
        TrainingSettings settings = new()
        {
            Generator = new Network(1, columns),
            Discriminator = new Network(columns, 1),
            Loss = default(WassersteinLoss),
            DOptimizer = default(GradientDescent),
            GOptimizer = default(GradientDescent),
            LrD = 1,
            Shuffle = shuffle,
            Epochs = 2,
        };
        TrainingSettings[] members = [.. Enumerable.Range(0, 5).Select(seed => settings with { Seed = (ulong)seed })];
        using CompiledTrainer trainer = new(new CompiledKernels(Device, settings, null, distribution, Rows, Lanes), members);
        int all = settings.Epochs * trainer.StepsPerEpoch;
        while (trainer.Steps < all)
        {
            trainer.Train(Math.Min(3, all - trainer.Steps), withLosses: true);
        }

        foreach ((TrainingSettings member, MemberResult actual) in members.Zip(MemberResult.Of(trainer)))
        {
            MemberResult.Alone(member, distribution, Rows).AssertSame(actual, $"seed {member.Seed}");
        }
    }
}
