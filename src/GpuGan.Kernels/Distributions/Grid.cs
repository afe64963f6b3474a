using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Distributions;

/// <summary>
/// Modes on a square grid around zero, side times side of them (Dumoulin et al., "Adversarially Learned Inference", 2017, has 25): the
/// coordinates of the centres are <c>(i - (side - 1) / 2) spacing</c>.
/// </summary>
public sealed record Grid : IDistribution
{
    /// <summary>The most modes along a side.</summary>
    public const int MostSide = 32;

    private readonly float[] coordinates;

    /// <summary>Takes the numbers.</summary>
    /// <param name="side">How many modes along a side, from 1 to <see cref="MostSide"/>.</param>
    /// <param name="spacing">Between centres, positive.</param>
    /// <param name="standardDeviation">Of each column of a mode, positive.</param>
    /// <exception cref="ArgumentException">One is out of range.</exception>
    public Grid(int side = 5, double spacing = 2, double standardDeviation = 0.05)
    {
        (Side, Spacing, StandardDeviation) = (side, spacing, standardDeviation);
        DistributionText.RequireCount(this, "a grid", "modes along its side", side, MostSide);
        DistributionText.RequireLength(this, "spacing", spacing);
        DistributionText.RequireLength(this, "standard deviation", standardDeviation);
        double[] places = [.. Enumerable.Range(0, side).Select(i => (i - ((side - 1) / 2.0)) * spacing)];
        coordinates = Array.ConvertAll(places, place => (float)place);
        Mixture = new Mixture([.. from first in places from second in places select (double[])[first, second]], standardDeviation);
    }

    /// <summary>How many modes along a side.</summary>
    public int Side { get; }

    /// <summary>Between centres.</summary>
    public double Spacing { get; }

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
    public bool IsGaussian => Side == 1;

    /// <inheritdoc/>
    public bool DrawsUniform => true;

    /// <summary>The first coordinate is chosen by u, the second by what is left of it: 2 side comparisons instead of its square.</summary>
    /// <inheritdoc/>
    public void Row<T, TOps>(ReadOnlySpan<T> z, T u, Span<T> x, TOps o)
        where TOps : struct, IOperations<T>
    {
        T deviation = o.Constant((float)StandardDeviation);
        x[0] = o.Fma(deviation, z[0], Equiprobable.Choose(u, coordinates, o));
        x[1] = o.Fma(deviation, z[1], Equiprobable.Choose(Equiprobable.Rest(u, Side, o), coordinates, o));
    }

    /// <summary>Such as <c>grid:5:2:0.05</c>.</summary>
    public override string ToString() => DistributionText.Of("grid", Side, Spacing, StandardDeviation);

    /// <inheritdoc/>
    public bool Equals(Grid? other) => other is not null && Mixture.Equals(other.Mixture);

    /// <inheritdoc/>
    public override int GetHashCode() => Mixture.GetHashCode();
}
