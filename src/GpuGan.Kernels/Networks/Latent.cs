namespace GpuGan.Kernels.Networks;

/// <summary>What a generator is given.</summary>
public enum Latent
{
    /// <summary>Standard normal variates.</summary>
    Normal,

    /// <summary>Numbers uniform in [-1, 1).</summary>
    Uniform,

    /// <summary>Zeros: the generator is what it makes of its biases.</summary>
    Zero,
}

/// <summary>The words of latents.</summary>
internal static class LatentTable
{
    /// <summary>All of them.</summary>
    public static WordTable<Latent> All { get; } = new(
        "latent",
        new("normal", Latent.Normal),
        new("uniform", Latent.Uniform),
        new("zero", Latent.Zero));
}
