using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Tiled;
using GpuGan.Kernels.Training;

namespace GpuGan.Runner.Engines;

/// <summary>A training by the tiled engine.</summary>
internal sealed class TiledTraining(Device device, TrainingSettings settings, DataSet data) : ITraining
{
    private readonly TiledTrainer trainer = new(device, settings, data);

    public Engine Engine => Engine.Tiled;

    public int Steps => trainer.Steps;

    public int? DivergedAt => trainer.DivergedAt;

    public EpochLosses TrainEpoch() => trainer.TrainEpoch();

    public GanParameters ReadParameters() => trainer.ReadParameters();

    public GanParameters ReadJudged() => trainer.ReadJudged();

    public TrainingState ReadState() => trainer.ReadState();

    public void WriteState(TrainingState state) => trainer.WriteState(state);

    public void Dispose() => trainer.Dispose();
}
