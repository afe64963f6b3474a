using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Training.Losses;
using ILGPU;

namespace GpuGan.Kernels.Stepwise;

/// <summary>
/// The losses of a step, from the logits of its three groups of rows:
/// <c>loss_d = (mean over real rows of -log D + mean over fake rows of -log(1 - D)) / 2</c> before the discriminator's
/// update, <c>loss_g</c> after it. Rows are added in order; steps are added to the sums of the epoch. One thread does it.
/// </summary>
internal static class Loss
{
    /// <summary>Where the losses lie in the buffer: those of the last step, then the sums over the epoch.</summary>
    public const int LastD = 0, LastG = 1, SumD = 2, SumG = 3, Count = 4;

    /// <summary>The kernel.</summary>
    /// <param name="one">Always 0.</param>
    /// <param name="discriminator">Its units hold the logits.</param>
    /// <param name="batch">Number of rows of this batch.</param>
    /// <param name="losses">The last step's are overwritten, the epoch's are added to.</param>
    public static void Kernel<TLoss>(Index1D one, NetworkView discriminator, int batch, ArrayView<float> losses)
        where TLoss : struct, IGeneratorLoss
    {
        DeviceOperations o = default;
        float real = 0, fake = 0, generated = 0;
        for (int row = 0; row < batch; row++)
        {
            real = o.Add(real, BinaryCrossEntropy.AgainstOne(Logit(discriminator, row), o));
            fake = o.Add(fake, BinaryCrossEntropy.AgainstZero(Logit(discriminator, batch + row), o));
            generated = o.Add(generated, default(TLoss).Value(Logit(discriminator, (2 * batch) + row), o));
        }

        float ofRows = o.Reciprocal(batch);
        float lossD = o.Multiply(0.5f, o.Fma(real, ofRows, o.Multiply(fake, ofRows)));
        float lossG = o.Multiply(generated, ofRows);
        losses[LastD] = lossD;
        losses[LastG] = lossG;
        losses[SumD] = o.Add(losses[SumD], lossD);
        losses[SumG] = o.Add(losses[SumG], lossG);
    }

    private static float Logit(NetworkView discriminator, int row) => discriminator.Units[discriminator.OutputOf(row)];
}
