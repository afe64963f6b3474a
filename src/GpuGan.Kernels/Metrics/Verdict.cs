namespace GpuGan.Kernels.Metrics;

/// <summary>What is true at the end of a training, beyond its losses.</summary>
/// <param name="KlDivergence">
/// Of the Gaussian with the generator's moments from that with the target's, in nats; NaN after a divergence, or where one of them has no spread in some direction.
/// </param>
/// <param name="NearestNeighborAccuracy">How often a nearest neighbour tells real from generated rows; null where both sides are Gaussian, as moments then tell all.</param>
/// <param name="MeanError">Euclidean norm of the difference between the generator's mean and the target's; NaN after a divergence.</param>
/// <param name="CovarianceError">Frobenius norm of the difference of the covariances over that of the target's; NaN where the target has no spread.</param>
/// <param name="Wasserstein2">2-Wasserstein distance between the Gaussians of these moments, a lower bound where a side is not Gaussian; NaN after a divergence.</param>
/// <param name="Converged">
/// Whether the generator makes what it should: within all limits that apply. Of a target that is known to be a single point the distance is
/// asked alone, at most <see cref="VerdictLimits.PointDistance"/>.
/// </param>
/// <param name="Runaway">Whether it is finite but farther than 10 standard deviations from the target.</param>
public sealed record Verdict(
    double KlDivergence, double? NearestNeighborAccuracy, double MeanError, double CovarianceError, double Wasserstein2, bool Converged, bool Runaway)
{
    /// <summary>How the modes of a mixture are met; null where the target is none, and after a divergence.</summary>
    public MixtureQuality? Mixture { get; init; }

    /// <summary>Whether the target is known to be a single point, so that the distance alone decides.</summary>
    public bool IsByDistance { get; init; }

    /// <summary>The verdict on a training that diverged.</summary>
    public static Verdict Diverged { get; } =
        new(double.NaN, null, double.NaN, double.NaN, double.NaN, Converged: false, Runaway: false);
}
