using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Stepwise;

/// <summary>The readable engine: trains one GAN step by step, one kernel for each concept.</summary>
public sealed class StepwiseTrainer : IDisposable
{
    /// <summary>Allocates all buffers, compiles the kernels and draws the initial weights.</summary>
    public StepwiseTrainer(Device device, TrainingSettings settings, DataSet data) => throw new NotImplementedException();

    /// <summary>Steps done so far.</summary>
    public long Steps => throw new NotImplementedException();

    /// <summary>The first step, counted from 1, after which a parameter was not finite; null while all are.</summary>
    public long? DivergedAt => throw new NotImplementedException();

    /// <summary>Trains one epoch and waits for it.</summary>
    public EpochLosses TrainEpoch() => throw new NotImplementedException();

    /// <summary>Copies the parameters from the device; all NaN after a divergence.</summary>
    public GanParameters ReadParameters() => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Dispose() => throw new NotImplementedException();
}
