namespace GpuGan.Kernels.Metrics;

/// <summary>What is true at the end of a training, beyond its losses.</summary>
/// <param name="MeanError">Euclidean norm of the difference between the generator's mean and the target's; NaN after a divergence.</param>
/// <param name="CovarianceError">Frobenius norm of the difference of the covariances over that of the target's; NaN where the target has no spread.</param>
/// <param name="Wasserstein2">2-Wasserstein distance between the Gaussians of these moments; NaN after a divergence.</param>
/// <param name="Converged">Whether the generator makes what it should: both errors are small.</param>
public sealed record Verdict(double MeanError, double CovarianceError, double Wasserstein2, bool Converged)
{
    /// <summary>A generator with this covariance error, or a larger one, has not converged.</summary>
    public const double CovarianceErrorLimit = 0.2;

    // A mean error of 0.3 was meant for the chapter's Gaussian, whose covariance has this trace.
    private const double ChapterMeanErrorLimit = 0.3;
    private const double ChapterTrace = 5.26;
    private const double LossTolerance = 0.02;

    /// <summary>The verdict on a training that diverged.</summary>
    public static Verdict Diverged { get; } = new(double.NaN, double.NaN, double.NaN, Converged: false);

    /// <summary>Compares what a generator makes with what it should make.</summary>
    /// <param name="generated">The generator's moments.</param>
    /// <param name="target">The data's: the true ones where they are known.</param>
    public static Verdict Of(Moments generated, Moments target)
    {
        ArgumentNullException.ThrowIfNull(generated);
        ArgumentNullException.ThrowIfNull(target);
        double meanError = (generated.Mean - target.Mean).L2Norm();
        double spread = target.Covariance.FrobeniusNorm();
        double covarianceError = spread > 0 ? (generated.Covariance - target.Covariance).FrobeniusNorm() / spread : double.NaN;
        bool converged = meanError < MeanErrorLimit(target) && covarianceError < CovarianceErrorLimit;
        return new Verdict(meanError, covarianceError, Wasserstein.Distance(generated, target), converged);
    }

    /// <summary>A generator with this mean error, or a larger one, has not converged: the wider the target, the larger.</summary>
    public static double MeanErrorLimit(Moments target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return ChapterMeanErrorLimit * Math.Sqrt(target.Covariance.Trace() / ChapterTrace);
    }

    /// <summary>Whether both losses lie within 0.02 of log 2, which does not mean that the generator is right.</summary>
    /// <param name="lossD">The discriminator's mean loss.</param>
    /// <param name="lossG">The generator's, negative where it is minimax.</param>
    public static bool LooksConverged(float lossD, float lossG) =>
        Math.Abs(lossD - Math.Log(2)) <= LossTolerance && Math.Abs(Math.Abs(lossG) - Math.Log(2)) <= LossTolerance;
}
