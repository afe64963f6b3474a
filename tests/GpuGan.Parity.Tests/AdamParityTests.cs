using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Stepwise;
using GpuGan.Kernels.Training;
using GpuGan.Kernels.Training.Optimizers;
using ILGPU;
using ILGPU.Runtime;

namespace GpuGan.Parity.Tests;

/// <summary>The gradient and Adam's update, some steps in a row.</summary>
public sealed class AdamParityTests(string accelerator) : KernelFixture(accelerator)
{
    private const int Steps = 3;

    private static DeviceOperations O => default;

    [Test]
    public void Gradients_moments_and_parameters_have_the_hosts_bits(
        [ValueSource(nameof(Shapes))] GanCase shape, [Values] Numbers numbers, [Values(0.05, 1e-38, 1e38)] double learningRate)
    {
        var kernel = Device.Load<StepwiseKernels.AdamLauncher>(typeof(Adam), nameof(Adam.Kernel));
        HostGan host = new(shape, Activation.Tanh, numbers);
        using DeviceGan device = new(Device, host);
        AdamSchedule<float> schedule = AdamSchedule.Of(new TrainingSettings());
        AdamPowers<float> powers = AdamSchedule.InitialPowers;
        HostNetwork network = host.Discriminator;
        int rows = 2 * shape.Batch, divergedAt = int.MaxValue;
        var moments = new AdamState<float>[network.Parameters.Length];
        for (int step = 1; step <= Steps; step++)
        {
            powers = schedule.Next(powers, O);
            AdamStep<float> adam = schedule.At(powers, (float)learningRate, O);
            kernel(
                Device.Accelerator.DefaultStream, network.Parameters.Length, device.Discriminator.View, rows, device.Discriminator.Optimizer, adam, step);

            float[] gradients = Gradients(network, rows);
            for (int i = 0; i < gradients.Length; i++)
            {
                moments[i] = AdamRule.Step(moments[i] with { Parameter = network.Parameters[i] }, gradients[i], adam, O);
                network.Parameters[i] = moments[i].Parameter;
                divergedAt = float.IsFinite(network.Parameters[i]) ? divergedAt : Math.Min(divergedAt, step);
            }

            device.AssertSame(host);
            SameBits.Assert(device.Discriminator.ReadGradients(), gradients, "gradients");
            SameBits.Assert(Read(device.Discriminator.Optimizer.FirstMoments), [.. moments.Select(state => state.FirstMoment)], "first moments");
            SameBits.Assert(Read(device.Discriminator.Optimizer.SecondMoments), [.. moments.Select(state => state.SecondMoment)], "second moments");
            Assert.That(device.DivergedAt, Is.EqualTo(divergedAt));
        }
    }

    /// <summary>Layer by layer, as the parameters lie.</summary>
    private static float[] Gradients(HostNetwork network, int rows)
    {
        float[] gradients = new float[network.Parameters.Length];
        foreach (Layer layer in network.Shape.Layers)
        {
            for (int row = 0; row < rows; row++)
            {
                ReadOnlySpan<float> units = network.Units.AsSpan(row * network.Shape.UnitCount, network.Shape.UnitCount);
                ReadOnlySpan<float> deltas = network.Deltas.AsSpan(row * network.Shape.UnitCount, network.Shape.UnitCount);
                for (int unit = 0; unit < layer.Outputs; unit++)
                {
                    float delta = deltas[layer.OutputOffset + unit];
                    ref float bias = ref gradients[layer.BiasOffset + unit];
                    bias = O.Add(bias, delta);
                    for (int input = 0; input < layer.Inputs; input++)
                    {
                        ref float weight = ref gradients[layer.WeightOffset + (unit * layer.Inputs) + input];
                        weight = O.Fma(delta, units[layer.InputOffset + input], weight);
                    }
                }
            }
        }

        return gradients;
    }

    private static float[] Read(ArrayView<float> view)
    {
        float[] values = new float[view.Length];
        view.CopyToCPU(values);
        return values;
    }
}
