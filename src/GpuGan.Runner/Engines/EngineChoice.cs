using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Tiled;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Commands;

namespace GpuGan.Runner.Engines;

/// <summary>Which engine <see cref="Engine.Auto"/> is: the one that is measured to be quicker, as the tables of docs/engines.md tell.</summary>
internal static class EngineChoice
{
    // In the lanes of a vector GANs share each instruction, as long as the code of one fits: beyond these parameters a core is quicker with one
    // GAN whose rows lie in the lanes, and with many rows sooner.
    private const int MostInLanes = 320, MostInLanesOfManyRows = 190, ManyRows = 64;

    /// <summary>Of one GAN.</summary>
    /// <param name="device">Where.</param>
    /// <param name="settings">How it is trained.</param>
    public static Engine OfOne(Device device, TrainingSettings settings) =>
        TiledTrainer.Fits(device, settings) ? Engine.Tiled
        : CompiledKernels.Fits(settings) ? Engine.Compiled
        : Engine.Stepwise;

    /// <summary>Refuses an engine that is asked for where it does not train.</summary>
    /// <exception cref="CommandException">It does not train there.</exception>
    public static void Require(Engine engine, Device device, TrainingSettings settings)
    {
        if (engine == Engine.Tiled && !TiledTrainer.Fits(device, settings))
        {
            throw new CommandException(ExitCode.NoDevice, $"--engine tiled trains on the CPU, not on {device.Word}; add --device cpu");
        }
    }

    /// <summary>Of many at once.</summary>
    /// <param name="device">Where.</param>
    /// <param name="settings">How each is trained.</param>
    /// <param name="rows">Rows of its data.</param>
    public static Engine OfMany(Device device, TrainingSettings settings, int rows)
    {
        long parameters = (long)settings.Generator.ParameterCount + settings.Discriminator.ParameterCount;
        bool isWide = parameters > (Math.Min(settings.BatchSize, rows) >= ManyRows ? MostInLanesOfManyRows : MostInLanes);
        return isWide && TiledTrainer.Fits(device, settings) ? Engine.Tiled
            : CompiledKernels.Fits(settings) ? Engine.Compiled
            : Engine.Stepwise;
    }
}
