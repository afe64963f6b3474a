using MathNet.Numerics.LinearAlgebra;

namespace GpuGan.Kernels.Metrics;

/// <summary>
/// The Kullback-Leibler divergence of a Gaussian from a target, in nats. It is the same in any units: each column is measured by
/// the target's spread, and so is each direction across the columns, so none hides behind a larger one.
/// </summary>
/// <remarks>
/// <c>KL(P || Q) = (tr(T⁻¹S) + (m - n)' T⁻¹ (m - n) - k - ln(det S / det T)) / 2</c> of P with mean m and covariance S, Q with n and
/// T, in k columns (Kullback, "Information Theory and Statistics", 1959, chapter 9). By Pinsker's inequality no discriminator is right about more than
/// <c>1/2 + sqrt(KL/8)</c> of the rows: 66 % at 0.2.
/// </remarks>
internal sealed class KullbackLeibler
{
    // Less of a variance than this is rounding: columns that depend on each other leave some 1e-16.
    private const double LeastVariance = 1e-13;

    private readonly Vector<double> mean, deviation;
    private readonly Matrix<double>? unwhiten, whiten;

    /// <summary>Prepares the comparison with a target.</summary>
    /// <param name="target">Its moments.</param>
    public KullbackLeibler(Moments target)
    {
        ArgumentNullException.ThrowIfNull(target);
        target.RequireColumns(target.Mean.Count);
        mean = target.Mean;
        deviation = target.Covariance.Diagonal().PointwiseSqrt();
        if (!mean.ForAll(double.IsFinite) || !deviation.ForAll(one => double.IsFinite(one) && one > 0))
        {
            return;
        }

        // Of the correlations: columns of a thousandth and of a million weigh alike.
        var correlation = Matrix<double>.Build.Dense(mean.Count, mean.Count, (i, j) => target.Covariance[i, j] / deviation[i] / deviation[j]);
        var decomposition = correlation.Evd(Symmetricity.Symmetric);
        Vector<double> variances = decomposition.EigenValues.Real();
        if (variances.Minimum() > LeastVariance)
        {
            Vector<double> roots = variances.PointwiseSqrt();
            Matrix<double> directions = decomposition.EigenVectors;
            whiten = Matrix<double>.Build.DenseOfDiagonalVector(1 / roots) * directions.Transpose();
            unwhiten = directions * Matrix<double>.Build.DenseOfDiagonalVector(1 / roots);
        }
    }

    /// <summary>Whether the target has spread in every direction; else nothing can be compared with it.</summary>
    public bool HasSpread => whiten is not null;

    /// <summary>A row in coordinates in which the target has mean 0 and covariance 1.</summary>
    /// <param name="row"><c>[column]</c>.</param>
    /// <param name="whitened"><c>[column]</c>, filled.</param>
    internal void Whiten(ReadOnlySpan<double> row, Span<double> whitened)
    {
        for (int i = 0; i < whitened.Length; i++)
        {
            double sum = 0;
            for (int j = 0; j < row.Length; j++)
            {
                sum += whiten![i, j] * ((row[j] - mean[j]) / deviation[j]);
            }

            whitened[i] = sum;
        }
    }

    /// <summary>The divergence of a Gaussian with these moments from the target.</summary>
    /// <returns>At least 0; NaN where a moment is not finite, or where one of the two has no spread in some direction.</returns>
    public double Of(Moments generated)
    {
        Comparison? comparison = Compare(generated);
        return comparison is null ? double.NaN : Math.Max(0, comparison.Variances.Sum(OfVariance) + OfShift(comparison.Shift));
    }

    /// <summary>The direction, or the shift of the mean, that the divergence has most of; null where there is none.</summary>
    public WorstDirection? Worst(Moments generated)
    {
        Comparison? comparison = Compare(generated, withFlat: true);
        if (comparison is null)
        {
            return null;
        }

        int worst = Enumerable.Range(0, comparison.Variances.Count).MaxBy(i => OfVariance(comparison.Variances[i]));
        bool isShift = OfShift(comparison.Shift) > OfVariance(comparison.Variances[worst]);
        Vector<double> direction = isShift ? comparison.Shift.Normalize(2) : comparison.Directions.Column(worst);

        // What the direction is in columns, each in units of the target's spread.
        Vector<double> weights = (unwhiten! * direction).PointwiseDivide(deviation);
        double variance = comparison.Variances[worst];
        double size = isShift ? comparison.Shift.L2Norm() : variance > LeastVariance ? Math.Sqrt(variance) : 0;
        return new WorstDirection([.. weights], [.. deviation], size, isShift);
    }

    /// <summary>What a direction adds whose variance is so many times the target's.</summary>
    private static double OfVariance(double ratio) => ratio <= LeastVariance ? double.PositiveInfinity : (ratio - 1 - Math.Log(ratio)) / 2;

    private static double OfShift(Vector<double> shift) => shift.DotProduct(shift) / 2;

    private Comparison? Compare(Moments generated, bool withFlat = false)
    {
        ArgumentNullException.ThrowIfNull(generated);
        generated.RequireColumns(mean.Count);
        if (whiten is null || !generated.Mean.ForAll(double.IsFinite) || !generated.Covariance.ForAll(double.IsFinite))
        {
            return null;
        }

        var scaled = Matrix<double>.Build.Dense(mean.Count, mean.Count, (i, j) => generated.Covariance[i, j] / deviation[i] / deviation[j]);
        Matrix<double> whitened = whiten * scaled * whiten.Transpose();
        if (!whitened.ForAll(double.IsFinite))
        {
            return null;
        }

        var decomposition = whitened.Evd(Symmetricity.Symmetric);
        Vector<double> variances = decomposition.EigenValues.Real();
        return withFlat || variances.Minimum() > LeastVariance
            ? new Comparison(variances, decomposition.EigenVectors, whiten * (generated.Mean - mean).PointwiseDivide(deviation))
            : null;
    }

    /// <summary>What a Gaussian is in coordinates in which the target is standard normal.</summary>
    private sealed record Comparison(Vector<double> Variances, Matrix<double> Directions, Vector<double> Shift);
}
