using GpuGan.Kernels.Training;

namespace GpuGan.Runner.Replay;

/// <summary>An engine that takes one GAN at a time, along a trace.</summary>
internal sealed class TrainerFollower(Trace trace, IStepTrainer trainer) : IFollower
{
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
