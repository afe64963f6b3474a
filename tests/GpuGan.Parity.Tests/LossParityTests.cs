using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Stepwise;
using GpuGan.Kernels.Training.Losses;
using ILGPU.Runtime;

namespace GpuGan.Parity.Tests;

/// <summary>The kernel that adds up the losses.</summary>
public sealed class LossParityTests(string accelerator) : KernelFixture(accelerator)
{
    private static DeviceOperations O => default;

    [Test]
    public void Both_losses_have_the_hosts_bits([ValueSource(nameof(Shapes))] GanCase shape, [Values] GeneratorLoss loss)
    {
        IGeneratorLoss formulas = GeneratorLossTable.All[loss];
        var kernel = Device.Load<StepwiseKernels.LossLauncher>(typeof(Loss), nameof(Loss.Kernel), formulas.GetType());
        foreach (Numbers numbers in Enum.GetValues<Numbers>())
        {
            HostGan host = new(shape, Activation.Tanh, numbers);
            using DeviceGan device = new(Device, host);
            float[] losses = NumbersTable.Draw(Numbers.Ordinary, 12, Loss.Count);
            using var lossesOnDevice = Device.Accelerator.Allocate1D(losses);
            kernel(Device.Accelerator.DefaultStream, 1, device.Discriminator.View, shape.Batch, lossesOnDevice.View);

            float real = Sum(Logits(host, 0, shape.Batch), BinaryCrossEntropy.AgainstOne);
            float fake = Sum(Logits(host, shape.Batch, shape.Batch), BinaryCrossEntropy.AgainstZero);
            float ofRows = O.Reciprocal(shape.Batch);
            losses[Loss.LastD] = O.Multiply(0.5f, O.Fma(real, ofRows, O.Multiply(fake, ofRows)));
            losses[Loss.LastG] = O.Multiply(Sum(Logits(host, 2 * shape.Batch, shape.Batch), formulas.Value), ofRows);
            losses[Loss.SumD] = O.Add(losses[Loss.SumD], losses[Loss.LastD]);
            losses[Loss.SumG] = O.Add(losses[Loss.SumG], losses[Loss.LastG]);
            SameBits.Assert(lossesOnDevice.GetAsArray1D(), losses, $"{host}, losses");
        }
    }

    private static IEnumerable<float> Logits(HostGan host, int first, int rows) =>
        Enumerable.Range(first, rows).Select(row => host.Discriminator.Outputs(row)[0]);

    private static float Sum(IEnumerable<float> logits, Func<float, DeviceOperations, float> loss) =>
        logits.Aggregate(0f, (sum, logit) => O.Add(sum, loss(logit, O)));
}
