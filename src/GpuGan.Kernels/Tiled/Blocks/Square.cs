using GpuGan.Kernels.Random;
using ILGPU;

namespace GpuGan.Kernels.Tiled.Blocks;

/// <summary>Four by four sums of products, in the registers of a thread.</summary>
/// <param name="a">Those of the first number.</param>
/// <param name="b">Those of the second.</param>
/// <param name="c">Those of the third.</param>
/// <param name="d">Those of the fourth.</param>
internal readonly struct Square(Quad<float> a, Quad<float> b, Quad<float> c, Quad<float> d)
{
    private readonly Quad<float> a = a, b = b, c = c, d = d;

    /// <summary>Four times the same sums.</summary>
    public static Square Of(Quad<float> sums) => new(sums, sums, sums, sums);

    /// <summary>The sums after the products of four numbers with four others.</summary>
    public Square Plus(Quad<float> x, Quad<float> y) =>
        new(Quads.Fma(x.A, y, a), Quads.Fma(x.B, y, b), Quads.Fma(x.C, y, c), Quads.Fma(x.D, y, d));

    /// <summary>Writes them.</summary>
    /// <param name="memory">Where.</param>
    /// <param name="rows">Where the sums of each number go.</param>
    /// <param name="columns">Where in these.</param>
    public void Store(ArrayView<float> memory, Quad<int> rows, Quad<int> columns)
    {
        Quads.Store(memory, rows.A, columns, a);
        Quads.Store(memory, rows.B, columns, b);
        Quads.Store(memory, rows.C, columns, c);
        Quads.Store(memory, rows.D, columns, d);
    }
}
