namespace GpuGan.Kernels.Metrics;

/// <summary>Where a training stands after an epoch. After a divergence all numbers are NaN.</summary>
/// <param name="Epoch">Counted from 1.</param>
/// <param name="LossD">Mean loss of the discriminator over the epoch's steps.</param>
/// <param name="LossG">Mean loss of the generator.</param>
/// <param name="MeanError">As of a <see cref="Verdict"/>.</param>
/// <param name="CovarianceError">As of a <see cref="Verdict"/>.</param>
/// <param name="KlDivergence">As of a <see cref="Verdict"/>.</param>
/// <param name="Parameters">Those that the <see cref="History"/> keeps.</param>
public sealed record HistoryPoint(
    int Epoch, float LossD, float LossG, double MeanError, double CovarianceError, double KlDivergence, IReadOnlyList<float> Parameters);
