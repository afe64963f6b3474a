using GpuGan.Kernels.Training;

namespace GpuGan.Runner.Engines;

/// <summary>A training by an engine that takes one GAN at a time.</summary>
internal sealed class TrainerTraining(Engine engine, ITrainer trainer) : ITraining
{
    public Engine Engine => engine;

    public int Steps => trainer.Steps;

    public int? DivergedAt => trainer.DivergedAt;

    public EpochLosses TrainEpoch() => trainer.TrainEpoch();

    public GanParameters ReadParameters() => trainer.ReadParameters();

    public GanParameters ReadJudged() => trainer.ReadJudged();

    public TrainingState ReadState() => trainer.ReadState();

    public void WriteState(TrainingState state) => trainer.WriteState(state);

    public void Dispose() => trainer.Dispose();
}
