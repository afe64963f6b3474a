using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Tiled;

/// <summary>
/// Some rows of a batch: the fake ones in the generator, and in the discriminator the real ones and the fake ones of the same places, so that a
/// loss that compares them finds both here.
/// </summary>
internal sealed class Tile
{
    private readonly bool isInTurn;

    /// <summary>Allocates it.</summary>
    /// <param name="settings">The training's.</param>
    /// <param name="first">The place of its first row in the batch.</param>
    /// <param name="rows">At most so many rows.</param>
    /// <param name="lanes">Of a vector.</param>
    public Tile(TrainingSettings settings, int first, int rows, int lanes)
    {
        First = first;
        isInTurn = settings.Loss.IsShiftInvariant;
        Generator = new UnitRows(settings.Generator, rows);
        int judged = KindsOfRows(settings) * rows, terms = TermsOf(settings, rows);
        Discriminator = new UnitRows(settings.Discriminator, judged);
        Terms = settings.HasPenalty ? new UnitRows(settings.Discriminator, terms) : Discriminator;
        GeneratorTerms = new GradientTerms(settings.Generator, Generator, Generator, rows, lanes);
        DiscriminatorTerms = new GradientTerms(settings.Discriminator, Terms, Discriminator, terms, lanes);
        AddedNoise = new float[settings.InstanceNoise != 0 ? 2 * rows * settings.Discriminator.Inputs : 0];
    }

    /// <summary>The place of its first row in the batch.</summary>
    public int First { get; }

    /// <summary>The generator's units of the fake rows.</summary>
    public UnitRows Generator { get; }

    /// <summary>The discriminator's of the real and the fake rows, where <see cref="RealRows"/> and <see cref="FakeRows"/> say; behind them those between.</summary>
    public UnitRows Discriminator { get; }

    /// <summary>The terms of the discriminator's gradient: its own units and deltas, but where there is a penalty.</summary>
    public UnitRows Terms { get; }

    /// <summary>What it gives to the generator's gradient.</summary>
    public GradientTerms GeneratorTerms { get; }

    /// <summary>What it gives to the discriminator's.</summary>
    public GradientTerms DiscriminatorTerms { get; }

    /// <summary>What instance noise adds, <c>[row, column]</c>: to the real rows, then to the fake ones.</summary>
    public float[] AddedNoise { get; }

    /// <summary>Kinds of rows that the discriminator judges in its phase: real ones, fake ones, and those between them where there is a gradient penalty.</summary>
    public static int KindsOfRows(TrainingSettings settings) => settings.GradientPenalty != 0 ? 3 : 2;

    /// <summary>Numbers that it takes.</summary>
    public static long LengthOf(TrainingSettings settings, int rows, int lanes)
    {
        int terms = TermsOf(settings, rows);
        return UnitRows.LengthOf(settings.Generator, rows)
            + UnitRows.LengthOf(settings.Discriminator, KindsOfRows(settings) * rows)
            + (settings.HasPenalty ? UnitRows.LengthOf(settings.Discriminator, terms) : 0)
            + GradientTerms.LengthOf(settings.Generator, rows, lanes)
            + GradientTerms.LengthOf(settings.Discriminator, terms, lanes);
    }

    /// <summary>Where the real rows are.</summary>
    public RowPlaces RealRows => new(0, isInTurn ? 2 : 1);

    /// <summary>Where the fake rows are.</summary>
    /// <param name="rows">How many rows the tile has in this step.</param>
    public RowPlaces FakeRows(int rows) => isInTurn ? new(1, 2) : new(rows, 1);

    private static int TermsOf(TrainingSettings settings, int rows) =>
        (settings.HasPenalty && !settings.Discriminator.Hidden.IsPiecewiseLinear ? 2 : 1) * KindsOfRows(settings) * rows;
}

/// <summary>Where rows are in a tile.</summary>
/// <param name="First">The first.</param>
/// <param name="Spacing">From one to the next.</param>
internal readonly record struct RowPlaces(int First, int Spacing)
{
    /// <summary>Where a row is.</summary>
    public int this[int row] => First + (row * Spacing);
}
