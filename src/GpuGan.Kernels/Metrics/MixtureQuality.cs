using GpuGan.Kernels.Distributions;
using MathNet.Numerics;

namespace GpuGan.Kernels.Metrics;

/// <summary>
/// What generated rows are by the modes of a mixture. A row is of high quality where it lies within 3 standard deviations of the nearest centre
/// (Srivastava et al., "VEEGAN: Reducing Mode Collapse in GANs using Implicit Variational Learning", 2017).
/// </summary>
/// <param name="HighQuality">The share of rows that are of high quality, from 0 to 1.</param>
/// <param name="Modes">How many centres are nearest to at least one row of high quality.</param>
/// <param name="Centers">How many there are.</param>
/// <param name="LeastShare">Rows of high quality of the centre that has fewest, in parts of what each should have: 1 where all have the same; 0 where one has none.</param>
/// <param name="ReverseKl">Kullback-Leibler divergence of the rows of high quality over the centres from equal shares, in nats: at most log Centers; NaN where there are none.</param>
/// <param name="RealHighQuality">
/// The share of high quality among real rows, which is less than 1: of two columns 1 - exp(-9/2), 98.889 %, where modes are far apart. More of a
/// generator's rows than that means that its modes are too narrow.
/// </param>
public sealed record MixtureQuality(double HighQuality, int Modes, int Centers, double LeastShare, double ReverseKl, double RealHighQuality)
{
    /// <summary>The least share of high quality of a converged generator.</summary>
    public const double LeastHighQuality = 0.75;

    /// <summary>The least part of its share that each centre has of a converged generator.</summary>
    public const double LeastPartOfShare = 0.5;

    private const double Deviations = 3;

    /// <summary>Whether each mode is there, with half of its share at least.</summary>
    public bool HasAllModes => LeastShare >= LeastPartOfShare;

    /// <summary>Whether it keeps both limits.</summary>
    public bool IsWithin => HighQuality >= LeastHighQuality && HasAllModes;

    /// <summary>Counts rows; in double and in their order, to the same bits on every machine.</summary>
    /// <param name="rows">Generated or real ones.</param>
    /// <param name="mixture">What they should be.</param>
    /// <exception cref="ArgumentException">They have other columns.</exception>
    public static MixtureQuality Of(DataSet rows, Mixture mixture)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(mixture);
        RequireColumns(rows, mixture);
        int[] counts = CountsOf(rows, mixture);
        int good = counts.Sum();
        double perCenter = good / (double)counts.Length;
        return new MixtureQuality(
            good / (double)rows.Rows,
            counts.Count(count => count > 0),
            counts.Length,
            good == 0 ? 0 : counts.Min() / perCenter,
            good == 0 ? double.NaN : Math.Max(0, counts.Where(count => count > 0).Sum(count => count / (double)good * Math.Log(count / perCenter))),
            SpecialFunctions.GammaLowerRegularized(mixture.Columns / 2.0, Deviations * Deviations / 2));
    }

    /// <summary>Which centres have half of their share of the rows of high quality, or more.</summary>
    /// <inheritdoc cref="Of"/>
    /// <returns><c>[mode]</c>.</returns>
    public static IReadOnlyList<bool> Covered(DataSet rows, Mixture mixture)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(mixture);
        RequireColumns(rows, mixture);
        int[] counts = CountsOf(rows, mixture);
        double least = LeastPartOfShare * counts.Sum() / counts.Length;
        return Array.ConvertAll(counts, count => count > 0 && count >= least);
    }

    private static void RequireColumns(DataSet rows, Mixture mixture)
    {
        if (rows.Columns != mixture.Columns)
        {
            throw new ArgumentException($"the rows have {rows.Columns} columns, the mixture {mixture.Columns}");
        }
    }

    // Rows of high quality of each centre.
    private static int[] CountsOf(DataSet rows, Mixture mixture)
    {
        int[] counts = new int[mixture.Centers.Count];
        double farthest = Deviations * mixture.StandardDeviation;
        for (int row = 0; row < rows.Rows; row++)
        {
            // Nothing is near to what is not a number.
            (int mode, double squaredDistance) = mixture.Nearest(rows.Values.AsSpan(row * rows.Columns, rows.Columns));
            if (squaredDistance <= farthest * farthest)
            {
                counts[mode]++;
            }
        }

        return counts;
    }
}
