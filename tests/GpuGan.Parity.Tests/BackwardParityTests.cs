using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Networks.Activations;
using GpuGan.Kernels.Stepwise;
using GpuGan.Kernels.Training.Losses;

namespace GpuGan.Parity.Tests;

/// <summary>The backward kernels of both phases, on any units, not only those that a forward pass gives.</summary>
public sealed class BackwardParityTests(string accelerator) : KernelFixture(accelerator)
{
    private static DeviceOperations O => default;

    [Test]
    public void The_discriminators_phase_gives_the_hosts_bits(
        [ValueSource(nameof(Shapes))] GanCase shape,
        [ValueSource(typeof(GameWords), nameof(GameWords.Activations))] string activation,
        [Values("non-saturating", "relativistic")] string loss)
    {
        IActivation hidden = ActivationTable.All.Parse(activation);
        ILoss formulas = LossTable.All.Parse(loss);
        var kernel = Device.Load<StepwiseKernels.BackwardDiscriminatorLauncher>(
            typeof(Backward), nameof(Backward.Discriminator), hidden.GetType(), formulas.GetType());
        float scale = 0.5f / shape.Batch;
        foreach (Numbers numbers in Enum.GetValues<Numbers>())
        {
            HostGan host = new(shape, hidden, numbers);
            using DeviceGan device = new(Device, host);
            kernel(Device.Accelerator.DefaultStream, 2 * shape.Batch, device.Discriminator.View, shape.Groups, default, scale);

            for (int row = 0; row < 2 * shape.Batch; row++)
            {
                float real = host.Discriminator.Outputs(row % shape.Batch)[0], fake = host.Discriminator.Outputs(shape.Batch + (row % shape.Batch))[0];
                float derivative = row < shape.Batch ? formulas.RealDerivative(real, fake, O) : formulas.FakeDerivative(real, fake, O);
                host.Discriminator.OutputDeltas(row)[0] = O.Multiply(derivative, scale);
                host.Discriminator.Backward(row);
            }

            device.AssertSame(host);
        }
    }

    [Test]
    public void The_generators_phase_gives_the_hosts_bits(
        [ValueSource(nameof(Shapes))] GanCase shape,
        [ValueSource(typeof(GameWords), nameof(GameWords.Activations))] string activation,
        [Values("non-saturating", "minimax")] string loss)
    {
        IActivation hidden = ActivationTable.All.Parse(activation);
        ILoss formulas = LossTable.All.Parse(loss);
        var kernel = Device.Load<StepwiseKernels.BackwardGeneratorLauncher>(
            typeof(Backward), nameof(Backward.Generator), hidden.GetType(), typeof(IdentityActivation), hidden.GetType(), formulas.GetType());
        float scale = 1f / shape.Batch;
        foreach (Numbers numbers in Enum.GetValues<Numbers>())
        {
            HostGan host = new(shape, hidden, numbers);
            using DeviceGan device = new(Device, host);
            kernel(Device.Accelerator.DefaultStream, shape.Batch, device.Generator.View, device.Discriminator.View, shape.Groups, scale);

            for (int row = 0; row < shape.Batch; row++)
            {
                int judged = (2 * shape.Batch) + row;
                float logit = host.Discriminator.Outputs(judged)[0];
                host.Discriminator.OutputDeltas(judged)[0] = O.Multiply(formulas.GeneratorDerivative(logit, logit, O), scale);
                host.Discriminator.Backward(judged);
                for (int unit = 0; unit < host.Generator.Shape.Outputs; unit++)
                {
                    host.Generator.OutputDeltas(row)[unit] = host.Discriminator.InputDelta(judged, host.Discriminator.Shape.Layers[0], unit);
                }

                host.Generator.Backward(row);
            }

            device.AssertSame(host);
        }
    }
}
