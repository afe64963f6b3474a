using GpuGan.Kernels.Networks;

namespace GpuGan.Parity.Tests;

/// <summary>Two networks and a batch.</summary>
public sealed record GanCase(string Generator, string Discriminator, int Batch)
{
    /// <summary>One row, one unit, batches that fill no group, 1 to 8 layers, equal and different widths.</summary>
    public static IReadOnlyList<GanCase> All { get; } =
    [
        new("1-1", "1-1", 1),
        new("2-2", "2-5-3-1", 8),
        new("3-1-4", "4-17-1-2-1", 7),
        new("2-3-3-3-3-3-3-3-2", "2-3-3-3-3-3-3-3-1", 5),
        new("5-33-17-2", "2-65-3-1", 67),
    ];

    internal NetworkShape GeneratorShape => NetworkShape.Parse(Generator);

    internal NetworkShape DiscriminatorShape => NetworkShape.Parse(Discriminator);

    public override string ToString() => $"{Generator} {Discriminator} {Batch}";
}
