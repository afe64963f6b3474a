using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Training;

namespace GpuGan.Parity.Tests.Compiled;

/// <summary>Members of populations, whatever their number and chunks, against the same GANs alone in the step-by-step engine.</summary>
[TestFixtureSource(typeof(LaneTable), nameof(LaneTable.OfAccelerators))]
public sealed class PopulationParityTests(string accelerator, int lanes) : EmittedFixture(accelerator, lanes)
{
    private const int FirstSeed = 5, Rows = 100;

    private static readonly TrainingSettings Short = new() { Epochs = 2 }, Whole = new();

    // At 1e30 the networks saturate, and all numbers stay finite.
    private static readonly double[] AbsurdRates = [1e38, 1e30, 0, 1e-30];

    private readonly Dictionary<int, CompiledKernels> kernels = [];

    [TestCase(1, 1)]
    [TestCase(2, 1)]
    [TestCase(17, 5)]
    [TestCase(250, 96)]
    public void Members_have_the_bits_that_they_have_alone(int population, int chunk) => AssertAsAlone(Short, Rows, population, chunk);

    [Category("Slow")]
    [TestCase(1, 1)]
    [TestCase(2, 1)]
    [TestCase(17, 5)]
    [TestCase(250, 96)]
    public void After_2500_steps_members_have_the_bits_that_they_have_alone(int population, int chunk) => AssertAsAlone(Whole, 1000, population, chunk);

    [Test]
    public void Absurd_learning_rates_are_marked_and_leave_the_neighbours_alone()
    {
        TrainingSettings[] ordinary = [.. Members(Short, 20)], mixed = [.. ordinary];
        for (int i = 0; i < mixed.Length; i += 3)
        {
            double rate = AbsurdRates[i / 3 % AbsurdRates.Length];
            mixed[i] = mixed[i] with { LrD = rate, LrG = rate, InitStd = 1 };
        }

        CompiledKernels compiled = Kernels(Short, Rows);
        MemberResult[] expected = Train(compiled, ordinary, ordinary.Length), results = Train(compiled, mixed, mixed.Length);
        for (int i = 0; i < mixed.Length; i++)
        {
            MemberResult right = i % 3 == 0 ? MemberResult.Alone(mixed[i], Rows) : expected[i];
            right.AssertSame(results[i], $"member {i}");
        }

        Assert.That(results.Where((_, i) => mixed[i].LrD is 1e38).Select(result => result.DivergedAt), Has.Exactly(2).Items.And.All.Not.Null);
        Assert.That(results.Where((_, i) => i % 3 != 0).Select(result => result.DivergedAt), Is.All.Null);
    }

    private CompiledKernels Kernels(TrainingSettings settings, int rows) =>
        kernels.TryGetValue(rows, out CompiledKernels? known) ? known : kernels[rows] = new CompiledKernels(Device, settings, null, Gaussian.Chapter, rows, Lanes);

    private static IEnumerable<TrainingSettings> Members(TrainingSettings settings, int count) =>
        Enumerable.Range(FirstSeed, count).Select(seed => settings with { Seed = (ulong)seed });

    /// <summary>All members in one trainer and in chunks are equal; the first, the last and some between are as alone.</summary>
    private void AssertAsAlone(TrainingSettings settings, int rows, int population, int chunk)
    {
        CompiledKernels compiled = Kernels(settings, rows);
        TrainingSettings[] members = [.. Members(settings, population)];
        MemberResult[] together = Train(compiled, members, population), chunked = Train(compiled, members, chunk);
        for (int i = 0; i < population; i++)
        {
            together[i].AssertSame(chunked[i], $"member {i} in another chunk");
        }

        foreach (int i in Enumerable.Range(0, 5).Select(part => part * (population - 1) / 4).Distinct())
        {
            MemberResult.Alone(members[i], rows).AssertSame(together[i], $"member {i}");
        }
    }

    private static MemberResult[] Train(CompiledKernels compiled, TrainingSettings[] members, int chunk)
    {
        List<MemberResult> results = [];
        foreach (TrainingSettings[] some in members.Chunk(chunk))
        {
            using CompiledTrainer trainer = new(compiled, some);
            trainer.Train(trainer.StepsPerEpoch * (compiled.Settings.Epochs - 1), withLosses: false);
            trainer.Train(trainer.StepsPerEpoch, withLosses: true);
            results.AddRange(MemberResult.Of(trainer));
        }

        return [.. results];
    }
}
