using GpuGan.Kernels.Networks.Activations;
using GpuGan.Kernels.Stepwise;
using ILGPU.Runtime;

namespace GpuGan.Parity.Tests;

/// <summary>The forward kernels of both phases.</summary>
public sealed class ForwardParityTests(string accelerator) : KernelFixture(accelerator)
{
    [Test]
    public void The_discriminators_phase_gives_the_hosts_bits([ValueSource(nameof(Shapes))] GanCase shape, [ValueSource(typeof(GameWords), nameof(GameWords.Activations))] string activation)
    {
        var kernel = Device.Load<StepwiseKernels.ForwardDiscriminatorLauncher>(
            typeof(Forward), nameof(Forward.Discriminator), TypeOf(activation), typeof(IdentityActivation), TypeOf(activation));
        foreach (Numbers numbers in Enum.GetValues<Numbers>())
        {
            HostGan host = new(shape, ActivationTable.All.Parse(activation), numbers);
            float[] real = NumbersTable.Draw(numbers, 10, shape.Batch * host.Discriminator.Shape.Inputs);
            float[] noise = NumbersTable.Draw(numbers, 11, shape.Batch * host.Generator.Shape.Inputs);
            using DeviceGan device = new(Device, host);
            using var realOnDevice = Device.Accelerator.Allocate1D(real);
            using var noiseOnDevice = Device.Accelerator.Allocate1D(noise);
            kernel(
                Device.Accelerator.DefaultStream, 2 * shape.Batch, realOnDevice.View, default, noiseOnDevice.View,
                default, device.Generator.View, device.Discriminator.View, shape.Groups);

            for (int row = 0; row < shape.Batch; row++)
            {
                Row(real, host.Discriminator.Shape.Inputs, row).CopyTo(host.Discriminator.Inputs(row));
                host.Discriminator.Forward(row);
                Row(noise, host.Generator.Shape.Inputs, row).CopyTo(host.Generator.Inputs(row));
                host.Generator.Forward(row);
                host.Generator.Outputs(row).CopyTo(host.Discriminator.Inputs(shape.Batch + row));
                host.Discriminator.Forward(shape.Batch + row);
            }

            device.AssertSame(host);
        }
    }

    [Test]
    public void The_generators_phase_gives_the_hosts_bits([ValueSource(nameof(Shapes))] GanCase shape, [ValueSource(typeof(GameWords), nameof(GameWords.Activations))] string activation)
    {
        var kernel = Device.Load<StepwiseKernels.ForwardGeneratorLauncher>(
            typeof(Forward), nameof(Forward.Generator), TypeOf(activation));
        foreach (Numbers numbers in Enum.GetValues<Numbers>())
        {
            HostGan host = new(shape, ActivationTable.All.Parse(activation), numbers);
            using DeviceGan device = new(Device, host);
            kernel(Device.Accelerator.DefaultStream, shape.Batch, default, default, default, device.Generator.View, device.Discriminator.View, shape.Groups);

            for (int row = 0; row < shape.Batch; row++)
            {
                host.Generator.Outputs(row).CopyTo(host.Discriminator.Inputs((2 * shape.Batch) + row));
                host.Discriminator.Forward((2 * shape.Batch) + row);
            }

            device.AssertSame(host);
        }
    }

    private static Type TypeOf(string activation) => ActivationTable.All.Parse(activation).GetType();

    private static Span<float> Row(float[] values, int width, int row) => values.AsSpan(row * width, width);
}
