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
        int step = trainer.Steps, batch = trace.Settings.BatchSize, latent = trace.Settings.Generator.Inputs, columns = trace.Data.Columns;
        int rows = trace.RowsOf(step);
        ReadOnlySpan<float> inputNoise = trace.InputNoise.AsSpan(trace.InputNoise.Length == 0 ? 0 : step * 2 * batch * columns);
        return trainer.TrainStep(
            trace.Noise.AsSpan(step * batch * latent, rows * latent),
            trace.InputNoise.Length == 0 ? [] : [.. inputNoise[..(rows * columns)], .. inputNoise.Slice(batch * columns, rows * columns)],
            trace.Mix.Length == 0 ? [] : trace.Mix.AsSpan(step * batch, rows));
    }

    public void Dispose() => trainer.Dispose();
}
