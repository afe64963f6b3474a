using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Distributions;

/// <summary>Modes of equal weight, each standard normal variates times one standard deviation around a centre.</summary>
public sealed class Mixture : IEquatable<Mixture>
{
    private readonly double[][] centers;

    // [column][mode], as the formula has them.
    private readonly float[][] columns;

    /// <summary>Takes the modes.</summary>
    /// <param name="centers"><c>[mode][column]</c>, at least one, all finite and of one length; no two the same.</param>
    /// <param name="standardDeviation">Of each column of each mode, positive.</param>
    /// <exception cref="ArgumentException">There is no mode, no column, or one centre twice; centres differ in length; a number is out of range.</exception>
    public Mixture(IReadOnlyList<IReadOnlyList<double>> centers, double standardDeviation)
    {
        ArgumentNullException.ThrowIfNull(centers);
        if (centers.Count == 0 || centers[0].Count == 0 || centers.Any(center => center.Count != centers[0].Count || !center.All(double.IsFinite)))
        {
            throw new ArgumentException("a mixture has at least one centre, and all of them the same number of columns, finite");
        }

        // A ring laid out with both ends of the turn has a mode twice and is counted as one more than it is.
        if (centers.Select(center => string.Join(',', center.Select(value => (float)value))).Distinct().Count() < centers.Count)
        {
            throw new ArgumentException("two centres of the mixture are the same");
        }

        if (!(standardDeviation > 0 && double.IsFinite(standardDeviation)))
        {
            throw new ArgumentException(FormattableString.Invariant($"the standard deviation {standardDeviation} of a mixture must be positive"));
        }

        this.centers = [.. centers.Select(center => center.ToArray())];
        columns = [.. Enumerable.Range(0, Columns).Select(column => this.centers.Select(center => (float)center[column]).ToArray())];
        StandardDeviation = standardDeviation;
    }

    /// <summary>The centres, <c>[mode][column]</c>.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Centers => centers;

    /// <summary>Of each column of each mode.</summary>
    public double StandardDeviation { get; }

    /// <summary>Number of columns.</summary>
    public int Columns => centers[0].Length;

    /// <summary>The mean of the mixture, <c>[column]</c>: that of the centres.</summary>
    public IReadOnlyList<double> Mean => [.. Enumerable.Range(0, Columns).Select(column => centers.Average(center => center[column]))];

    /// <summary>Its covariance, <c>[column, column]</c>: that of the centres, and the variance of a mode on the diagonal.</summary>
    public IReadOnlyList<double> Covariance
    {
        get
        {
            IReadOnlyList<double> mean = Mean;
            return
            [
                .. from i in Enumerable.Range(0, Columns)
                   from j in Enumerable.Range(0, Columns)
                   select centers.Average(center => (center[i] - mean[i]) * (center[j] - mean[j])) + (i == j ? StandardDeviation * StandardDeviation : 0),
            ];
        }
    }

    /// <summary>A row: the centre of the part of u, plus the standard deviation times z. For an <see cref="IDistribution"/> that is a mixture.</summary>
    /// <inheritdoc cref="IDistribution.Row"/>
    public void Row<T, TOps>(ReadOnlySpan<T> z, T u, Span<T> x, TOps o)
        where TOps : struct, IOperations<T>
    {
        T deviation = o.Constant((float)StandardDeviation);
        for (int column = 0; column < x.Length; column++)
        {
            x[column] = o.Fma(deviation, z[column], Equiprobable.Choose(u, columns[column], o));
        }
    }

    /// <inheritdoc/>
    public bool Equals(Mixture? other) =>
        other is not null && StandardDeviation == other.StandardDeviation && Columns == other.Columns &&
        centers.SelectMany(center => center).SequenceEqual(other.centers.SelectMany(center => center));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Mixture);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(StandardDeviation, centers.Length, centers[^1][0]);

    /// <summary>The number of the centre that is nearest to a row, the first of equally near ones, and the squared distance to it.</summary>
    /// <param name="row"><c>[column]</c>.</param>
    internal (int Mode, double SquaredDistance) Nearest(ReadOnlySpan<float> row)
    {
        (int Mode, double SquaredDistance) nearest = (-1, double.PositiveInfinity);
        for (int mode = 0; mode < centers.Length; mode++)
        {
            double sum = 0;
            for (int column = 0; column < row.Length; column++)
            {
                double difference = row[column] - centers[mode][column];
                sum += difference * difference;
            }

            nearest = sum < nearest.SquaredDistance ? (mode, sum) : nearest;
        }

        return nearest;
    }
}
