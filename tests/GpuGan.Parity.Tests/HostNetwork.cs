using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Stepwise;
using GpuGan.Kernels.Training.Optimizers;
using ILGPU;
using ILGPU.Runtime;
using Device = GpuGan.Kernels.Devices.Device;

namespace GpuGan.Parity.Tests;

/// <summary>A network on the host, its passes written with <see cref="Network"/>'s offsets, layer by layer.</summary>
internal sealed class HostNetwork
{
    /// <summary>Fills all buffers, so that a number that a kernel should leave alone is seen to change.</summary>
    public HostNetwork(Network shape, int rows, Numbers numbers, uint seed)
    {
        Shape = shape;
        Rows = rows;
        Parameters = NumbersTable.Draw(numbers, seed, shape.ParameterCount);
        Units = NumbersTable.Draw(numbers, seed + 1, rows * shape.UnitCount);
        Deltas = NumbersTable.Draw(numbers, seed + 2, rows * shape.UnitCount);
    }

    public Network Shape { get; }

    public int Rows { get; }

    public float[] Parameters { get; }

    public float[] Units { get; }

    public float[] Deltas { get; }

    /// <summary>A row's inputs.</summary>
    public Span<float> Inputs(int row) => Units.AsSpan(row * Shape.UnitCount, Shape.Inputs);

    /// <summary>A row's outputs; for the discriminator, the logit.</summary>
    public Span<float> Outputs(int row) => Units.AsSpan(((row + 1) * Shape.UnitCount) - Shape.Outputs, Shape.Outputs);

    /// <summary>The deltas of a row's outputs.</summary>
    public Span<float> OutputDeltas(int row) => Deltas.AsSpan(((row + 1) * Shape.UnitCount) - Shape.Outputs, Shape.Outputs);

    /// <summary>Carries a row's inputs through all layers.</summary>
    public void Forward(int row)
    {
        DeviceOperations o = default;
        Span<float> units = Units.AsSpan(row * Shape.UnitCount, Shape.UnitCount);
        foreach (Layer layer in Shape.Layers)
        {
            for (int unit = 0; unit < layer.Outputs; unit++)
            {
                float sum = Parameters[layer.BiasOffset + unit];
                for (int input = 0; input < layer.Inputs; input++)
                {
                    sum = o.Fma(Parameters[layer.WeightOffset + (unit * layer.Inputs) + input], units[layer.InputOffset + input], sum);
                }

                units[layer.OutputOffset + unit] = layer == Shape.Layers[^1]
                    ? Shape.Output.Value(sum, Shape.Output.Coefficient, o)
                    : Shape.Hidden.Value(sum, Shape.Hidden.Coefficient, o);
            }
        }
    }

    /// <summary>Carries the deltas of a row's outputs back to the first hidden layer.</summary>
    public void Backward(int row)
    {
        DeviceOperations o = default;
        foreach (Layer layer in Shape.Layers.Skip(1).Reverse())
        {
            for (int input = 0; input < layer.Inputs; input++)
            {
                int unit = (row * Shape.UnitCount) + layer.InputOffset + input;
                Deltas[unit] = o.Multiply(InputDelta(row, layer, input), Shape.Hidden.Derivative(Units[unit], Shape.Hidden.Coefficient, o));
            }
        }
    }

    /// <summary>The derivative of the loss with respect to an input of a layer.</summary>
    public float InputDelta(int row, Layer layer, int input)
    {
        DeviceOperations o = default;
        float sum = 0;
        for (int unit = 0; unit < layer.Outputs; unit++)
        {
            sum = o.Fma(
                Parameters[layer.WeightOffset + (unit * layer.Inputs) + input], Deltas[(row * Shape.UnitCount) + layer.OutputOffset + unit], sum);
        }

        return sum;
    }

    /// <summary>Copies the network to a device.</summary>
    public StepwiseNetwork Upload(Device device, MemoryBuffer1D<int, Stride1D.Dense> divergedAt)
    {
        StepwiseNetwork network = new(device.Accelerator, Shape, Parameters, Rows, default(Adam), average: 0, divergedAt);
        network.View.Units.CopyFromCPU(Units);
        network.View.Deltas.CopyFromCPU(Deltas);
        return network;
    }

    /// <summary>Holds a device's copy equal.</summary>
    public void AssertSame(StepwiseNetwork network, string what)
    {
        SameBits.Assert(Read(network.View.Parameters), Parameters, $"{what}: parameters");
        SameBits.Assert(Read(network.View.Units), Units, $"{what}: units");
        SameBits.Assert(Read(network.View.Deltas), Deltas, $"{what}: deltas");
    }

    private static float[] Read(ArrayView<float> view)
    {
        float[] values = new float[view.Length];
        view.CopyToCPU(values);
        return values;
    }
}
