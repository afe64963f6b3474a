using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Tiled;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Tests.Tiled;

/// <summary>Members that are trained one a core are those that are trained in the lanes of a kernel.</summary>
[TestFixture]
public class TiledPopulationTests
{
    private const int Rows = 40, Count = 11;

    private static readonly TrainingSettings Settings = new() { Discriminator = new Network(2, 4, 1), Epochs = 3, InitStd = 0.5, GEma = 0.5 };

    private static readonly Evaluation Target = Evaluation.Of(Gaussian.Chapter);

    [Test]
    public void Members_are_those_of_the_compiled_engine([Values] bool shared, [Values] bool start)
    {
        using Device device = Device.Open("cpu");
        DataSet data = Gaussian.Chapter.Sample(seed: 5, Rows);
        CompiledKernels kernels = shared ? new(device, Settings, data) : new(device, Settings, Gaussian.Chapter, Rows);
        DiscriminatorAccuracy accuracy = new(Gaussian.Chapter, 50);
        Func<GanParameters, GanParameters>? half = start ? drawn => new(drawn.Generator, drawn.Discriminator, Array.ConvertAll(drawn.Values, value => value / 2)) : null;
        TrainedMember[] expected = [.. new Population(kernels, Count, Member) { Accuracy = accuracy, Start = half }.Train(Target)];
        long steps = 0;
        TiledPopulation population = new(device, Settings, Count, Member, member => shared ? data : Gaussian.Chapter.Sample(member.Seed, Rows), Rows) { Accuracy = accuracy, Start = half };
        TrainedMember[] members = [.. population.Train(Target, done => steps += done)];
        Assert.Multiple(() =>
        {
            Assert.That(members, Has.Length.EqualTo(Count));
            Assert.That(members.Select(member => member.Parameters.Sha256), Is.EqualTo(expected.Select(member => member.Parameters.Sha256)));
            Assert.That(members.Select(member => member with { Parameters = expected[0].Parameters, Averages = null }), Is.EqualTo(expected.Select(member => member with { Parameters = expected[0].Parameters, Averages = null })));
            Assert.That(members[3].DivergedAt, Is.Not.Null);
            Assert.That(steps, Is.EqualTo(Count * population.StepsPerMember));
        });
    }

    [Test]
    public void A_member_that_is_wrong_is_told()
    {
        using Device device = Device.Open("cpu");
        TiledPopulation population = new(device, Settings, 9, i => Settings with { LrD = i == 4 ? -1 : 0.1 }, member => Gaussian.Chapter.Sample(member.Seed, Rows), Rows);
        Assert.That(() => population.Train(Target).Count(), Throws.InstanceOf<InvalidSettingException>());
    }

    [Test]
    public void A_training_can_be_ended()
    {
        using Device device = Device.Open("cpu");
        using CancellationTokenSource source = new();
        TiledPopulation population = new(device, Settings, 100, Member, member => Gaussian.Chapter.Sample(member.Seed, Rows), Rows);
        Assert.That(() => population.Train(Target, _ => source.Cancel(), source.Token).Count(), Throws.InstanceOf<OperationCanceledException>());
    }

    // Member 3 does not stay finite.
    private static TrainingSettings Member(int index) => Settings with { Seed = (ulong)index, LrD = index == 3 ? 1e38 : 0.01 * (index + 1) };
}
