using GpuGan.Kernels.Random;

namespace GpuGan.Kernels.Metrics;

/// <summary>
/// The energy distance between two samples, and how often chance alone gives as much: <c>2 E|X - Y| - E|X - X'| - E|Y - Y'|</c>, zero between equal
/// distributions and only there (Székely and Rizzo, "Energy statistics: A class of statistics based on distances", 2013).
/// </summary>
/// <remarks>
/// <para>
/// Of n rows of one kind and m of the other it is <c>-w' D w</c> with the distances D of all rows and the weights w = 1/n of the one kind and -1/m of
/// the other. The p-value is that of a permutation test: rows change their kinds at random, <see cref="Permutations"/> times; with the
/// rows as they are it is <c>(1 + how often it is as much) / (1 + Permutations)</c>, 0.005 at least.
/// </para>
/// <para>Sums have one order, and the permutations are a function of the seed: the same bits on every machine.</para>
/// </remarks>
/// <param name="Distance">At least 0, but for rounding; in units of the rows. NaN where a number is not finite.</param>
/// <param name="PValue">Uniform from 0 to 1 where both samples are of one distribution, near 0 where they are not; NaN where a number is not finite.</param>
internal sealed record EnergyDistance(double Distance, double PValue)
{
    /// <summary>How often rows change their kinds.</summary>
    public const int Permutations = 199;

    /// <summary>The most rows of both kinds together: all distances between them are kept.</summary>
    public const int MostRows = 4000;

    // Of the evaluation stream.
    private const uint PermutationStep = 5;

    /// <summary>Compares two samples.</summary>
    /// <param name="first"><c>[row, column]</c>, at least one row.</param>
    /// <param name="second"><c>[row, column]</c>, at least one row.</param>
    /// <param name="columns">Number of columns, at least 1.</param>
    /// <param name="seed">Decides the permutations.</param>
    /// <exception cref="ArgumentException">There is no column, no row, a last row that is not whole, or more than <see cref="MostRows"/>.</exception>
    public static EnergyDistance Of(double[] first, double[] second, int columns, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (first.Length == 0 || second.Length == 0 || first.Length % columns != 0 || second.Length % columns != 0)
        {
            throw new ArgumentException($"{first.Length} and {second.Length} numbers do not make whole rows of {columns} columns");
        }

        int n = first.Length / columns, m = second.Length / columns, all = n + m;
        if (all > MostRows)
        {
            throw new ArgumentException($"there are {all} rows; the energy distance is of at most {MostRows}");
        }

        double[] rows = [.. first, .. second];
        if (!rows.All(double.IsFinite))
        {
            return new EnergyDistance(double.NaN, double.NaN);
        }

        double[][] distances = [.. Enumerable.Range(0, all).AsParallel().AsOrdered().Select(row => DistancesOf(rows, columns, row))];
        double observed = Statistic(distances, Weights(n, m, null));
        bool[] isAsMuch = new bool[Permutations];
        Parallel.For(0, Permutations, number => isAsMuch[number] = Statistic(distances, Weights(n, m, Permuted(all, n, seed, number))) >= observed);
        return new EnergyDistance(observed, (1 + isAsMuch.Count(one => one)) / (1.0 + Permutations));
    }

    /// <summary>The distances of a row to those before it.</summary>
    private static double[] DistancesOf(double[] rows, int columns, int row)
    {
        double[] distances = new double[row];
        for (int other = 0; other < row; other++)
        {
            double sum = 0;
            for (int column = 0; column < columns; column++)
            {
                double difference = rows[(row * columns) + column] - rows[(other * columns) + column];
                sum += difference * difference;
            }

            distances[other] = Math.Sqrt(sum);
        }

        return distances;
    }

    /// <summary>1/n of the rows that are taken, -1/m of the others.</summary>
    private static double[] Weights(int n, int m, int[]? order)
    {
        double[] weights = new double[n + m];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[order is null ? i : order[i]] = i < n ? 1.0 / n : -1.0 / m;
        }

        return weights;
    }

    /// <summary>Rows in random order, as far as their first n are concerned: the beginning of Fisher and Yates' shuffle.</summary>
    private static int[] Permuted(int all, int n, ulong seed, int number)
    {
        int[] order = [.. Enumerable.Range(0, all)];
        for (int i = 0; i < n; i++)
        {
            double uniform = Streams.Uniform(seed, StreamId.Evaluation, PermutationStep, (uint)((number * all) + i));
            int other = i + (int)(uniform * (all - i));
            (order[i], order[other]) = (order[other], order[i]);
        }

        return order;
    }

    /// <summary>-w' D w: each pair stands twice in it.</summary>
    private static double Statistic(double[][] distances, double[] weights)
    {
        double sum = 0;
        for (int row = 0; row < distances.Length; row++)
        {
            // Four sums, as one waits for each addition: their order is the same everywhere.
            double[] ofRow = distances[row];
            double sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;
            int other = 0;
            for (; other + 3 < ofRow.Length; other += 4)
            {
                sum0 += weights[other] * ofRow[other];
                sum1 += weights[other + 1] * ofRow[other + 1];
                sum2 += weights[other + 2] * ofRow[other + 2];
                sum3 += weights[other + 3] * ofRow[other + 3];
            }

            for (; other < ofRow.Length; other++)
            {
                sum0 += weights[other] * ofRow[other];
            }

            sum += weights[row] * (sum0 + sum1 + (sum2 + sum3));
        }

        return -2 * sum;
    }
}
