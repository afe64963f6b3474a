using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Networks.Activations;
using GpuGan.Kernels.Tiled;
using GpuGan.Kernels.Training;
using GpuGan.Kernels.Training.Losses;

namespace GpuGan.Kernels.Tests.Tiled;

/// <summary>What a training takes of the memory is known before it begins.</summary>
[TestFixture]
public class TiledMemoryTests
{
    private static readonly TrainingSettings Wide = new() { Generator = new Network(2, 100, 90, 2), Discriminator = new Network(2, 130, 70, 1), BatchSize = 300 };

    private static readonly TrainingSettings[] Games =
    [
        Wide,
        Wide with { BatchSize = 1, GEma = 0.9 },
        Wide with { R1 = 1, R2 = 1, Loss = new RelativisticLoss() },
        Wide with { GradientPenalty = 10, Discriminator = new Network(2, 130, 70, 1) { Hidden = new LeakyReluActivation() } },
    ];

    [Test]
    public void It_is_what_is_allocated([ValueSource(nameof(Games))] TrainingSettings settings)
    {
        using Device device = Device.Open("cpu", threads: 2);
        DataSet data = Gaussian.Chapter.Sample(seed: 0, rows: 700);
        GanParameters initial = new(settings.Generator, settings.Discriminator, new float[settings.Generator.ParameterCount + settings.Discriminator.ParameterCount]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        using TiledTrainer trainer = new(device, settings, data, initial);
        double allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.That(TiledTrainer.BytesOf(settings, data.Rows, threads: 2) / allocated, Is.InRange(0.9, 1.0));
    }

    [Test]
    public void Of_members_it_is_what_those_take_that_are_trained_at_the_same_time() =>
        Assert.That(TiledPopulation.BytesOf(Wide, rows: 700, atOnce: 3), Is.EqualTo(3 * TiledTrainer.BytesOf(Wide, rows: 700, threads: 1)));

    [Test]
    public void More_than_there_is_is_refused_before_anything_is_allocated()
    {
        const int Rows = 2_000_000;
        using Device device = Device.Open("cpu");
        TrainingSettings settings = new() { Generator = new Network(1, 1), Discriminator = Network.Parse("1-8192-8192-8192-8192-8192-8192-8192-1"), BatchSize = Rows };
        DataSet data = new(new float[Rows], 1);
        long before = GC.GetTotalAllocatedBytes();
        Assert.That(
            () => new TiledTrainer(device, settings, data),
            Throws.TypeOf<DeviceMemoryException>().With.Message.Match(
                @"^not enough memory on cpu: the training takes \d+\.\d GB, there are \d+\.\d; take a smaller batch or narrower networks$"));
        Assert.That(GC.GetTotalAllocatedBytes() - before, Is.InRange(0, 50_000_000));
    }
}
