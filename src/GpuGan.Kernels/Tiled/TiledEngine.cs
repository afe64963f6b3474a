using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Tiled.Blocks;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Tiled;

/// <summary>The engine for width, on any device: vectors on the CPU's threads, groups of threads on a GPU.</summary>
internal static class TiledEngine
{
    /// <summary>Begins the training of one GAN.</summary>
    /// <param name="device">Where; must outlive the trainer.</param>
    /// <param name="settings">How to train.</param>
    /// <param name="data">What to learn.</param>
    /// <param name="initial">The parameters to begin with; null to draw them from the seed.</param>
    /// <exception cref="InvalidSettingException">A setting is out of range or does not fit the data.</exception>
    /// <exception cref="ArgumentException">A number of the data is not finite, or the parameters are of other networks.</exception>
    /// <exception cref="DeviceMemoryException">There is too little memory.</exception>
    public static IStepTrainer Begin(Device device, TrainingSettings settings, DataSet data, GanParameters? initial = null)
    {
        ArgumentNullException.ThrowIfNull(device);
        return device.HasVectors ? new TiledTrainer(device, settings, data, initial) : new BlockTrainer(device, settings, data, initial);
    }

    /// <summary>Bytes of a device's memory that GANs take, but for the data and what does not grow with the networks.</summary>
    /// <param name="device">Where.</param>
    /// <param name="settings">How they are trained.</param>
    /// <param name="rows">Of the data of each, at least 1.</param>
    /// <param name="count">How many, at least 1; the CPU trains no more at a time than it has threads.</param>
    public static long BytesOf(Device device, TrainingSettings settings, int rows, int count)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return device.HasVectors
            ? TiledPopulation.BytesOf(settings, rows, Math.Min(count, device.Multiprocessors))
            : count * BlockPopulation.BytesOf(settings, rows);
    }

    /// <summary>Describes a population.</summary>
    /// <param name="device">Where; must outlive the population.</param>
    /// <param name="settings">What the members have in common.</param>
    /// <param name="count">Number of members, at least 1.</param>
    /// <param name="member">The settings of the member of a number, from 0: those in common but for the seed and the numbers.</param>
    /// <param name="data">What a member learns; the same object for all, or rows of its own.</param>
    /// <param name="rows">How many rows each has.</param>
    /// <param name="accuracy">Measures each member's discriminator; null where that is not asked for.</param>
    /// <param name="start">Makes the parameters that a member begins with of those that were drawn; null where it begins with these.</param>
    /// <param name="history">Which points of each training are kept; null for none.</param>
    public static IPopulation Populate(
        Device device,
        TrainingSettings settings,
        int count,
        Func<int, TrainingSettings> member,
        Func<TrainingSettings, DataSet> data,
        int rows,
        DiscriminatorAccuracy? accuracy = null,
        Func<GanParameters, GanParameters>? start = null,
        History? history = null)
    {
        ArgumentNullException.ThrowIfNull(device);
        return device.HasVectors
            ? new TiledPopulation(device, settings, count, member, data, rows) { Accuracy = accuracy, Start = start, History = history }
            : new BlockPopulation(device, settings, count, member, data, rows) { Accuracy = accuracy, Start = start, History = history };
    }
}
