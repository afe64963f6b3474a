using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Tiled.Blocks;

/// <summary>How a device walks through the operations of a step; the bits are the same.</summary>
internal enum Walk
{
    /// <summary>A group of threads has a GAN for many steps.</summary>
    Blocks,

    /// <summary>A launch is one operation, of all GANs.</summary>
    Layers,
}

/// <summary>Chooses.</summary>
internal static class Walks
{
    // A group makes some 60 multiply-adds a nanosecond, a launch costs some microseconds and a step has dozens: where a step takes a group longer
    // than its launches would cost, all groups of the device share it. By how many parameters each row passes through.
    private const long MostInBlock = 4_000_000;

    /// <summary>The walk that is likely to be quicker.</summary>
    /// <param name="settings">The game.</param>
    /// <param name="batch">Rows of a batch.</param>
    /// <param name="members">GANs that are trained together.</param>
    public static Walk Of(TrainingSettings settings, int batch, int members) =>
        (long)batch * (settings.Generator.ParameterCount + settings.Discriminator.ParameterCount) > members * MostInBlock ? Walk.Layers : Walk.Blocks;
}
