namespace GpuGan.Kernels.Metrics;

/// <summary>What a generator must keep to be converged.</summary>
/// <param name="KlDivergence">The largest divergence of the Gaussians with these moments, in nats.</param>
/// <param name="NeighborLimit">
/// The largest accuracy of nearest neighbours, also where both sides are Gaussian and moments tell all; null for
/// <see cref="DefaultNearestNeighborAccuracy"/> where either side is not.
/// </param>
/// <param name="EvaluationRows">How many rows stand for a generator that is not linear, at least 1.</param>
public sealed record VerdictLimits(
    double KlDivergence = VerdictLimits.DefaultKlDivergence, double? NeighborLimit = null, int EvaluationRows = Moments.GeneratorSamples)
{
    /// <summary>The limit of the divergence where no other is asked for.</summary>
    public const double DefaultKlDivergence = 0.2;

    /// <summary>The limit of the accuracy where no other is asked for.</summary>
    public const double DefaultNearestNeighborAccuracy = 0.6;

    /// <summary>The largest 2-Wasserstein distance from a target that is a single point: it has no spread by which a divergence could be measured.</summary>
    public const double PointDistance = 0.01;

    /// <summary>How many standard deviations of the target its distance may be before a generator has run away.</summary>
    public const double RunawayDeviations = 10;

    /// <summary>The limits where no others are asked for.</summary>
    public static VerdictLimits Default { get; } = new();

    /// <summary>The largest accuracy of nearest neighbours where samples are compared.</summary>
    public double NearestNeighborAccuracy => NeighborLimit ?? DefaultNearestNeighborAccuracy;

    /// <summary>Refuses what no number keeps or every number breaks.</summary>
    /// <exception cref="ArgumentException">A limit is NaN or negative, or there is no row to judge by.</exception>
    internal void Validate()
    {
        if (!(KlDivergence >= 0 && NearestNeighborAccuracy >= 0))
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"the limits {KlDivergence} of the divergence and {NearestNeighborAccuracy} of the accuracy must be at least 0"));
        }

        if (EvaluationRows < 1)
        {
            throw new ArgumentException($"{EvaluationRows} rows stand for no generator; there must be at least 1");
        }
    }
}
