using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Networks.Initializers;
using GpuGan.Kernels.Random;

namespace GpuGan.Kernels.Networks;

/// <summary>The parameters that a training begins with.</summary>
internal static class InitialWeights
{
    /// <summary>Draws the parameters of both networks.</summary>
    /// <param name="generator">The generator.</param>
    /// <param name="discriminator">The discriminator.</param>
    /// <param name="initializer">How.</param>
    /// <param name="seed">Its stream <see cref="StreamId.InitialWeights"/> is drawn from; an element is a parameter's index.</param>
    /// <param name="standardDeviation">Of normal weights; finite, at least 0.</param>
    /// <returns>The generator's parameters, then the discriminator's.</returns>
    public static float[] Draw(Network generator, Network discriminator, IInitializer initializer, ulong seed, float standardDeviation)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(discriminator);
        ArgumentNullException.ThrowIfNull(initializer);
        if (!(standardDeviation >= 0 && float.IsFinite(standardDeviation)))
        {
            throw new ArgumentOutOfRangeException(nameof(standardDeviation), standardDeviation, "it must be finite, and at least 0");
        }

        float[] parameters = new float[generator.ParameterCount + discriminator.ParameterCount];
        Streams.Fill(seed, StreamId.InitialWeights, step: 0, parameters, isUniform: initializer.IsUniform);
        Scale(generator, parameters);
        Scale(discriminator, parameters.AsSpan(generator.ParameterCount));
        return parameters;

        void Scale(Network network, Span<float> own)
        {
            foreach (Layer layer in network.Layers)
            {
                float scale = initializer.Scale(layer) is double known ? (float)known : standardDeviation;
                foreach (ref float parameter in own.Slice(layer.WeightOffset, layer.ParameterCount))
                {
                    parameter = default(DeviceOperations).Multiply(scale, parameter);
                }

                if (layer.HasBias && !initializer.DrawsBiases)
                {
                    own.Slice(layer.BiasOffset, layer.Outputs).Clear();
                }
            }
        }
    }
}
