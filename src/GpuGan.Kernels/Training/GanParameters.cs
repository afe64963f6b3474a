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
    /// <param name="values">The generator's parameters, then the discriminator's, each as <see cref="Network"/> lays them out.</param>
    /// <exception cref="ArgumentException">The number of values does not fit the shapes.</exception>
    public GanParameters(Network generator, Network discriminator, float[] values)
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
    public Network Generator { get; }

    /// <summary>Shape of the discriminator.</summary>
    public Network Discriminator { get; }

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

    /// <summary>Draws the parameters that a training begins with from its seed.</summary>
    /// <param name="settings">Networks, initialisation and seed.</param>
    internal static GanParameters Draw(TrainingSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new(
            settings.Generator,
            settings.Discriminator,
            InitialWeights.Draw(settings.Generator, settings.Discriminator, settings.Init, settings.Seed, (float)settings.InitStd));
    }

    /// <summary>Wraps what a training has; all NaN after a divergence.</summary>
    /// <param name="settings">Of the training.</param>
    /// <param name="values">The generator's parameters, then the discriminator's; kept.</param>
    /// <param name="isDiverged">Whether it diverged.</param>
    internal static GanParameters OrNaN(TrainingSettings settings, float[] values, bool isDiverged)
    {
        if (isDiverged)
        {
            Array.Fill(values, float.NaN);
        }

        return new GanParameters(settings.Generator, settings.Discriminator, values);
    }

    /// <summary>Refuses parameters of other networks than a training has.</summary>
    /// <exception cref="ArgumentException">They are of others.</exception>
    internal void RequireFits(TrainingSettings settings)
    {
        if (!Generator.Equals(settings.Generator) || !Discriminator.Equals(settings.Discriminator))
        {
            throw new ArgumentException($"the parameters are of {Generator} and {Discriminator}, the training of {settings.Generator} and {settings.Discriminator}");
        }
    }

    /// <summary>The tensors by PyTorch's names, such as <c>generator.0.weight</c>: a weight is <c>[out, in]</c>, a bias <c>[out]</c>.</summary>
    /// <param name="numbering">How the names count the layers.</param>
    internal IEnumerable<Tensor> Tensors(LayerNumbering numbering) =>
    [
        .. Tensor.Of(Generator, Values.AsMemory(0, Generator.ParameterCount), numbering, "generator."),
        .. Tensor.Of(Discriminator, Values.AsMemory(Generator.ParameterCount), numbering, "discriminator."),
    ];
}
