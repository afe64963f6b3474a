using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Random;
using ILGPU;

namespace GpuGan.Kernels.Tiled.Blocks;

/// <summary>
/// The gradients of a layer: <c>sum over rows of delta[row, out] value[row, in]</c> for a weight, of the delta alone for a bias. Each sum
/// begins with zero and adds the rows in the order that the stepwise engine has: real ones, then fake ones, or both in turn, then those between.
/// </summary>
internal static class Gradients
{
    /// <summary>One item of a layer's weights: four outputs that follow each other, four inputs apart.</summary>
    public static void OfWeights(int item, Operation op, int batch, ArrayView<float> memory)
    {
        int items = Quads.Items(op.Width);
        Quad<int> inputs = Quads.Apart(item % items, items, op.Width - 1);
        Quad<int> outputs = Quads.Together(4 * (item / items), op.Depth - 1);
        Square sums = Square.Of(new(0, 0, 0, 0));
        Quad<ArrayView<float>> values = Quads.From(memory, Quads.Behind(op.Values.Row(0, batch), inputs));
        Quad<ArrayView<float>> deltas = Quads.From(memory, Quads.Behind(op.Source.Row(0, batch), outputs));
        int rows = op.Groups * batch;
        for (int place = 0; place < rows; place++)
        {
            int row = Ordered(place, op.IsInTurn, batch);
            Quad<float> value = Quads.Load(values, row * op.Values.Stride);
            Quad<float> delta = Quads.Load(deltas, row * op.Values.Stride);
            sums = sums.Plus(delta, value);
        }

        sums.Store(memory, Rows(op, outputs), inputs);
    }

    /// <summary>
    /// The same where rows have a penalty: they add d t + m a, with d the slope, t the tangent, m the delta and a the value; where the
    /// activation is piecewise linear d (t + e a), with e the loss's derivative at the logit.
    /// </summary>
    public static void OfPenalizedWeights(int item, Operation op, int batch, ArrayView<float> memory)
    {
        int items = Quads.Items(op.Width);
        Quad<int> inputs = Quads.Apart(item % items, items, op.Width - 1);
        Quad<int> outputs = Quads.Together(4 * (item / items), op.Depth - 1);
        Square sums = Square.Of(new(0, 0, 0, 0));
        Quad<ArrayView<float>> values = Quads.From(memory, Quads.Behind(op.Values.Row(0, batch), inputs));
        Quad<ArrayView<float>> deltas = Quads.From(memory, Quads.Behind(op.Source.Row(0, batch), outputs));
        int rows = op.Groups * batch;
        for (int place = 0; place < rows; place++)
        {
            int row = Ordered(place, op.IsInTurn, batch);
            Quad<float> value = Quads.Load(values, row * op.Values.Stride);
            Quad<float> delta = Quads.Load(deltas, row * op.Values.Stride);
            int group = row < batch ? Penalties.OfReal : row < 2 * batch ? Penalties.OfFake : Penalties.OfMixed;
            if ((op.Penalized & group) != 0)
            {
                Quad<float> tangent = Quads.Load(memory, op.Tangents.Row(row, batch), inputs);
                Quad<float> slope = Quads.Load(memory, op.Slopes.Row(row, batch), outputs);
                if (op.IsStraight == 1)
                {
                    float e = memory[op.Logits.Row(row, batch)];
                    value = Quads.Fma(e, value, tangent);
                    delta = slope;
                }
                else
                {
                    sums = sums.Plus(slope, tangent);
                }
            }

            sums = sums.Plus(delta, value);
        }

        sums.Store(memory, Rows(op, outputs), inputs);
    }

    /// <summary>One bias.</summary>
    public static void OfBias(int output, Operation op, int batch, ArrayView<float> memory)
    {
        DeviceOperations o = default;
        float sum = 0;
        int rows = op.Groups * batch;
        for (int place = 0; place < rows; place++)
        {
            sum = o.Add(sum, memory[op.Source.Row(Ordered(place, op.IsInTurn, batch), batch) + output]);
        }

        memory[op.Gradients + (op.Width * op.Depth) + output] = sum;
    }

    private static int Ordered(int place, int inTurn, int batch) =>
        inTurn == 0 || place >= 2 * batch ? place : (place & 1) == 0 ? place >> 1 : batch + (place >> 1);

    /// <summary>Where the gradients of each of four outputs go.</summary>
    private static Quad<int> Rows(Operation op, Quad<int> outputs) => new(
        op.Gradients + (outputs.A * op.Width),
        op.Gradients + (outputs.B * op.Width),
        op.Gradients + (outputs.C * op.Width),
        op.Gradients + (outputs.D * op.Width));
}
