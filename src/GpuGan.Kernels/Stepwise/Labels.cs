namespace GpuGan.Kernels.Stepwise;

/// <summary>The labels of the real rows.</summary>
/// <param name="smoothing">Share of the label 0 in them.</param>
internal readonly struct Labels(float smoothing)
{
    public readonly float Smoothing = smoothing;

    /// <summary>1 where there is any, else 0. A whole number, as all that kernels branch by: comparisons of floats differ from device to device.</summary>
    public readonly int AreSmoothed = smoothing == 0 ? 0 : 1;
}
