using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Training.Penalties;

namespace GpuGan.Kernels.Tiled.Blocks;

/// <summary>
/// What the passes of a penalty have at their ends, of a group of rows: back from 1 at the logit to g, the gradient of the logit with respect
/// to the row; from there the tangents along v = factor g / batch; and back again from e, the loss's derivative at the logit.
/// </summary>
internal static class Penalties
{
    /// <summary>The groups of rows, as <see cref="Operation.Penalized"/> adds them up.</summary>
    public const int OfReal = 1, OfFake = 2, OfMixed = 4;

    /// <summary>Where the pass back begins; no loss is taken of the rows between.</summary>
    public static void Begin(int row, Operation op, Gan gan)
    {
        gan.Memory[op.Slopes.Row(row, gan.Step.Batch)] = 1;
        if (op.Penalized == OfMixed)
        {
            gan.Memory[op.Logits.Row(row, gan.Step.Batch)] = 0;
        }
    }

    /// <summary>Makes v of g.</summary>
    public static void Direction(int row, Operation op, Gan gan)
    {
        DeviceOperations o = default;
        int source = op.Sums.Row(row, gan.Step.Batch), target = op.Tangents.Row(row, gan.Step.Batch);
        float squared = 0;
        for (int i = 0; i < op.Width; i++)
        {
            float g = gan.Memory[source + i];
            squared = o.Fma(g, g, squared);
        }

        float factor = op.Penalized == OfMixed ? default(UnitGradient).Factor(squared, gan.Member.GradientPenalty, o)
            : default(SquaredGradient).Factor(squared, op.Penalized == OfReal ? gan.Member.R1 : gan.Member.R2, o);
        float scale = o.Multiply(factor, gan.Step.ScaleG);
        for (int i = 0; i < op.Width; i++)
        {
            gan.Memory[target + i] = o.Multiply(scale, gan.Memory[source + i]);
        }
    }
}
