using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Networks.Activations;
using GpuGan.Kernels.Stepwise;
using GpuGan.Kernels.Training;
using GpuGan.Kernels.Training.Optimizers;
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
        var kernel = Device.Load<StepwiseKernels.UpdateLauncher>(typeof(Update), nameof(Update.Kernel), typeof(Adam));
        HostGan host = new(shape, default(TanhActivation), numbers);
        using DeviceGan device = new(Device, host);
        OptimizerSchedule<float> schedule = OptimizerSchedule.Of(new TrainingSettings());
        DecayPowers<float> powers = OptimizerSchedule.InitialPowers;
        HostNetwork network = host.Discriminator;
        int rows = 2 * shape.Batch, divergedAt = int.MaxValue;
        var moments = new OptimizerState<float>[network.Parameters.Length];
        for (int step = 1; step <= Steps; step++)
        {
            powers = schedule.Next(powers, O);
            OptimizerStep<float> adam = schedule.At(default(Adam), powers, (float)learningRate, isFirst: 0, O);
            kernel(
                Device.Accelerator.DefaultStream, network.Parameters.Length, device.Discriminator.View, rows, default, shape.Groups,
                device.Discriminator.Optimizer, adam, 0, 0, step);

            float[] gradients = Gradients(network, rows);
            for (int i = 0; i < gradients.Length; i++)
            {
                moments[i] = default(Adam).Move(moments[i] with { Parameter = network.Parameters[i] }, gradients[i], adam, O);
                network.Parameters[i] = moments[i].Parameter;
                divergedAt = float.IsFinite(network.Parameters[i]) ? divergedAt : Math.Min(divergedAt, step);
            }

            device.AssertSame(host);
            SameBits.Assert(device.Discriminator.ReadGradients(), gradients, "gradients");
            SameBits.Assert(device.Discriminator.ReadState(0), [.. moments.Select(state => state.First)], "first moments");
            SameBits.Assert(device.Discriminator.ReadState(1), [.. moments.Select(state => state.Second)], "second moments");
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
}
