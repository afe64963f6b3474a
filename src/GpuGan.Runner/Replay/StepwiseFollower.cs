using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Stepwise;
using GpuGan.Kernels.Training;

namespace GpuGan.Runner.Replay;

/// <summary>The readable engine along a trace.</summary>
internal sealed class StepwiseFollower(Trace trace, Device device) : IFollower
{
    private readonly StepwiseTrainer trainer = new(device, trace.Settings, trace.Data, trace.Initial);

    public GanParameters? Gradients => trainer.ReadGradients();

    public GanParameters Parameters => trainer.ReadParameters();

    public GanParameters Averages => trainer.ReadAverages();

    public (float LossD, float LossG) Step()
    {
        RecordedStep step = trace.NumbersOf(trainer.Steps);
        return trainer.TrainStep(step.Noise, step.InputNoise, step.Mix);
    }

    public void Dispose() => trainer.Dispose();
}
