namespace GpuGan.Parity.Tests;

/// <summary>Bits to try operations on: every triple of special numbers, numbers that lie close to each other, any bits.</summary>
internal static class BitPatterns
{
    private const int Random = 70_000;

    private static readonly uint[] Magnitudes =
    [
        0x00000000, 0x00000001, 0x00000003, 0x00400000, 0x007fffff, 0x00800000, 0x00800001, 0x2f7fffff, 0x3effffff, 0x3f000000, 0x3f7fffff, 0x3f800000,
        0x3f800001, 0x40000000, 0x4b800000, 0x7f7fffff, 0x7f800000, 0x7fc00000,
    ];

    private static readonly uint[] Specials = [.. Magnitudes, .. Magnitudes.Select(bits => bits | 0x80000000)];

    /// <summary>About 117,000 triples.</summary>
    public static IReadOnlyList<(uint A, uint B, uint C)> Triples { get; } =
    [
        .. from a in Specials from b in Specials from c in Specials select (a, b, c),
        .. NumbersTable.Words(seed: 1, Random).Zip(NumbersTable.Words(seed: 2, Random), Triple),
    ];

    private static (uint A, uint B, uint C) Triple((uint Bits, uint Choice) a, (uint Bits, uint Choice) b) => (a.Choice % 4) switch
    {
        // Neighbours: sums that cancel, quotients near 1.
        0 => (a.Bits, a.Bits ^ (0x80000000 * (a.Choice >> 8 & 1)) ^ (b.Bits % 16), b.Choice),

        // A sum that nearly cancels a product.
        1 => (a.Bits, b.Bits, BitConverter.SingleToUInt32Bits(-(BitConverter.UInt32BitsToSingle(a.Bits) * BitConverter.UInt32BitsToSingle(b.Bits))) + (b.Choice % 4)),

        // Exponents near 1.
        2 => ((a.Bits & 0x83ffffff) + 0x3c000000, (b.Bits & 0x83ffffff) + 0x3c000000, (b.Choice & 0x83ffffff) + 0x3c000000),
        _ => (a.Bits, b.Bits, b.Choice),
    };
}
