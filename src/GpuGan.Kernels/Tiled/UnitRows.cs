using GpuGan.Kernels.Networks;

namespace GpuGan.Kernels.Tiled;

/// <summary>
/// The units of a tile, some rows of the batch, <c>[unit, row]</c>: a vector has a unit of neighbouring rows. The lanes behind the last row hold
/// whatever they do; only rows are read from here.
/// </summary>
internal sealed class UnitRows
{
    private readonly AlignedNumbers units, deltas;

    /// <summary>Allocates them.</summary>
    /// <param name="network">Whose units.</param>
    /// <param name="rows">At most so many rows.</param>
    public UnitRows(Network network, int rows)
    {
        Stride = AlignedNumbers.StrideOf(rows);
        units = new AlignedNumbers(network.UnitCount * Stride);
        deltas = new AlignedNumbers(network.UnitCount * Stride);
    }

    /// <summary>Numbers that it takes.</summary>
    public static long LengthOf(Network network, int rows) => 2L * network.UnitCount * AlignedNumbers.StrideOf(rows);

    /// <summary>From unit to unit.</summary>
    public int Stride { get; }

    /// <summary>The activations from a unit on; the inputs are the first.</summary>
    public Span<float> Units(int unit) => units.From(unit * Stride);

    /// <summary>The derivatives with respect to the pre-activations from a unit on; to the inputs themselves, for the inputs.</summary>
    public Span<float> Deltas(int unit) => deltas.From(unit * Stride);
}
