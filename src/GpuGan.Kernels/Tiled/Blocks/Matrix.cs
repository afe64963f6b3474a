using GpuGan.Kernels.Random;

namespace GpuGan.Kernels.Tiled.Blocks;

/// <summary>Some columns of numbers that lie <c>[row, unit]</c> in a GAN's memory.</summary>
/// <param name="offset">Where the first column of the first row is.</param>
/// <param name="stride">From row to row.</param>
/// <param name="group">How many batches of rows lie before those that are meant: a short batch leaves no gap.</param>
internal readonly struct Matrix(int offset, int stride, int group)
{
    /// <summary>From row to row.</summary>
    public readonly int Stride = stride;

    private readonly int offset = offset, group = group;

    /// <summary>Where each of four rows begins.</summary>
    public Quad<int> Rows(Quad<int> rows, int batch) => new(Row(rows.A, batch), Row(rows.B, batch), Row(rows.C, batch), Row(rows.D, batch));

    /// <summary>Where a row begins.</summary>
    /// <param name="row">From 0 in its group.</param>
    /// <param name="batch">Rows of a group.</param>
    public int Row(int row, int batch) => offset + (((group * batch) + row) * Stride);
}
