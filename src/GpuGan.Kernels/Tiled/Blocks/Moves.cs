using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Training.Optimizers;
using ILGPU;

namespace GpuGan.Kernels.Tiled.Blocks;

/// <summary>One step of a parameter by its gradient, with the clamp and the average behind it.</summary>
internal static class Moves
{
    /// <summary>One parameter of a layer.</summary>
    public static void Run<TOptimizer>(int item, Operation op, Gan gan)
        where TOptimizer : struct, IOptimizer
    {
        DeviceOperations o = default;
        int parameter = op.Weights + item;
        OptimizerState<float> state = new(gan.Memory[parameter], Word(item, 0, op, gan), Word(item, 1, op, gan), Word(item, 2, op, gan));
        state = default(TOptimizer).Move(state, gan.Memory[op.Gradients + item], gan.Updates[op.Update], o);
        float updated = op.IsClipped == 0 ? state.Parameter : WeightClip.Clamp(state.Parameter, gan.Member.Clip, o);
        gan.Memory[parameter] = updated;
        if (item < op.Width * op.Depth)
        {
            gan.Memory[op.Transposed + (item % op.Width * op.Depth) + (item / op.Width)] = updated;
        }

        Keep(item, 0, state.First, op, gan);
        Keep(item, 1, state.Second, op, gan);
        Keep(item, 2, state.Third, op, gan);
        if (!float.IsFinite(updated))
        {
            Atomic.Min(ref gan.DivergedAt[0], (int)gan.Step.Step + 1);
        }

        if (op.IsAveraged == 1)
        {
            gan.Memory[op.Averages + item] = ParameterAverage.Next(gan.Memory[op.Averages + item], updated, gan.Member.AverageTaken, o);
        }
    }

    private static float Word(int item, int word, Operation op, Gan gan) =>
        word < op.Words ? gan.Memory[op.State + (word * op.WordStride) + item] : 0;

    private static void Keep(int item, int word, float value, Operation op, Gan gan)
    {
        if (word < op.Words)
        {
            gan.Memory[op.State + (word * op.WordStride) + item] = value;
        }
    }
}
