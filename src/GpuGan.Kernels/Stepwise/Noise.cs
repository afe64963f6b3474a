using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Random;
using ILGPU;

namespace GpuGan.Kernels.Stepwise;

/// <summary>
/// Draws the random numbers of a step: its latent rows, what is added to the rows that the discriminator sees, where the gradient penalty is
/// taken. One thread is one block of four elements, <c>row * width + unit</c>.
/// </summary>
internal static class Noise
{
    /// <summary>The kernel.</summary>
    /// <param name="block">Which four elements.</param>
    /// <param name="noise"><c>[row, unit]</c>, filled; the last block may be cut short.</param>
    /// <param name="seedLow">The seed's low half.</param>
    /// <param name="seedHigh">The seed's high half.</param>
    /// <param name="stream">What they are for.</param>
    /// <param name="step">Which step, from 0.</param>
    public static void Kernel<TVariates>(Index1D block, ArrayView<float> noise, uint seedLow, uint seedHigh, uint stream, uint step)
        where TVariates : struct, IVariates
    {
        Streams.Draw(default(TVariates), seedLow, seedHigh, (StreamId)stream, step, (uint)block.X, default(DeviceOperations), out Quad<float> variates);
        int element = block.X * Streams.BlockSize;
        Store(noise, element, variates.A);
        Store(noise, element + 1, variates.B);
        Store(noise, element + 2, variates.C);
        Store(noise, element + 3, variates.D);
    }

    private static void Store(ArrayView<float> noise, int element, float variate)
    {
        if (element < noise.IntLength)
        {
            noise[element] = variate;
        }
    }
}
