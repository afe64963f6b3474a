using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Engines;

/// <summary>A training with the accelerator that was opened for it.</summary>
internal sealed class OwnedTrainer(Device device, ITrainer trainer) : ITrainer
{
    private bool isDisposed;

    /// <inheritdoc/>
    public Engine Engine => trainer.Engine;

    /// <inheritdoc/>
    public int Steps => trainer.Steps;

    /// <inheritdoc/>
    public int Epochs => trainer.Epochs;

    /// <inheritdoc/>
    public int? DivergedAt => trainer.DivergedAt;

    private ITrainer Open
    {
        get
        {
            ObjectDisposedException.ThrowIf(isDisposed, typeof(ITrainer));
            return trainer;
        }
    }

    /// <inheritdoc/>
    public EpochLosses TrainEpoch() => Open.TrainEpoch();

    /// <inheritdoc/>
    public GanParameters ReadParameters() => Open.ReadParameters();

    /// <inheritdoc/>
    public GanParameters ReadAverages() => Open.ReadAverages();

    /// <inheritdoc/>
    public GanParameters ReadJudged() => Open.ReadJudged();

    /// <inheritdoc/>
    public TrainingState ReadState() => Open.ReadState();

    /// <inheritdoc/>
    public void WriteState(TrainingState state) => Open.WriteState(state);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!isDisposed)
        {
            isDisposed = true;
            trainer.Dispose();
            device.Dispose();
        }
    }
}
