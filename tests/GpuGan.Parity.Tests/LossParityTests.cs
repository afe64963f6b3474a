using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Networks.Activations;
using GpuGan.Kernels.Stepwise;
using GpuGan.Kernels.Training.Losses;
using ILGPU.Runtime;

namespace GpuGan.Parity.Tests;

/// <summary>The kernel that adds up the losses.</summary>
public sealed class LossParityTests(string accelerator) : KernelFixture(accelerator)
{
    private static DeviceOperations O => default;

    [Test]
    public void Both_losses_have_the_hosts_bits([ValueSource(nameof(Shapes))] GanCase shape, [ValueSource(typeof(GameWords), nameof(GameWords.Losses))] string loss)
    {
        ILoss formulas = LossTable.All.Parse(loss);
        var kernel = Device.Load<StepwiseKernels.LossLauncher>(typeof(Loss), nameof(Loss.Kernel), formulas.GetType());
        foreach (Numbers numbers in Enum.GetValues<Numbers>())
        {
            HostGan host = new(shape, default(TanhActivation), numbers);
            using DeviceGan device = new(Device, host);
            float[] losses = NumbersTable.Draw(Numbers.Ordinary, 12, Loss.Count);
            using var lossesOnDevice = Device.Accelerator.Allocate1D(losses);
            kernel(Device.Accelerator.DefaultStream, 1, device.Discriminator.View, shape.Groups, default, formulas.Weight, 1, lossesOnDevice.View);

            float[] a = Logits(host, 0, shape.Batch), b = Logits(host, shape.Batch, shape.Batch), generated = Logits(host, 2 * shape.Batch, shape.Batch);
            float real = Sum(a, b, (one, other) => formulas.RealValue(one, other, O)), fake = Sum(a, b, (one, other) => formulas.FakeValue(one, other, O));
            float ofRows = O.Reciprocal(shape.Batch);
            losses[Loss.LastD] = O.Multiply(formulas.Weight, O.Fma(real, ofRows, O.Multiply(fake, ofRows)));
            losses[Loss.LastG] = O.Multiply(Sum(a, generated, (one, other) => formulas.GeneratorValue(one, other, O)), ofRows);
            losses[Loss.SumD] = O.Add(losses[Loss.SumD], losses[Loss.LastD]);
            losses[Loss.SumG] = O.Add(losses[Loss.SumG], losses[Loss.LastG]);
            SameBits.Assert(lossesOnDevice.GetAsArray1D(), losses, $"{host}, losses");
        }
    }

    private static float[] Logits(HostGan host, int first, int rows) =>
        [.. Enumerable.Range(first, rows).Select(row => host.Discriminator.Outputs(row)[0])];

    private static float Sum(float[] real, float[] fake, Func<float, float, float> loss) =>
        real.Zip(fake).Aggregate(0f, (sum, row) => O.Add(sum, loss(row.First, row.Second)));
}
