namespace GpuGan.Runner.Engines;

/// <summary>What trains; the bits are the same.</summary>
internal enum Engine
{
    /// <summary>The compiled one where it takes the networks, else on the CPU the tiled one, and elsewhere the stepwise one.</summary>
    Auto,

    /// <summary>Kernels compiled for the exact shape, one GAN in a lane.</summary>
    Compiled,

    /// <summary>Rows of the batch in the lanes of the CPU's vectors, for networks of any size.</summary>
    Tiled,

    /// <summary>A kernel for each concept, for networks of any size.</summary>
    Stepwise,
}
