using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Distributions;

/// <summary>
/// An arm of Archimedes' spiral from its middle out, uniform in the angle, with normal noise:
/// <c>x = R u (cos 2 pi n u, sin 2 pi n u) + std z</c> after n turns, at the radius R.
/// </summary>
public sealed record Spiral : IDistribution
{
    /// <summary>The most turns.</summary>
    public const int MostTurns = 32;

    /// <summary>Takes the numbers.</summary>
    /// <param name="turns">How many, from 1 to <see cref="MostTurns"/>.</param>
    /// <param name="radius">At the outer end, positive.</param>
    /// <param name="standardDeviation">Of the noise of each column, positive.</param>
    /// <exception cref="ArgumentException">One is out of range.</exception>
    public Spiral(int turns = 2, double radius = 1, double standardDeviation = 0.02)
    {
        (Turns, Radius, StandardDeviation) = (turns, radius, standardDeviation);
        DistributionText.RequireCount(this, "a spiral", "turns", turns, MostTurns);
        DistributionText.RequireLength(this, "radius", radius);
        DistributionText.RequireLength(this, "standard deviation", standardDeviation);
    }

    /// <summary>How many turns.</summary>
    public int Turns { get; }

    /// <summary>At the outer end.</summary>
    public double Radius { get; }

    /// <summary>Of the noise of each column.</summary>
    public double StandardDeviation { get; }

    /// <inheritdoc/>
    public int Columns => 2;

    /// <summary>Integrals over u of <c>R u cos a u</c> and <c>R u sin a u</c> with a = 2 pi n: 0 and -R / a.</summary>
    public IReadOnlyList<double> Mean => [0, -Radius / Angle];

    /// <summary>Integrals over u of <c>R² u²</c> times the squares and the product of the two, less those of the mean.</summary>
    public IReadOnlyList<double> Covariance
    {
        get
        {
            double square = Radius * Radius, noise = StandardDeviation * StandardDeviation, a = Angle;
            double cross = -square / (4 * a);
            return [(square * ((1.0 / 6) + (1 / (4 * a * a)))) + noise, cross, cross, (square * ((1.0 / 6) - (1 / (4 * a * a)) - (1 / (a * a)))) + noise];
        }
    }

    /// <inheritdoc/>
    public bool DrawsUniform => true;

    private double Angle => 2 * Math.PI * Turns;

    /// <inheritdoc/>
    public void Row<T, TOps>(ReadOnlySpan<T> z, T u, Span<T> x, TOps o)
        where TOps : struct, IOperations<T>
    {
        o.SinCosTurns(Equiprobable.Rest(u, Turns, o), out T sine, out T cosine);
        T radius = o.Multiply(o.Constant((float)Radius), u), deviation = o.Constant((float)StandardDeviation);
        x[0] = o.Fma(deviation, z[0], o.Multiply(radius, cosine));
        x[1] = o.Fma(deviation, z[1], o.Multiply(radius, sine));
    }

    /// <summary>Such as <c>spiral:2:1:0.02</c>.</summary>
    public override string ToString() => DistributionText.Of("spiral", Turns, Radius, StandardDeviation);
}
