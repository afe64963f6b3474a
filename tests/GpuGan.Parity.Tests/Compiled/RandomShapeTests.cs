using GpuGan.Kernels;
using System.Collections.Concurrent;
using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;
using GpuGan.Kernels.Training.Losses;

namespace GpuGan.Parity.Tests.Compiled;

/// <summary>Any shapes and settings: members of the compiled engine against the same GANs alone in the step-by-step engine.</summary>
[TestFixtureSource(typeof(LaneTable), nameof(LaneTable.OfDifferentCode))]
public sealed class RandomShapeTests(string accelerator, int lanes) : EmittedFixture(accelerator, lanes)
{
    private const int Members = 3;

    // Of three different numbers of layers. The vectors of one number of lanes are tried on more shapes than those of the others,
    // whose code has the same lines and takes as long to compile.
    private static readonly int[] Three = [0, 1, 4];

    // What is drawn for one number of lanes is drawn for the next.
    private static readonly ConcurrentDictionary<(TrainingSettings Settings, int Rows, bool OwnData), MemberResult> Known = [];

    // ILGPU compiles the scalar kernels of deep networks for seconds.
    private bool IsVector => Lanes.Count > 1;

    [Test]
    public void Members_of_any_shape_have_the_bits_that_they_have_alone() => AssertAsAlone(Lanes.Count switch { 1 => [0], 8 => [0, 1, 2, 3, 4, 5], _ => Three }, mostHidden: IsVector ? 3 : 1);

    [Test]
    [Category("Slow")]
    public void Members_of_many_shapes_have_the_bits_that_they_have_alone() => AssertAsAlone([.. Enumerable.Range(100, IsVector ? 40 : 8)], mostHidden: 3);

    private void AssertAsAlone(int[] draws, int mostHidden)
    {
        HashSet<int> layers = [];
        int done = 0;
        foreach (int draw in draws)
        {
            System.Random random = new(draw);
            bool ownData = random.Next(2) == 0;
            TrainingSettings settings = Settings(random, columns: ownData ? 2 : random.Next(1, 4), mostHidden);
            layers.Add(settings.Discriminator.Layers.Count);
            AssertAsAlone(settings, random.Next(1, 40), ownData, $"draw {draw}, {settings.Generator} {settings.Discriminator}");
            done++;
        }

        Assert.That(done, Is.EqualTo(draws.Length));
        Assert.That(layers, Has.Count.GreaterThanOrEqualTo(Math.Min(draws.Length, 3)), "numbers of layers that were drawn");
    }

    private void AssertAsAlone(TrainingSettings settings, int rows, bool ownData, string what)
    {
        int columns = settings.Discriminator.Inputs;
        DataSet? shared = ownData ? null : new DataSet(NumbersTable.Draw(Numbers.Ordinary, seed: 3, rows * columns), columns);
        TrainingSettings[] members = [.. Enumerable.Range(0, Members).Select(i => settings with { Seed = settings.Seed + (ulong)i, LrG = settings.LrG / (i + 1) })];
        using CompiledTrainer trainer = new(
            new CompiledKernels(Device, settings, shared, ownData ? Gaussian.Chapter : null, rows, Lanes), members);
        for (int epoch = 0; epoch < settings.Epochs; epoch++)
        {
            trainer.Train(trainer.StepsPerEpoch, withLosses: true);
        }

        foreach ((TrainingSettings member, MemberResult actual) in members.Zip(MemberResult.Of(trainer)))
        {
            Known.GetOrAdd((member, rows, ownData), alone => MemberResult.Alone(alone.Settings, shared ?? Gaussian.Chapter.Sample(member.Seed, rows)))
                .AssertSame(actual, what);
        }
    }

    /// <summary>1 to 4 layers of 1 to 8 units, 1 to 4 latent variables, and everything else that the two engines share.</summary>
    private static TrainingSettings Settings(System.Random random, int columns, int mostHidden) => new()
    {
        Generator = new Network([random.Next(1, 5), .. Hidden(random, mostHidden), columns]),
        Discriminator = new Network([columns, .. Hidden(random, mostHidden), 1]),
        Loss = Any(LossTable.All, random),
        BatchSize = random.Next(1, 13),
        Epochs = 2,
        InitStd = random.NextDouble(),
        LrD = 0.1 * random.NextDouble(),
        LrG = 0.1 * random.NextDouble(),
        LrDecay = random.Next(2) == 0 ? 1 : random.NextDouble(),
        Beta1 = random.NextDouble(),
        Beta2 = random.NextDouble(),
        Epsilon = Math.Pow(10, -random.Next(1, 12)),
        Seed = (ulong)random.NextInt64(),
        Shuffle = random.Next(2) == 0,
    };

    private static IEnumerable<int> Hidden(System.Random random, int most) => [.. Enumerable.Range(0, random.Next(most + 1)).Select(_ => random.Next(1, 9))];

    private static T Any<T>(WordTable<T> table, System.Random random)
        where T : notnull => table.Values[random.Next(table.Values.Count)];
}
