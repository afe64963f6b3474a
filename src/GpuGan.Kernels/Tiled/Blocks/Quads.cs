using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Random;
using ILGPU;

namespace GpuGan.Kernels.Tiled.Blocks;

/// <summary>
/// Four numbers, or four places, at a time: an item has a square of four by four sums in its registers, and so reads each number once for
/// four sums. Where fewer are left, the last is taken again: the same sum is made twice and written twice, and no sum is another for it.
/// </summary>
internal static class Quads
{
    /// <summary>Places that follow each other.</summary>
    /// <param name="first">The first.</param>
    /// <param name="last">The last that there is.</param>
    public static Quad<int> Together(int first, int last) =>
        new(first, Least(first + 1, last), Least(first + 2, last), Least(first + 3, last));

    /// <summary>Places as far from each other as there are items, so that the same place of neighbouring items is one access to the memory.</summary>
    /// <param name="item">Which item, from 0.</param>
    /// <param name="items">How many there are.</param>
    /// <param name="last">The last place that there is.</param>
    public static Quad<int> Apart(int item, int items, int last) =>
        new(item, Least(item + items, last), Least(item + (2 * items), last), Least(item + (3 * items), last));

    /// <summary>How many items it takes to have four each.</summary>
    public static int Items(int count) => (count + 3) >> 2;

    /// <summary>Reads the numbers at places.</summary>
    public static Quad<float> Load(ArrayView<float> memory, int offset, Quad<int> at) =>
        new(memory[offset + at.A], memory[offset + at.B], memory[offset + at.C], memory[offset + at.D]);

    /// <summary>The memory from four places on: what is added to them in a loop is then added once for all, and not for each.</summary>
    public static Quad<ArrayView<float>> From(ArrayView<float> memory, Quad<int> at) =>
        new(memory.SubView(at.A), memory.SubView(at.B), memory.SubView(at.C), memory.SubView(at.D));

    /// <summary>Reads the numbers that are as far behind each of four places.</summary>
    public static Quad<float> Load(Quad<ArrayView<float>> from, int offset) => new(from.A[offset], from.B[offset], from.C[offset], from.D[offset]);

    /// <summary>Places as much further.</summary>
    public static Quad<int> Behind(int offset, Quad<int> at) => new(offset + at.A, offset + at.B, offset + at.C, offset + at.D);

    /// <summary>Writes the numbers at places.</summary>
    public static void Store(ArrayView<float> memory, int offset, Quad<int> at, Quad<float> numbers)
    {
        memory[offset + at.A] = numbers.A;
        memory[offset + at.B] = numbers.B;
        memory[offset + at.C] = numbers.C;
        memory[offset + at.D] = numbers.D;
    }

    /// <summary>x y + sums, in each.</summary>
    public static Quad<float> Fma(float x, Quad<float> y, Quad<float> sums)
    {
        DeviceOperations o = default;
        return new(o.Fma(x, y.A, sums.A), o.Fma(x, y.B, sums.B), o.Fma(x, y.C, sums.C), o.Fma(x, y.D, sums.D));
    }

    private static int Least(int a, int b) => a < b ? a : b;
}
