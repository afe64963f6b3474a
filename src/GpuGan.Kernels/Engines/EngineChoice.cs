using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Engines;

/// <summary>
/// Which engine <see cref="Engine.Auto"/> is: on the CPU the one that is measured to be quicker (docs/benchmarks/engines.csv); on a GPU that is yet
/// to be measured.
/// </summary>
internal static class EngineChoice
{
    // Code for one network is quicker than loops over any, as long as it fits: beyond these parameters loops are, and of one GAN with many rows
    // sooner, as they pass more of them at once. A thread of a GPU has no more registers than a lane of a vector.
    private const int Most = 430, MostWithManyRows = 260, ManyRows = 64;

    // What the code of one GAN wins in so many steps is what it took to compile it.
    private const long StepsOfCompilation = 300_000;

    /// <summary>Of one GAN.</summary>
    /// <param name="device">Where: of a GPU's threads one is as good as another.</param>
    /// <param name="settings">How it is trained.</param>
    /// <param name="rows">Rows of its data.</param>
    public static Engine OfOne(Device device, TrainingSettings settings, int rows)
    {
        if (!device.HasVectors)
        {
            return CompiledKernels.Fits(settings) ? Engine.Compiled : Engine.Tiled;
        }

        bool isLong = (long)settings.Epochs * settings.StepsPerEpoch(rows) >= StepsOfCompilation;
        bool hasManyRows = Math.Min(settings.BatchSize, rows) >= ManyRows;
        return isLong && ParametersOf(settings) <= (hasManyRows ? MostWithManyRows : Most) ? Engine.Compiled : Engine.Tiled;
    }

    /// <summary>Of many at once.</summary>
    /// <param name="settings">How each is trained.</param>
    public static Engine OfMany(TrainingSettings settings) => ParametersOf(settings) <= Most ? Engine.Compiled : Engine.Tiled;

    private static int ParametersOf(TrainingSettings settings) => settings.Generator.ParameterCount + settings.Discriminator.ParameterCount;
}
