using System.Collections.Concurrent;
using System.Numerics;
using System.Reflection;
using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Networks.Activations;

namespace GpuGan.Kernels.Networks;

/// <summary>A network evaluated on the host, to the same bits as the kernels.</summary>
internal static class Perceptron
{
    // Vectors of rows that are summed at a time: each weight is loaded once for all of them, and no sum waits for the one before.
    private const int Vectors = 4;

    // The formulas as type arguments, as the kernels have them: called through their interface they would take ten times as long.
    private static readonly ConcurrentDictionary<(Type Hidden, Type Output), PassOf> Passes = new();

    private delegate void PassOf(Network network, ReadOnlySpan<float> parameters, Span<float> units, int rows);

    private static int RowsAtOnce => Vectors * Vector<float>.Count;

    /// <summary>Passes rows through a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="parameters">Its parameters, as <see cref="Network"/> lays them out.</param>
    /// <param name="inputs"><c>[row, input]</c>.</param>
    /// <param name="outputs"><c>[row, output]</c>, filled; the discriminator's are the logits.</param>
    /// <exception cref="ArgumentException">A buffer does not have the network's length.</exception>
    public static void Evaluate(Network network, ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        ArgumentNullException.ThrowIfNull(network);
        int rows = inputs.Length / network.Inputs;
        if (parameters.Length != network.ParameterCount || inputs.Length != rows * network.Inputs || outputs.Length != rows * network.Outputs)
        {
            throw new ArgumentException(
                $"{network} takes {network.ParameterCount} parameters, and {network.Inputs} inputs and {network.Outputs} outputs for each row, "
                + $"not {parameters.Length}, {inputs.Length} and {outputs.Length}");
        }

        PassOf pass = Passes.GetOrAdd((network.Hidden.GetType(), network.Output.GetType()), PassFor);
        int most = rows < RowsAtOnce ? 1 : RowsAtOnce;
        Span<float> units = most * network.UnitCount <= 1024 ? stackalloc float[most * network.UnitCount] : new float[most * network.UnitCount];
        for (int first = 0, count; first < rows; first += count)
        {
            count = rows - first < most ? 1 : most;
            Turn(inputs.Slice(first * network.Inputs, count * network.Inputs), count, units, network.Inputs);
            pass(network, parameters, units, count);
            TurnBack(units[((network.UnitCount - network.Outputs) * count)..], count, outputs.Slice(first * network.Outputs, count * network.Outputs), network.Outputs);
        }
    }

    private static PassOf PassFor((Type Hidden, Type Output) activations) => typeof(Perceptron)
        .GetMethod(nameof(Pass), BindingFlags.NonPublic | BindingFlags.Static)!
        .MakeGenericMethod(activations.Hidden, activations.Output)
        .CreateDelegate<PassOf>();

    /// <summary>One row, or <see cref="RowsAtOnce"/> of them.</summary>
    /// <param name="network">The network.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="units"><c>[unit, row]</c>; the inputs are there.</param>
    /// <param name="rows">How many.</param>
    private static void Pass<THidden, TOutput>(Network network, ReadOnlySpan<float> parameters, Span<float> units, int rows)
        where THidden : struct, IActivation
        where TOutput : struct, IActivation
    {
        float between = network.Hidden.Coefficient, behind = network.Output.Coefficient;
        for (int i = 0; i < network.Layers.Count; i++)
        {
            Layer layer = network.Layers[i];
            ReadOnlySpan<float> below = units.Slice(layer.InputOffset * rows, layer.Inputs * rows);
            for (int unit = 0; unit < layer.Outputs; unit++)
            {
                float bias = layer.HasBias ? parameters[layer.BiasOffset + unit] : 0;
                ReadOnlySpan<float> weights = parameters.Slice(layer.WeightOffset + (unit * layer.Inputs), layer.Inputs);
                Span<float> sums = units.Slice((layer.OutputOffset + unit) * rows, rows);
                if (rows == 1)
                {
                    sums[0] = Sum(bias, weights, below);
                }
                else
                {
                    Sum(bias, weights, below, sums);
                }
            }

            Span<float> above = units.Slice(layer.OutputOffset * rows, layer.Outputs * rows);
            if (i < network.Layers.Count - 1)
            {
                Apply<THidden>(above, between);
            }
            else
            {
                Apply<TOutput>(above, behind);
            }
        }
    }

    private static float Sum(float bias, ReadOnlySpan<float> weights, ReadOnlySpan<float> below)
    {
        DeviceOperations o = default;
        float sum = bias;
        for (int source = 0; source < weights.Length; source++)
        {
            sum = o.Fma(weights[source], below[source], sum);
        }

        return sum;
    }

    private static void Sum(float bias, ReadOnlySpan<float> weights, ReadOnlySpan<float> below, Span<float> sums)
    {
        int lanes = Vector<float>.Count;
        Vector<float> a = new(bias), b = a, c = a, d = a;
        for (int source = 0; source < weights.Length; source++)
        {
            Vector<float> weight = new(weights[source]);
            ReadOnlySpan<float> rows = below.Slice(source * sums.Length, sums.Length);
            a = Vector.FusedMultiplyAdd(weight, new Vector<float>(rows), a);
            b = Vector.FusedMultiplyAdd(weight, new Vector<float>(rows[lanes..]), b);
            c = Vector.FusedMultiplyAdd(weight, new Vector<float>(rows[(2 * lanes)..]), c);
            d = Vector.FusedMultiplyAdd(weight, new Vector<float>(rows[(3 * lanes)..]), d);
        }

        a.CopyTo(sums);
        b.CopyTo(sums[lanes..]);
        c.CopyTo(sums[(2 * lanes)..]);
        d.CopyTo(sums[(3 * lanes)..]);
    }

    private static void Apply<TActivation>(Span<float> units, float coefficient)
        where TActivation : struct, IActivation
    {
        foreach (ref float unit in units)
        {
            unit = default(TActivation).Value(unit, coefficient, default(DeviceOperations));
        }
    }

    private static void Turn(ReadOnlySpan<float> inputs, int rows, Span<float> units, int width)
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            units[(i % width * rows) + (i / width)] = inputs[i];
        }
    }

    private static void TurnBack(ReadOnlySpan<float> units, int rows, Span<float> outputs, int width)
    {
        for (int i = 0; i < outputs.Length; i++)
        {
            outputs[i] = units[(i % width * rows) + (i / width)];
        }
    }
}
