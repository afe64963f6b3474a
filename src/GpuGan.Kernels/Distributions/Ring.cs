using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Distributions;

/// <summary>
/// Modes on a circle, in equal steps: the centre of mode k is at the angle 2 pi k / modes, k from 0 to modes - 1 (Metz et al., "Unrolled
/// Generative Adversarial Networks", 2017, has 8).
/// </summary>
/// <remarks>
/// Published code sometimes lays them out by <c>linspace(0, 2 pi, 8)</c>, both ends included: that ring has 7 modes, one of double weight.
/// </remarks>
public sealed record Ring : IDistribution
{
    /// <summary>The most modes: each is a comparison for each number that is drawn.</summary>
    public const int MostModes = 256;

    /// <summary>Takes the numbers.</summary>
    /// <param name="modes">How many modes, from 1 to <see cref="MostModes"/>.</param>
    /// <param name="radius">Of the circle, positive.</param>
    /// <param name="standardDeviation">Of each column of a mode, positive.</param>
    /// <exception cref="ArgumentException">One is out of range.</exception>
    public Ring(int modes = 8, double radius = 1, double standardDeviation = 0.01)
    {
        (Modes, Radius, StandardDeviation) = (modes, radius, standardDeviation);
        DistributionText.RequireCount(this, "a ring", "modes", modes, MostModes);
        DistributionText.RequireLength(this, "radius", radius);
        DistributionText.RequireLength(this, "standard deviation", standardDeviation);
        Mixture = new Mixture([.. Enumerable.Range(0, modes).Select(Center)], standardDeviation);

        double[] Center(int mode)
        {
            (double sine, double cosine) = double.SinCosPi(2.0 * mode / modes);
            return [radius * cosine, radius * sine];
        }
    }

    /// <summary>How many modes.</summary>
    public int Modes { get; }

    /// <summary>Of the circle.</summary>
    public double Radius { get; }

    /// <summary>Of each column of a mode.</summary>
    public double StandardDeviation { get; }

    /// <inheritdoc/>
    public Mixture Mixture { get; }

    /// <inheritdoc/>
    public int Columns => 2;

    /// <inheritdoc/>
    public IReadOnlyList<double> Mean => Mixture.Mean;

    /// <inheritdoc/>
    public IReadOnlyList<double> Covariance => Mixture.Covariance;

    /// <inheritdoc/>
    public bool IsGaussian => Modes == 1;

    /// <inheritdoc/>
    public bool DrawsUniform => true;

    /// <inheritdoc/>
    public void Row<T, TOps>(ReadOnlySpan<T> z, T u, Span<T> x, TOps o)
        where TOps : struct, IOperations<T> => Mixture.Row(z, u, x, o);

    /// <summary>Such as <c>ring:8:1:0.01</c>.</summary>
    public override string ToString() => DistributionText.Of("ring", Modes, Radius, StandardDeviation);
}
