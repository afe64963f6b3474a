using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Training.Losses;
using ILGPU;

namespace GpuGan.Kernels.Stepwise;

/// <summary>
/// The losses of a step, from the logits of its groups of rows: that of the discriminator, the loss's weight times (mean over real rows +
/// mean over fake rows), and that of the generator, each before its own update. Rows are added in order; steps are added to the sums of the epoch. One thread does it.
/// </summary>
internal static class Loss
{
    /// <summary>Where the losses lie in the buffer: those of the last step, then the sums over the epoch.</summary>
    public const int LastD = 0, LastG = 1, SumD = 2, SumG = 3, Count = 4;

    /// <summary>The kernel.</summary>
    /// <param name="one">Always 0.</param>
    /// <param name="discriminator">Its units hold the logits.</param>
    /// <param name="groups">Where its rows are.</param>
    /// <param name="labels">Those of the real rows.</param>
    /// <param name="weight">The loss's factor of the discriminator's.</param>
    /// <param name="generates">1 where the generator was updated in this step, else 0: then it has no loss, and NaN is its last.</param>
    /// <param name="losses">The last step's are overwritten, the epoch's are added to.</param>
    public static void Kernel<TLoss>(
        Index1D one, NetworkView discriminator, RowGroups groups, Labels labels, float weight, int generates, ArrayView<float> losses)
        where TLoss : struct, ILoss
    {
        DeviceOperations o = default;
        float real = 0, fake = 0, generated = 0;
        for (int row = 0; row < groups.Batch; row++)
        {
            float a = discriminator.LogitOf(row), b = discriminator.LogitOf(groups.Fake + row);
            float ofReal = labels.AreSmoothed == 1 ? SmoothedLabels.Value(default(TLoss), a, b, labels.Smoothing, o) : default(TLoss).RealValue(a, b, o);
            real = o.Add(real, ofReal);
            fake = o.Add(fake, default(TLoss).FakeValue(a, b, o));
            generated = o.Add(
                generated, default(TLoss).GeneratorValue(discriminator.LogitOf(groups.Partner(row)), discriminator.LogitOf(groups.Generated + row), o));
        }

        float ofRows = o.Reciprocal(groups.Batch);
        float lossD = o.Multiply(weight, o.Fma(real, ofRows, o.Multiply(fake, ofRows)));
        losses[LastD] = lossD;
        losses[SumD] = o.Add(losses[SumD], lossD);
        float lossG = o.Multiply(generated, ofRows);
        losses[LastG] = generates == 1 ? lossG : float.NaN;
        losses[SumG] = generates == 1 ? o.Add(losses[SumG], lossG) : losses[SumG];
    }
}
