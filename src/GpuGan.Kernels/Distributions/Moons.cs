using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Distributions;

/// <summary>
/// Two half circles that reach into each other, with normal noise, as scikit-learn's <c>make_moons</c> has them: one half of the rows is
/// <c>(cos t, sin t)</c>, the other <c>(1 - cos t, 1/2 - sin t)</c>, t uniform from 0 to pi. With t = 2 pi u of the first and 2 pi (u - 1/2) of
/// the second they are <c>(cos 2 pi u, sin 2 pi u)</c>, plus <c>(1, 1/2)</c> for the second.
/// </summary>
/// <remarks>https://scikit-learn.org/stable/modules/generated/sklearn.datasets.make_moons.html</remarks>
public sealed record Moons : IDistribution
{
    private static readonly float[] First = [0, 1], Second = [0, 0.5f];

    /// <summary>Takes the number.</summary>
    /// <param name="standardDeviation">Of the noise of each column, positive.</param>
    /// <exception cref="ArgumentException">It is out of range.</exception>
    public Moons(double standardDeviation = 0.05)
    {
        StandardDeviation = standardDeviation;
        DistributionText.RequireLength(this, "standard deviation", standardDeviation);
    }

    /// <summary>Of the noise of each column.</summary>
    public double StandardDeviation { get; }

    /// <inheritdoc/>
    public int Columns => 2;

    /// <summary>Of the first <c>(0, 2 / pi)</c>, of the second <c>(1, 1/2 - 2 / pi)</c>.</summary>
    public IReadOnlyList<double> Mean => [0.5, 0.25];

    /// <summary>As <c>cos² t</c> and <c>sin² t</c> have the mean 1/2, <c>sin t</c> has 2 / pi and all else none.</summary>
    public IReadOnlyList<double> Covariance
    {
        get
        {
            double noise = StandardDeviation * StandardDeviation, cross = (1.0 / 8) - (1 / Math.PI);
            return [0.75 + noise, cross, cross, (9.0 / 16) - (1 / Math.PI) + noise];
        }
    }

    /// <inheritdoc/>
    public bool DrawsUniform => true;

    /// <inheritdoc/>
    public void Row<T, TOps>(ReadOnlySpan<T> z, T u, Span<T> x, TOps o)
        where TOps : struct, IOperations<T>
    {
        o.SinCosTurns(u, out T sine, out T cosine);
        T deviation = o.Constant((float)StandardDeviation);
        x[0] = o.Fma(deviation, z[0], o.Add(cosine, Equiprobable.Choose(u, First, o)));
        x[1] = o.Fma(deviation, z[1], o.Add(sine, Equiprobable.Choose(u, Second, o)));
    }

    /// <summary>Such as <c>moons:0.05</c>.</summary>
    public override string ToString() => DistributionText.Of("moons", StandardDeviation);
}
