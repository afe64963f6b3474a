using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Stepwise;
using GpuGan.Kernels.Tiled;
using GpuGan.Kernels.Training;

namespace GpuGan.Runner.Engines;

/// <summary>The training of one GAN, by whichever engine.</summary>
internal interface ITraining : IDisposable
{
    /// <summary>Never <see cref="Engine.Auto"/>.</summary>
    Engine Engine { get; }

    /// <summary>Steps done so far.</summary>
    int Steps { get; }

    /// <summary>The first step after which a parameter was not finite; null while all are.</summary>
    int? DivergedAt { get; }

    /// <summary>Trains one epoch and waits for it.</summary>
    EpochLosses TrainEpoch();

    /// <summary>The parameters; all NaN after a divergence.</summary>
    GanParameters ReadParameters();

    /// <summary>The parameters with the generator that is judged: its average, where there is one.</summary>
    GanParameters ReadJudged();

    /// <summary>All that the rest of the training depends on, at the end of an epoch.</summary>
    TrainingState ReadState();

    /// <summary>Goes on where another training was when its state was read.</summary>
    void WriteState(TrainingState state);

    /// <summary>Begins a training.</summary>
    /// <param name="engine">Which engine.</param>
    /// <param name="fastMath">Whether a GPU may take its own functions; then the engine is the compiled one.</param>
    /// <param name="device">Where.</param>
    /// <param name="settings">How to train.</param>
    /// <param name="data">What to learn.</param>
    static ITraining Begin(Engine engine, bool fastMath, Device device, TrainingSettings settings, DataSet data)
    {
        Engine chosen = fastMath ? Engine.Compiled : engine != Engine.Auto ? engine : EngineChoice.OfOne(device, settings, data.Rows);
        return chosen switch
        {
            Engine.Compiled => new CompiledTraining(device, settings, data, fastMath),
            Engine.Tiled => new TrainerTraining(chosen, TiledEngine.Begin(device, settings, data)),
            _ => new TrainerTraining(chosen, new StepwiseTrainer(device, settings, data)),
        };
    }
}
