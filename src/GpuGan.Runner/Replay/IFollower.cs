using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Stepwise;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Engines;

namespace GpuGan.Runner.Replay;

/// <summary>An engine that trains along a trace.</summary>
internal interface IFollower : IDisposable
{
    Engine Engine { get; }

    /// <summary>Trains the next step.</summary>
    /// <returns>Its losses; the generator's is NaN where it rests.</returns>
    (float LossD, float LossG) Step();

    /// <summary>The gradients of the last step; null where the engine keeps none.</summary>
    GanParameters? Gradients { get; }

    /// <summary>The parameters after the last step.</summary>
    GanParameters Parameters { get; }

    /// <summary>The same with the averaged generator.</summary>
    GanParameters Averages { get; }
}

/// <summary>The readable engine along a trace.</summary>
internal sealed class StepwiseFollower(Trace trace, Device device) : IFollower
{
    private readonly StepwiseTrainer trainer = new(device, trace.Settings, trace.Data, trace.Initial);

    public Engine Engine => Engine.Stepwise;

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

    public Engine Engine => Engine.Compiled;

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
