namespace GpuGan.Runner.Engines;

/// <summary>What trains; the bits are the same.</summary>
internal enum Engine
{
    /// <summary>The compiled one where it takes the networks, else the stepwise one.</summary>
    Auto,

    /// <summary>Kernels compiled for the exact shape, one GAN in a lane.</summary>
    Compiled,

    /// <summary>A kernel for each concept, for networks of any size.</summary>
    Stepwise,
}
