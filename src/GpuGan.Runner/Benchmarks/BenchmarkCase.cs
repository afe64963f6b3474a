using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Engines;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;

namespace GpuGan.Runner.Benchmarks;

/// <summary>What one row of a benchmark measures.</summary>
/// <param name="Series">What the row belongs to: what changes from row to row.</param>
/// <param name="Engine">Which engine.</param>
/// <param name="Population">Number of members.</param>
/// <param name="Lanes">Members for each thread; 0 for the fastest.</param>
/// <param name="StepsPerLaunch">Steps of a launch; 0 for as many as take a fraction of a second.</param>
/// <param name="Discriminator">Its widths.</param>
/// <param name="BatchSize">Rows of a batch.</param>
/// <param name="FastMath">Whether a GPU may take its own functions.</param>
/// <param name="Shuffle">Whether each epoch has an order of the rows of its own.</param>
internal sealed record BenchmarkCase(
    string Series, Engine Engine, int Population, int Lanes, int StepsPerLaunch, Network Discriminator, int BatchSize, bool FastMath, bool Shuffle = false)
{
    private const int Typical = 4096;

    /// <summary>Widths of the generator.</summary>
    public Network Generator { get; init; } = new TrainingSettings().Generator;

    // Of a ring, and of two wide ones: rows are the lanes there.
    private static IEnumerable<BenchmarkCase> Widths =>
        from width in ((string Generator, string Discriminator, int BatchSize)[])
            [("16-16-16-16-16-2", "2-16-16-16-16-1", 512), ("2-64-64-2", "2-64-64-1", 64), ("2-128-128-2", "2-128-128-1", 256)]
        select new BenchmarkCase("widths", Engine.Tiled, 1, 0, 0, Network.Parse(width.Discriminator), width.BatchSize, FastMath: false) { Generator = Network.Parse(width.Generator) };

    private static readonly Network Chapter = new TrainingSettings().Discriminator;

    /// <summary>One point: a population of the chapter's GANs.</summary>
    public static BenchmarkCase Of(int population) =>
        new("population", Engine.Compiled, population, 0, 0, Chapter, new TrainingSettings().BatchSize, FastMath: false);

    /// <summary>One point of networks of any width.</summary>
    /// <param name="device">Where.</param>
    /// <param name="engine">What trains; <see cref="Engine.Auto"/> for what is quicker.</param>
    /// <param name="population">Number of members.</param>
    /// <param name="generator">Widths of the generator.</param>
    /// <param name="discriminator">Widths of the discriminator.</param>
    /// <param name="batchSize">Rows of a batch.</param>
    public static BenchmarkCase OfWidths(Device device, Engine engine, int population, Network generator, Network discriminator, int batchSize)
    {
        TrainingSettings settings = new() { Generator = generator, Discriminator = discriminator, BatchSize = batchSize };

        // What compiling takes is not measured.
        Engine chosen = engine != Engine.Auto ? engine : population == 1 ? EngineChoice.OfOne(device, settings with { Epochs = int.MaxValue }, batchSize) : EngineChoice.OfMany(settings);
        return new BenchmarkCase("widths", chosen, population, 0, 0, discriminator, batchSize, FastMath: false) { Generator = generator };
    }

    /// <summary>The same point in fast math.</summary>
    public static BenchmarkCase OfFastMath(int population) => Of(population) with { Series = "fast math", FastMath = true };

    /// <summary>The same point with shuffled rows.</summary>
    public BenchmarkCase Shuffled() => this with { Series = FastMath ? $"{Series}, shuffled" : "shuffled", Shuffle = true };

    /// <summary>The whole tour of an accelerator.</summary>
    /// <param name="vectors">Whether threads have vectors of members.</param>
    public static IReadOnlyList<BenchmarkCase> Tour(bool vectors)
    {
        BenchmarkCase typical = Of(Typical);
        int widest = CompiledKernels.WidestLanes;
        return
        [
            Of(1) with { Series = "engine", Engine = Engine.Stepwise },
            .. ((int[])[1, 10, 100, 1000, Typical, 10_000, 100_000, 1_000_000]).Select(Of),
            .. ((int[])[Typical, 1_000_000]).Where(_ => !vectors).Select(OfFastMath),
            .. ((int[])[1, 4, 8, 16]).Where(lanes => vectors && lanes <= widest).Select(lanes => typical with { Series = "lanes", Population = 512, Lanes = lanes }),
            .. ((int[])[1, 10, 100, 2500]).Select(steps => typical with { Series = "steps per launch", StepsPerLaunch = steps }),
            .. ((int[])[2, 4, 16, 32]).Select(batch => typical with { Series = "batch size", BatchSize = batch }),
            .. Widths.Where(_ => vectors),
            .. ((string[])["2-3-1", "2-8-1", "2-8-8-1", "2-16-16-1", "2-32-1"]).Select(shape => typical with { Series = "discriminator", Population = 512, Discriminator = Network.Parse(shape) }),
        ];
    }
}
