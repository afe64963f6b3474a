namespace GpuGan.Kernels.Training;

/// <summary>What trains; the bits are the same.</summary>
public enum Engine
{
    /// <summary>Of one GAN the tiled one on the CPU, elsewhere the compiled one where it takes the networks, else the tiled one; of many, the compiled one for small networks.</summary>
    Auto,

    /// <summary>Kernels compiled for the exact shape, one GAN in a lane.</summary>
    Compiled,

    /// <summary>Sums of many rows and units at once, in vectors or in groups of threads, for networks of any size.</summary>
    Tiled,

    /// <summary>A kernel for each concept, for networks of any size.</summary>
    Stepwise,
}
