using System.Collections.Concurrent;
using System.Reflection;
using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Networks.Activations;

namespace GpuGan.Kernels.Networks;

/// <summary>A network evaluated on the host, to the same bits as the kernels.</summary>
public static class Perceptron
{
    // The formulas as type arguments, as the kernels have them: called through their interface they would take ten times as long.
    private static readonly ConcurrentDictionary<(Type Hidden, Type Output), PassOf> Passes = new();

    private delegate void PassOf(Network network, ReadOnlySpan<float> parameters, Span<float> units);

    /// <summary>Passes one row through a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="parameters">Its parameters, as <see cref="Network"/> lays them out.</param>
    /// <param name="input"><c>[input]</c>.</param>
    /// <param name="output"><c>[output]</c>, filled; the discriminator's is the logit.</param>
    /// <exception cref="ArgumentException">A buffer does not have the network's length.</exception>
    public static void Evaluate(Network network, ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, Span<float> output)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (parameters.Length != network.ParameterCount || input.Length != network.Inputs || output.Length != network.Outputs)
        {
            throw new ArgumentException(
                $"{network} takes {network.ParameterCount} parameters, {network.Inputs} inputs and {network.Outputs} outputs, "
                + $"not {parameters.Length}, {input.Length} and {output.Length}");
        }

        Span<float> units = network.UnitCount <= 1024 ? stackalloc float[network.UnitCount] : new float[network.UnitCount];
        input.CopyTo(units);
        Passes.GetOrAdd((network.Hidden.GetType(), network.Output.GetType()), PassFor)(network, parameters, units);
        units[^network.Outputs..].CopyTo(output);
    }

    private static PassOf PassFor((Type Hidden, Type Output) activations) => typeof(Perceptron)
        .GetMethod(nameof(Pass), BindingFlags.NonPublic | BindingFlags.Static)!
        .MakeGenericMethod(activations.Hidden, activations.Output)
        .CreateDelegate<PassOf>();

    private static void Pass<THidden, TOutput>(Network network, ReadOnlySpan<float> parameters, Span<float> units)
        where THidden : struct, IActivation
        where TOutput : struct, IActivation
    {
        THidden hidden = default;
        TOutput output = default;
        float between = network.Hidden.Coefficient, behind = network.Output.Coefficient;
        DeviceOperations o = default;
        for (int i = 0; i < network.Layers.Count; i++)
        {
            Layer layer = network.Layers[i];
            bool isHidden = i < network.Layers.Count - 1;
            for (int unit = 0; unit < layer.Outputs; unit++)
            {
                float sum = layer.HasBias ? parameters[layer.BiasOffset + unit] : 0;
                for (int source = 0; source < layer.Inputs; source++)
                {
                    sum = o.Fma(parameters[layer.WeightOffset + (unit * layer.Inputs) + source], units[layer.InputOffset + source], sum);
                }

                units[layer.OutputOffset + unit] = isHidden ? hidden.Value(sum, between, o) : output.Value(sum, behind, o);
            }
        }
    }
}
