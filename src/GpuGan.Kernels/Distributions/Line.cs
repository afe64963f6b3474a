using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Distributions;

/// <summary>
/// A line from (-1, -1) to (1, 1), uniform along it, with normal noise: <c>x = (t, t) + std z</c> with t = 2 u - 1. It is what data on a
/// manifold of fewer dimensions are like.
/// </summary>
public sealed record Line : IDistribution
{
    /// <summary>Takes the number.</summary>
    /// <param name="standardDeviation">Of the noise of each column, positive.</param>
    /// <exception cref="ArgumentException">It is out of range.</exception>
    public Line(double standardDeviation = 0.05)
    {
        StandardDeviation = standardDeviation;
        DistributionText.RequireLength(this, "standard deviation", standardDeviation);
    }

    /// <summary>Of the noise of each column.</summary>
    public double StandardDeviation { get; }

    /// <inheritdoc/>
    public int Columns => 2;

    /// <inheritdoc/>
    public IReadOnlyList<double> Mean => [0, 0];

    /// <summary>A uniform number from -1 to 1 has the variance 1/3.</summary>
    public IReadOnlyList<double> Covariance
    {
        get
        {
            double variance = (1.0 / 3) + (StandardDeviation * StandardDeviation);
            return [variance, 1.0 / 3, 1.0 / 3, variance];
        }
    }

    /// <inheritdoc/>
    public bool DrawsUniform => true;

    /// <inheritdoc/>
    public void Row<T, TOps>(ReadOnlySpan<T> z, T u, Span<T> x, TOps o)
        where TOps : struct, IOperations<T>
    {
        T along = o.Fma(o.Constant(2), u, o.Constant(-1)), deviation = o.Constant((float)StandardDeviation);
        x[0] = o.Fma(deviation, z[0], along);
        x[1] = o.Fma(deviation, z[1], along);
    }

    /// <summary>Such as <c>line:0.05</c>.</summary>
    public override string ToString() => DistributionText.Of("line", StandardDeviation);
}
