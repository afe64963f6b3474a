using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Random;

namespace GpuGan.Kernels.Tiled.Blocks;

/// <summary>The random numbers of a step.</summary>
internal static class BlockDraws
{
    /// <summary>Four numbers; an element is <c>row * width + unit</c>.</summary>
    public static void Run<TVariates>(int block, StreamId stream, uint step, Operation op, Gan gan)
        where TVariates : struct, IVariates
    {
        Streams.Draw(default(TVariates), gan.Member.SeedLow, gan.Member.SeedHigh, stream, step, (uint)block, default(DeviceOperations), out Quad<float> variates);
        int element = block * Streams.BlockSize;
        Store(element, variates.A, op, gan);
        Store(element + 1, variates.B, op, gan);
        Store(element + 2, variates.C, op, gan);
        Store(element + 3, variates.D, op, gan);
    }

    private static void Store(int element, float variate, Operation op, Gan gan)
    {
        int row = element / op.Width;
        if (row < op.Groups * gan.Step.Batch)
        {
            gan.Memory[op.Target.Row(row, gan.Step.Batch) + (element % op.Width)] = variate;
        }
    }
}
