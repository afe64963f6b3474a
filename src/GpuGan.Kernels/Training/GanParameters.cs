using System.Runtime.InteropServices;
using System.Security.Cryptography;
using GpuGan.Kernels.Networks;

namespace GpuGan.Kernels.Training;

/// <summary>The weights and biases of a generator and its discriminator.</summary>
public sealed class GanParameters
{
    /// <summary>Wraps parameters that lie one after the other.</summary>
    /// <param name="generator">Shape of the generator.</param>
    /// <param name="discriminator">Shape of the discriminator.</param>
    /// <param name="values">The generator's parameters, then the discriminator's, each as <see cref="NetworkShape"/> lays them out.</param>
    /// <exception cref="ArgumentException">The number of values does not fit the shapes.</exception>
    public GanParameters(NetworkShape generator, NetworkShape discriminator, float[] values)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(discriminator);
        ArgumentNullException.ThrowIfNull(values);
        int expected = generator.ParameterCount + discriminator.ParameterCount;
        if (values.Length != expected)
        {
            throw new ArgumentException($"{generator} and {discriminator} have {expected} parameters, not {values.Length}");
        }

        Generator = generator;
        Discriminator = discriminator;
        Values = values;
    }

    /// <summary>Shape of the generator.</summary>
    public NetworkShape Generator { get; }

    /// <summary>Shape of the discriminator.</summary>
    public NetworkShape Discriminator { get; }

    /// <summary>The generator's parameters, then the discriminator's.</summary>
    public float[] Values { get; }

    /// <summary>The generator's parameters.</summary>
    public ReadOnlySpan<float> GeneratorValues => Values.AsSpan(0, Generator.ParameterCount);

    /// <summary>The discriminator's parameters.</summary>
    public ReadOnlySpan<float> DiscriminatorValues => Values.AsSpan(Generator.ParameterCount);

    /// <summary>SHA-256 of the little-endian float32 values, in lower-case hexadecimal.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(Values.AsSpan())));

    /// <summary>Whether every parameter is a finite number.</summary>
    public bool AllFinite => Values.All(float.IsFinite);

    /// <summary>
    /// The tensors by PyTorch's names, such as <c>generator.0.weight</c>: the layer counts from 0, a weight is
    /// <c>[out, in]</c>, a bias <c>[out]</c>.
    /// </summary>
    public IEnumerable<Tensor> Tensors()
    {
        int start = 0;
        foreach ((string network, NetworkShape shape) in new[] { ("generator", Generator), ("discriminator", Discriminator) })
        {
            for (int i = 0; i < shape.Layers.Count; i++)
            {
                Layer layer = shape.Layers[i];
                yield return new Tensor(
                    $"{network}.{i}.weight", [layer.Outputs, layer.Inputs], Values.AsMemory(start + layer.WeightOffset, layer.Inputs * layer.Outputs));
                yield return new Tensor(
                    $"{network}.{i}.bias", [layer.Outputs], Values.AsMemory(start + layer.BiasOffset, layer.Outputs));
            }

            start += shape.ParameterCount;
        }
    }
}

/// <summary>A named part of <see cref="GanParameters"/>.</summary>
/// <param name="Name">PyTorch's name, such as <c>generator.0.weight</c>.</param>
/// <param name="Shape"><c>[out, in]</c> or <c>[out]</c>.</param>
/// <param name="Values">The values, row by row; a window on <see cref="GanParameters.Values"/>.</param>
public sealed record Tensor(string Name, int[] Shape, ReadOnlyMemory<float> Values);
