using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Distributions;

/// <summary>Rows <c>x = z A + b</c> of standard normal z: the mean b, the covariance A'A.</summary>
public sealed class Gaussian : IDistribution, IEquatable<Gaussian>
{
    /// <summary>The most columns: A has their square of numbers.</summary>
    public const int MostColumns = 1000;

    private readonly float[] a, b;

    /// <summary>Takes A and b.</summary>
    /// <param name="a"><c>[input, column]</c>, row after row: the square of as many numbers as b has.</param>
    /// <param name="b"><c>[column]</c>, at least one number, the mean.</param>
    /// <exception cref="ArgumentException">The sizes do not fit, or a number is out of range.</exception>
    public Gaussian(IReadOnlyList<float> a, IReadOnlyList<float> b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (b.Count is 0 or > MostColumns || a.Count != b.Count * b.Count)
        {
            throw new ArgumentException(
                $"a Gaussian with a mean of {b.Count} columns has {a.Count} numbers in A; they are the square of those of the mean, of which there may be 1 to {MostColumns}");
        }

        (this.a, this.b) = ([.. a], [.. b]);
        DistributionText.RequireNumbers(this, [.. a, .. b]);
    }

    /// <summary>The chapter's: A = [[1, 2], [-0.1, 0.5]], b = [1, 2] (Dive into Deep Learning, section 20.1.1).</summary>
    public static Gaussian Chapter { get; } = new([1, 2, -0.1f, 0.5f], [1, 2]);

    /// <summary>Number of columns.</summary>
    public int Columns => b.Length;

    /// <inheritdoc/>
    public bool IsGaussian => true;

    /// <inheritdoc/>
    public IReadOnlyList<double> Mean => Array.ConvertAll(b, value => (double)value);

    /// <inheritdoc/>
    public IReadOnlyList<double> Covariance =>
    [
        .. from i in Enumerable.Range(0, Columns)
           from j in Enumerable.Range(0, Columns)
           select Enumerable.Range(0, Columns).Sum(input => (double)A(input, i) * A(input, j)),
    ];

    private bool IsStandard => Enumerable.Range(0, a.Length).All(i => a[i] == (i % (Columns + 1) == 0 ? 1 : 0)) && b.All(value => value == 0);

    /// <summary>Independent standard normal columns.</summary>
    /// <param name="columns">How many, from 1 to <see cref="MostColumns"/>.</param>
    /// <exception cref="ArgumentException">There are none, or too many.</exception>
    public static Gaussian Standard(int columns) => columns is >= 1 and <= MostColumns
        ? new([.. Enumerable.Range(0, columns * columns).Select(i => i % (columns + 1) == 0 ? 1f : 0)], new float[columns])
        : throw new ArgumentException($"normal:{columns} has {columns} columns; there can be 1 to {MostColumns}");

    /// <summary>One number of A.</summary>
    /// <param name="input">Which of the normal variates.</param>
    /// <param name="column">Which column it goes to.</param>
    public float A(int input, int column) => (uint)column < (uint)Columns
        ? a[(input * Columns) + column]
        : throw new ArgumentOutOfRangeException(nameof(column), column, $"there are {Columns} columns");

    /// <summary>One number of b, the mean.</summary>
    /// <param name="column">Which column.</param>
    public float B(int column) => b[column];

    /// <summary>Each number is <c>b[column] + sum over inputs of z[input] A[input, column]</c>, in order, by fused multiply-add; zeros of A are left out.</summary>
    /// <inheritdoc/>
    public void Row<T, TOps>(ReadOnlySpan<T> z, T u, Span<T> x, TOps o)
        where TOps : struct, IOperations<T>
    {
        for (int column = 0; column < b.Length; column++)
        {
            T sum = o.Constant(b[column]);
            for (int input = 0; input < b.Length; input++)
            {
                float factor = a[(input * b.Length) + column];
                sum = factor == 0 ? sum : o.Fma(z[input], o.Constant(factor), sum);
            }

            x[column] = sum;
        }
    }

    /// <inheritdoc/>
    public bool Equals(Gaussian? other) => other is not null && a.AsSpan().SequenceEqual(other.a) && b.AsSpan().SequenceEqual(other.b);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Gaussian);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(b.Length, a[0], b[0], a[^1], b[^1]);

    /// <summary>Such as <c>chapter</c>, <c>normal:3</c> or <c>gaussian:1,0,0,1:2,2</c>.</summary>
    public override string ToString() => Equals(Chapter) ? "chapter"
        : IsStandard ? DistributionText.Of("normal", Columns)
        : $"gaussian:{DistributionText.List(a)}:{DistributionText.List(b)}";
}
