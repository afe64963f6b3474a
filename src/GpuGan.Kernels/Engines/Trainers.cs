using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Stepwise;
using GpuGan.Kernels.Tiled;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Engines;

/// <summary>Begins trainings by whichever engine.</summary>
internal static class Trainers
{
    /// <summary>Begins the training of one GAN.</summary>
    /// <param name="engine">Which engine.</param>
    /// <param name="fastMath">Whether a GPU may take its own functions; then the engine is the compiled one.</param>
    /// <param name="device">Where; must outlive the trainer.</param>
    /// <param name="settings">How to train.</param>
    /// <param name="data">What to learn.</param>
    public static ITrainer Begin(Engine engine, bool fastMath, Device device, TrainingSettings settings, DataSet data)
    {
        Engine chosen = fastMath ? Engine.Compiled : engine != Engine.Auto ? engine : EngineChoice.OfOne(device, settings, data.Rows);
        return chosen switch
        {
            Engine.Compiled => new CompiledGan(device, settings, data, fastMath),
            Engine.Tiled => TiledEngine.Begin(device, settings, data),
            _ => new StepwiseTrainer(device, settings, data),
        };
    }

    /// <summary>Prepares populations of the compiled or the tiled engine.</summary>
    /// <param name="engine">Never <see cref="Engine.Auto"/>.</param>
    /// <param name="fastMath">Whether a GPU may take its own functions.</param>
    /// <param name="device">Where; must outlive the population.</param>
    /// <param name="settings">What the members have in common.</param>
    /// <param name="data">The rows of all; null where each member draws its own.</param>
    /// <param name="distribution">What rows are drawn from, where each draws its own.</param>
    /// <param name="rows">How many rows each has.</param>
    /// <returns>What makes a population of members; kernels are compiled once for all.</returns>
    public static Func<Members, IPopulation> Populator(
        Engine engine, bool fastMath, Device device, TrainingSettings settings, DataSet? data, IDistribution? distribution, int rows)
    {
        if (engine == Engine.Tiled)
        {
            Func<TrainingSettings, DataSet> learned = data is null ? its => distribution!.Sample(its.Seed, rows) : _ => data;
            return members => TiledEngine.Populate(device, settings, members.Count, members.Settings, learned, rows, members.Accuracy, members.Start, members.History);
        }

        CompiledKernels kernels = data is null
            ? new CompiledKernels(device, settings, distribution!, rows, fastMath: fastMath)
            : new CompiledKernels(device, settings, data, fastMath: fastMath);
        return members => new Population(kernels, members.Count, members.Settings) { Accuracy = members.Accuracy, Start = members.Start, History = members.History };
    }
}

/// <summary>The members of a population.</summary>
/// <param name="Count">How many, at least 1.</param>
/// <param name="Settings">The settings of the member of a number, from 0.</param>
/// <param name="Accuracy">Measures each member's discriminator; null where that is not asked for.</param>
/// <param name="Start">Makes the parameters that a member begins with of those that were drawn; null where it begins with these.</param>
/// <param name="History">Which points of each training are kept; null for none.</param>
internal sealed record Members(
    int Count, Func<int, TrainingSettings> Settings, DiscriminatorAccuracy? Accuracy = null, Func<GanParameters, GanParameters>? Start = null, History? History = null);
