using GpuGan.Kernels.Random;
using ILGPU;

namespace GpuGan.Kernels.Tiled.Blocks;

/// <summary>
/// <c>target[row, unit] = bias[unit] + sum over k of source[row, k] matrix[k, unit]</c>: forward with the transposed weights, back with the
/// weights as they are. Each sum begins with the bias, or zero, and adds the products in order, by fused multiply-add.
/// </summary>
internal static class Products
{
    /// <summary>One item: four rows that follow each other, four units apart.</summary>
    public static void Run(int item, Operation op, int batch, ArrayView<float> memory)
    {
        int items = Quads.Items(op.Width);
        Quad<int> units = Quads.Apart(item % items, items, op.Width - 1);
        Quad<int> rows = Quads.Together(4 * (item / items), (op.Groups * batch) - 1);
        Square sums = Square.Of(op.HasBiases == 0 ? new(0, 0, 0, 0) : Quads.Load(memory, op.Biases, units));
        Quad<ArrayView<float>> weights = Quads.From(memory, Quads.Behind(op.Weights, units));
        Quad<ArrayView<float>> sources = Quads.From(memory, op.Source.Rows(rows, batch));
        for (int k = 0; k < op.Depth; k++)
        {
            sums = sums.Plus(Quads.Load(sources, k), Quads.Load(weights, k * op.Width));
        }

        sums.Store(memory, op.Target.Rows(rows, batch), units);
    }
}
