using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Distributions;

/// <summary>
/// Two circles around zero, half of the rows on each, with normal noise, as scikit-learn's <c>make_circles</c> has them: the outer of radius
/// 1, the inner of radius <c>factor</c>, angles uniform over the whole turn.
/// </summary>
/// <remarks>https://scikit-learn.org/stable/modules/generated/sklearn.datasets.make_circles.html</remarks>
public sealed record Circles : IDistribution
{
    /// <summary>Takes the numbers.</summary>
    /// <param name="factor">Radius of the inner circle, positive.</param>
    /// <param name="standardDeviation">Of the noise of each column, positive.</param>
    /// <exception cref="ArgumentException">One is out of range.</exception>
    public Circles(double factor = 0.5, double standardDeviation = 0.05)
    {
        (Factor, StandardDeviation) = (factor, standardDeviation);
        DistributionText.RequireLength(this, "factor", factor);
        DistributionText.RequireLength(this, "standard deviation", standardDeviation);
    }

    /// <summary>Radius of the inner circle, in that of the outer.</summary>
    public double Factor { get; }

    /// <summary>Of the noise of each column.</summary>
    public double StandardDeviation { get; }

    /// <inheritdoc/>
    public int Columns => 2;

    /// <inheritdoc/>
    public IReadOnlyList<double> Mean => [0, 0];

    /// <summary>Of a circle of radius r the variance of each column is r² / 2.</summary>
    public IReadOnlyList<double> Covariance
    {
        get
        {
            double variance = ((1 + (Factor * Factor)) / 4) + (StandardDeviation * StandardDeviation);
            return [variance, 0, 0, variance];
        }
    }

    /// <inheritdoc/>
    public bool DrawsUniform => true;

    /// <inheritdoc/>
    public void Row<T, TOps>(ReadOnlySpan<T> z, T u, Span<T> x, TOps o)
        where TOps : struct, IOperations<T>
    {
        o.SinCosTurns(Equiprobable.Rest(u, 2, o), out T sine, out T cosine);
        T radius = Equiprobable.Choose(u, [1, (float)Factor], o), deviation = o.Constant((float)StandardDeviation);
        x[0] = o.Fma(deviation, z[0], o.Multiply(radius, cosine));
        x[1] = o.Fma(deviation, z[1], o.Multiply(radius, sine));
    }

    /// <summary>Such as <c>circles:0.5:0.05</c>.</summary>
    public override string ToString() => DistributionText.Of("circles", Factor, StandardDeviation);
}
