using GpuGan.Kernels.Training;

namespace GpuGan.Runner.Replay;

/// <summary>An engine that trains along a trace.</summary>
internal interface IFollower : IDisposable
{
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
