using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Stepwise;

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

    internal Network GeneratorShape => Network.Parse(Generator);

    internal Network DiscriminatorShape => Network.Parse(Discriminator);

    /// <summary>The rows of the discriminator, without any between real and fake ones, and none compared.</summary>
    internal RowGroups Groups => new(Batch, between: 0, paired: 0, inTurn: 0);

    public override string ToString() => $"{Generator} {Discriminator} {Batch}";
}
