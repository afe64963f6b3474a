using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Random;

namespace GpuGan.Kernels.Networks;

/// <summary>The parameters that a training begins with.</summary>
public static class InitialWeights
{
    /// <summary>Draws normal weights of mean zero; biases are zero.</summary>
    /// <param name="generator">Shape of the generator.</param>
    /// <param name="discriminator">Shape of the discriminator.</param>
    /// <param name="seed">Its stream <see cref="StreamId.InitialWeights"/> is drawn from.</param>
    /// <param name="standardDeviation">Finite, at least 0.</param>
    /// <returns>The generator's parameters, then the discriminator's.</returns>
    public static float[] Draw(NetworkShape generator, NetworkShape discriminator, ulong seed, float standardDeviation)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(discriminator);
        if (!(standardDeviation >= 0 && float.IsFinite(standardDeviation)))
        {
            throw new ArgumentOutOfRangeException(nameof(standardDeviation), standardDeviation, "it must be finite, and at least 0");
        }

        float[] parameters = new float[generator.ParameterCount + discriminator.ParameterCount];
        Streams.Fill(seed, StreamId.InitialWeights, step: 0, parameters);
        foreach (ref float parameter in parameters.AsSpan())
        {
            parameter = default(DeviceOperations).Multiply(standardDeviation, parameter);
        }

        ClearBiases(generator, parameters);
        ClearBiases(discriminator, parameters.AsSpan(generator.ParameterCount));
        return parameters;
    }

    private static void ClearBiases(NetworkShape shape, Span<float> parameters)
    {
        foreach (Layer layer in shape.Layers)
        {
            parameters.Slice(layer.BiasOffset, layer.Outputs).Clear();
        }
    }
}
