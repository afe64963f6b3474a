using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Training;

namespace GpuGan.Runner.Engines;

/// <summary>
/// Which engine <see cref="Engine.Auto"/> is: on the CPU the one that is measured to be quicker (docs/benchmarks/engines.csv); on a GPU that is yet
/// to be measured.
/// </summary>
internal static class EngineChoice
{
    // In the lanes of a vector GANs share each instruction, as long as the code of one fits: beyond these parameters a core is quicker with one
    // GAN whose rows lie in the lanes, and with many rows sooner. A thread of a GPU has no more registers than such a vector's lane.
    private const int MostInLanes = 320, MostInLanesOfManyRows = 260, ManyRows = 64;

    /// <summary>Of one GAN.</summary>
    /// <param name="device">Where: one GAN fills no vector of the CPU's lanes, and of a GPU's threads one is as good as another.</param>
    /// <param name="settings">How it is trained.</param>
    public static Engine OfOne(Device device, TrainingSettings settings) =>
        !device.HasVectors && CompiledKernels.Fits(settings) ? Engine.Compiled : Engine.Tiled;

    /// <summary>Of many at once.</summary>
    /// <param name="device">Where.</param>
    /// <param name="settings">How each is trained.</param>
    /// <param name="rows">Rows of its data.</param>
    public static Engine OfMany(Device device, TrainingSettings settings, int rows)
    {
        bool hasManyRows = device.HasVectors && Math.Min(settings.BatchSize, rows) >= ManyRows;
        int parameters = settings.Generator.ParameterCount + settings.Discriminator.ParameterCount;
        return parameters > (hasManyRows ? MostInLanesOfManyRows : MostInLanes) ? Engine.Tiled : Engine.Compiled;
    }
}
