using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Training;
using GpuGan.Kernels.Training.Losses;

namespace GpuGan.Kernels.Tiled.Blocks;

/// <summary>
/// The losses: their derivatives at the logits, and their values at the end of a step, from the logits that each player saw before its own
/// update. Rows are added in order, steps to the sums of the epoch.
/// </summary>
internal static class BlockLosses
{
    /// <summary>Where the losses of a member lie: those of the last step, then the sums over the epoch.</summary>
    public const int LastD = 0, LastG = 1, SumD = 2, SumG = 3, Count = 4;

    // Where the losses of a row lie.
    private const int Real = 0, Fake = 1, Generated = 2;

    /// <summary>How many losses a row has.</summary>
    public const int OfRow = 3;

    /// <summary>The losses of an epoch.</summary>
    /// <param name="read">Those of a member.</param>
    /// <param name="settings">How it is trained.</param>
    /// <param name="epoch">Which epoch it was, from 1.</param>
    /// <param name="first">The first of its steps, from 0.</param>
    /// <param name="steps">How many.</param>
    public static EpochLosses OfEpoch(ReadOnlySpan<float> read, TrainingSettings settings, int epoch, int first, int steps) =>
        new(epoch, read[SumD] / steps, read[SumG] / settings.GeneratorSteps(first, steps), read[LastD], read[LastG]);

    /// <summary>The discriminator's derivative at a row, real or fake.</summary>
    public static void Derivative<TLoss>(int row, Operation op, Gan gan)
        where TLoss : struct, ILoss
    {
        DeviceOperations o = default;
        int batch = gan.Step.Batch;
        int pair = row < batch ? row : row - batch;
        float real = gan.Memory[op.Logits.Row(pair, batch)];
        float fake = gan.Memory[op.Logits.Row(batch + pair, batch)];
        float derivative = row >= batch ? default(TLoss).FakeDerivative(real, fake, o)
            : op.IsSmoothed == 1 ? SmoothedLabels.Derivative(default(TLoss), real, fake, gan.Member.Smoothing, o)
            : default(TLoss).RealDerivative(real, fake, o);
        gan.Memory[op.Target.Row(row, batch)] = o.Multiply(derivative, gan.Step.ScaleD);
    }

    /// <summary>The generator's derivative at a row that it made.</summary>
    public static void GeneratorDerivative<TLoss>(int row, Operation op, Gan gan)
        where TLoss : struct, ILoss
    {
        DeviceOperations o = default;
        int batch = gan.Step.Batch;
        float derivative = default(TLoss).GeneratorDerivative(gan.Memory[op.Values.Row(row, batch)], gan.Memory[op.Logits.Row(row, batch)], o);
        gan.Memory[op.Target.Row(row, batch)] = o.Multiply(derivative, gan.Step.ScaleG);
    }

    /// <summary>The losses of a row: many threads make them, for one adds them.</summary>
    public static void Values<TLoss>(int row, Operation op, Gan gan)
        where TLoss : struct, ILoss
    {
        DeviceOperations o = default;
        int batch = gan.Step.Batch;
        int target = op.Target.Row(row, batch);
        float real = gan.Memory[op.Source.Row(row, batch)];
        float fake = gan.Memory[op.Source.Row(batch + row, batch)];
        gan.Memory[target + Real] = op.IsSmoothed == 1
            ? SmoothedLabels.Value(default(TLoss), real, fake, gan.Member.Smoothing, o)
            : default(TLoss).RealValue(real, fake, o);
        gan.Memory[target + Fake] = default(TLoss).FakeValue(real, fake, o);
        gan.Memory[target + Generated] = default(TLoss).GeneratorValue(gan.Memory[op.Values.Row(row, batch)], gan.Memory[op.Logits.Row(row, batch)], o);
    }

    /// <summary>The losses of the step; the generator's is NaN where it rests.</summary>
    public static void Sums(Operation op, Gan gan)
    {
        DeviceOperations o = default;
        float real = 0, fake = 0, generated = 0;
        for (int row = 0; row < gan.Step.Batch; row++)
        {
            int source = op.Source.Row(row, gan.Step.Batch);
            real = o.Add(real, gan.Memory[source + Real]);
            fake = o.Add(fake, gan.Memory[source + Fake]);
            generated = o.Add(generated, gan.Memory[source + Generated]);
        }

        float ofRows = o.Reciprocal(gan.Step.Batch);
        float lossD = o.Multiply(op.Coefficient, o.Fma(real, ofRows, o.Multiply(fake, ofRows)));
        gan.Losses[LastD] = lossD;
        gan.Losses[SumD] = o.Add(gan.Losses[SumD], lossD);
        float lossG = o.Multiply(generated, ofRows);
        gan.Losses[LastG] = gan.Step.Generates == 1 ? lossG : float.NaN;
        gan.Losses[SumG] = gan.Step.Generates == 1 ? o.Add(gan.Losses[SumG], lossG) : gan.Losses[SumG];
    }
}
