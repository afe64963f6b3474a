using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Training;

namespace GpuGan.Runner.Replay;

/// <summary>The fast engine along a trace.</summary>
internal sealed class CompiledFollower : IFollower
{
    private readonly CompiledTrainer trainer;

    public CompiledFollower(Trace trace, Device device)
    {
        CompiledKernels kernels = CompiledKernels.Following(device, trace.Settings, trace.Data, trace.Noise, trace.InputNoise, trace.Mix);
        trainer = new CompiledTrainer(kernels, [trace.Settings]);
        trainer.WriteParameters([trace.Initial]);
    }

    public GanParameters? Gradients => null;

    public GanParameters Parameters => trainer.ReadParameters()[0];

    public GanParameters Averages => trainer.ReadAverages()[0];

    public (float LossD, float LossG) Step()
    {
        trainer.Train(1, withLosses: true);
        EpochLosses losses = trainer.ReadLosses()[0];
        return (losses.LastLossD, losses.LastLossG);
    }

    public void Dispose() => trainer.Dispose();
}
