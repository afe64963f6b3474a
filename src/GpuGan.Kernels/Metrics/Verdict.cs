namespace GpuGan.Kernels.Metrics;

/// <summary>What is true at the end of a training, beyond its losses.</summary>
/// <param name="MeanError">Euclidean norm of the difference between the generator's mean and the target's; NaN after a divergence.</param>
/// <param name="CovarianceError">Frobenius norm of the difference of the covariances over that of the target's; NaN where the target has no spread.</param>
/// <param name="Wasserstein2">2-Wasserstein distance between the Gaussians of these moments (Bures); NaN after a divergence.</param>
/// <param name="Converged">Whether the generator reproduces the target: <c>MeanError &lt; 0.3 sqrt(trace / 5.26)</c> and <c>CovarianceError &lt; 0.2</c>.</param>
public sealed record Verdict(double MeanError, double CovarianceError, double Wasserstein2, bool Converged)
{
    /// <summary>Compares what a generator makes with what it should make.</summary>
    public static Verdict Of(Moments generated, Moments target) => throw new NotImplementedException();

    /// <summary>Whether both losses lie within 0.02 of log 2, which does not mean that the generator is right.</summary>
    public static bool LooksConverged(float lossD, float lossG) => throw new NotImplementedException();
}
