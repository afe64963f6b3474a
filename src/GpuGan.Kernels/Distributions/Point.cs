using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Distributions;

/// <summary>
/// Every row the same: what the Dirac-GAN learns (Mescheder, Geiger, Nowozin: "Which Training Methods for GANs do actually Converge?", 2018), and
/// bilinear games.
/// </summary>
public sealed class Point : IDistribution, IEquatable<Point>
{
    private readonly float[] place;

    /// <summary>Takes the row.</summary>
    /// <param name="place"><c>[column]</c>, at least one number.</param>
    /// <exception cref="ArgumentException">There is no number, or one is out of range.</exception>
    public Point(params IReadOnlyList<float> place)
    {
        ArgumentNullException.ThrowIfNull(place);
        if (place.Count is 0 or > Gaussian.MostColumns)
        {
            throw new ArgumentException($"a point has {place.Count} columns; there can be 1 to {Gaussian.MostColumns}");
        }

        this.place = [.. place];
        DistributionText.RequireNumbers(this, this.place);
    }

    /// <inheritdoc/>
    public int Columns => place.Length;

    /// <inheritdoc/>
    public IReadOnlyList<double> Mean => Array.ConvertAll(place, value => (double)value);

    /// <summary>It has no spread.</summary>
    public IReadOnlyList<double> Covariance => new double[place.Length * place.Length];

    /// <summary>One without spread: its moments tell all.</summary>
    public bool IsGaussian => true;

    /// <inheritdoc/>
    public void Row<T, TOps>(ReadOnlySpan<T> z, T u, Span<T> x, TOps o)
        where TOps : struct, IOperations<T>
    {
        for (int column = 0; column < place.Length; column++)
        {
            x[column] = o.Constant(place[column]);
        }
    }

    /// <inheritdoc/>
    public bool Equals(Point? other) => other is not null && place.AsSpan().SequenceEqual(other.place);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Point);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(place.Length, place[0], place[^1]);

    /// <summary>Such as <c>point:0,1</c>.</summary>
    public override string ToString() => $"point:{DistributionText.List(place)}";
}
