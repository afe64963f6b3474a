using System.Collections.Frozen;
using System.Reflection;
using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Networks;

/// <summary>A network evaluated on the host, to the same bits as the kernels.</summary>
public static class Perceptron
{
    // The formulas as type arguments, as the kernels have them: called through their interface they would take ten times as long.
    private static readonly FrozenDictionary<Activation, PassOf> Passes = ActivationTable.All.ToFrozenDictionary(pair => pair.Key, pair => PassFor(pair.Value));

    private delegate void PassOf(NetworkShape shape, ReadOnlySpan<float> parameters, Span<float> units);

    /// <summary>Passes one row through a network.</summary>
    /// <param name="shape">The network's widths.</param>
    /// <param name="parameters">Its parameters, as <see cref="NetworkShape"/> lays them out.</param>
    /// <param name="activation">What stands between its layers.</param>
    /// <param name="input"><c>[input]</c>.</param>
    /// <param name="output"><c>[output]</c>, filled; the discriminator's is the logit.</param>
    /// <exception cref="ArgumentException">A buffer does not have the shape's length.</exception>
    public static void Evaluate(
        NetworkShape shape, ReadOnlySpan<float> parameters, Activation activation, ReadOnlySpan<float> input, Span<float> output)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (parameters.Length != shape.ParameterCount || input.Length != shape.Inputs || output.Length != shape.Outputs)
        {
            throw new ArgumentException(
                $"{shape} takes {shape.ParameterCount} parameters, {shape.Inputs} inputs and {shape.Outputs} outputs, "
                + $"not {parameters.Length}, {input.Length} and {output.Length}");
        }

        if (!Passes.TryGetValue(activation, out PassOf? pass))
        {
            throw new ArgumentOutOfRangeException(nameof(activation), activation, "it is none that there is");
        }

        Span<float> units = shape.UnitCount <= 1024 ? stackalloc float[shape.UnitCount] : new float[shape.UnitCount];
        input.CopyTo(units);
        pass(shape, parameters, units);
        units[^shape.Outputs..].CopyTo(output);
    }

    private static PassOf PassFor(IActivation activation) => typeof(Perceptron)
        .GetMethod(nameof(Pass), BindingFlags.NonPublic | BindingFlags.Static)!
        .MakeGenericMethod(activation.GetType())
        .CreateDelegate<PassOf>();

    private static void Pass<TActivation>(NetworkShape shape, ReadOnlySpan<float> parameters, Span<float> units)
        where TActivation : struct, IActivation
    {
        TActivation formulas = default;
        DeviceOperations o = default;
        for (int i = 0; i < shape.Layers.Count; i++)
        {
            Layer layer = shape.Layers[i];
            bool hidden = i < shape.Layers.Count - 1;
            for (int unit = 0; unit < layer.Outputs; unit++)
            {
                float sum = parameters[layer.BiasOffset + unit];
                for (int source = 0; source < layer.Inputs; source++)
                {
                    sum = o.Fma(parameters[layer.WeightOffset + (unit * layer.Inputs) + source], units[layer.InputOffset + source], sum);
                }

                units[layer.OutputOffset + unit] = hidden ? formulas.Value(sum, o) : sum;
            }
        }
    }
}
