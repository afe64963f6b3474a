using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Training;

namespace GpuGan.Runner.Engines;

/// <summary>A training by the compiled engine, of a population of one.</summary>
internal sealed class CompiledTraining(Device device, TrainingSettings settings, DataSet data, bool fastMath) : ITraining
{
    private readonly CompiledTrainer trainer = new(new CompiledKernels(device, settings, data, fastMath: fastMath), [settings]);

    public Engine Engine => Engine.Compiled;

    public int Steps => trainer.Steps;

    public int? DivergedAt { get; private set; }

    public EpochLosses TrainEpoch()
    {
        trainer.Train(trainer.StepsPerEpoch, withLosses: true);
        DivergedAt = trainer.ReadDivergedAt()[0];
        return trainer.ReadLosses()[0];
    }

    public GanParameters ReadParameters() => trainer.ReadParameters()[0];

    public GanParameters ReadJudged() => trainer.ReadJudged()[0];

    public TrainingState ReadState() => trainer.ReadStates()[0];

    public void WriteState(TrainingState state) => trainer.WriteStates([state]);

    public void Dispose() => trainer.Dispose();
}
