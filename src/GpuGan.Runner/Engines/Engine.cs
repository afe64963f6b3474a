namespace GpuGan.Runner.Engines;

/// <summary>What trains; the bits are the same.</summary>
internal enum Engine
{
    /// <summary>On the CPU the tiled one; elsewhere the compiled one where it takes the networks, else the stepwise one. One GAN fills no vector of the compiled one's lanes.</summary>
    Auto,

    /// <summary>Kernels compiled for the exact shape, one GAN in a lane.</summary>
    Compiled,

    /// <summary>Rows of the batch in the lanes of the CPU's vectors, for networks of any size.</summary>
    Tiled,

    /// <summary>A kernel for each concept, for networks of any size.</summary>
    Stepwise,
}
