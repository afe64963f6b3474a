namespace GpuGan.Kernels.Metrics;

/// <summary>How far the moments of a generator are from those of the target: the part of a <see cref="Verdict"/> that compares no rows.</summary>
/// <param name="KlDivergence">As of a <see cref="Verdict"/>.</param>
/// <param name="MeanError">As of a <see cref="Verdict"/>.</param>
/// <param name="CovarianceError">As of a <see cref="Verdict"/>.</param>
internal sealed record MomentErrors(double KlDivergence, double MeanError, double CovarianceError);
