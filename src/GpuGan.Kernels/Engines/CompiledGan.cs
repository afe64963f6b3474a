using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Engines;

/// <summary>The training of one GAN by the compiled engine: a population of one.</summary>
internal sealed class CompiledGan(Device device, TrainingSettings settings, DataSet data, bool fastMath) : ITrainer
{
    private readonly CompiledTrainer trainer = new(new CompiledKernels(device, settings, data, fastMath: fastMath), [settings]);

    /// <inheritdoc/>
    public Engine Engine => Engine.Compiled;

    /// <inheritdoc/>
    public int Steps => trainer.Steps;

    /// <inheritdoc/>
    public int Epochs => Steps / trainer.StepsPerEpoch;

    /// <inheritdoc/>
    public int? DivergedAt { get; private set; }

    /// <inheritdoc/>
    public EpochLosses TrainEpoch()
    {
        trainer.Train(trainer.StepsPerEpoch, withLosses: true);
        DivergedAt = trainer.ReadDivergedAt()[0];
        return trainer.ReadLosses()[0];
    }

    /// <inheritdoc/>
    public GanParameters ReadParameters() => trainer.ReadParameters()[0];

    /// <inheritdoc/>
    public GanParameters ReadAverages() => trainer.ReadAverages()[0];

    /// <inheritdoc/>
    public GanParameters ReadJudged() => trainer.ReadJudged()[0];

    /// <inheritdoc/>
    public TrainingState ReadState() => trainer.ReadStates()[0];

    /// <inheritdoc/>
    public void WriteState(TrainingState state)
    {
        trainer.WriteStates([state]);
        DivergedAt = null;
    }

    /// <inheritdoc/>
    public void Dispose() => trainer.Dispose();
}
