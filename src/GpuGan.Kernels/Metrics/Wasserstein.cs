using MathNet.Numerics.LinearAlgebra;

namespace GpuGan.Kernels.Metrics;

/// <summary>The 2-Wasserstein distance between Gaussians.</summary>
internal static class Wasserstein
{
    /// <summary>
    /// <c>W² = |m - n|² + tr(S) + tr(T) - 2 tr((S^½ T S^½)^½)</c> of the Gaussians with means m, n and covariances S, T
    /// (Dowson and Landau, "The Fréchet Distance between Multivariate Normal Distributions", 1982; the part of the
    /// covariances is the Bures distance).
    /// </summary>
    /// <exception cref="ArgumentException">The moments are of other columns.</exception>
    /// <returns>W itself, at least 0; NaN where a moment is not finite.</returns>
    public static double Distance(Moments first, Moments second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        second.RequireColumns(first.Mean.Count);
        first.RequireColumns(second.Mean.Count);
        if (!IsFinite(first) || !IsFinite(second))
        {
            return double.NaN;
        }

        Matrix<double> root = SquareRoot(first.Covariance);
        double cross = Eigenvalues(root * second.Covariance * root).Sum(Math.Sqrt);
        double means = (first.Mean - second.Mean).DotProduct(first.Mean - second.Mean);
        return Math.Sqrt(Math.Max(0, means + first.Covariance.Trace() + second.Covariance.Trace() - (2 * cross)));
    }

    private static bool IsFinite(Moments moments) =>
        moments.Mean.ForAll(double.IsFinite) && moments.Covariance.ForAll(double.IsFinite);

    /// <summary>The eigenvalues of a covariance; those that rounding made negative are zero.</summary>
    private static IEnumerable<double> Eigenvalues(Matrix<double> covariance) =>
        covariance.Evd(Symmetricity.Symmetric).EigenValues.Select(value => Math.Max(0, value.Real));

    private static Matrix<double> SquareRoot(Matrix<double> covariance)
    {
        var decomposition = covariance.Evd(Symmetricity.Symmetric);
        var roots = Matrix<double>.Build.DenseOfDiagonalVector(
            decomposition.EigenValues.Map(value => Math.Sqrt(Math.Max(0, value.Real))));
        return decomposition.EigenVectors * roots * decomposition.EigenVectors.Transpose();
    }
}
