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
        Quad<float> a = op.HasBiases == 0 ? new(0, 0, 0, 0) : Quads.Load(memory, op.Biases, units);
        Quad<float> b = a, c = a, d = a;
        int sourceA = op.Source.Row(rows.A, batch), sourceB = op.Source.Row(rows.B, batch);
        int sourceC = op.Source.Row(rows.C, batch), sourceD = op.Source.Row(rows.D, batch);
        int weights = op.Weights;
        for (int k = 0; k < op.Depth; k++)
        {
            Quad<float> weight = Quads.Load(memory, weights, units);
            a = Quads.Fma(memory[sourceA + k], weight, a);
            b = Quads.Fma(memory[sourceB + k], weight, b);
            c = Quads.Fma(memory[sourceC + k], weight, c);
            d = Quads.Fma(memory[sourceD + k], weight, d);
            weights += op.Width;
        }

        Quads.Store(memory, op.Target.Row(rows.A, batch), units, a);
        Quads.Store(memory, op.Target.Row(rows.B, batch), units, b);
        Quads.Store(memory, op.Target.Row(rows.C, batch), units, c);
        Quads.Store(memory, op.Target.Row(rows.D, batch), units, d);
    }
}
