using System.Numerics;

namespace GpuGan.Kernels.Metrics;

/// <summary>
/// The two-sample test by nearest neighbours: how often the nearest other row of a row, real or generated, is of its own kind
/// (Lopez-Paz and Oquab, "Revisiting Classifier Two-Sample Tests", 2017; Xu et al., "An empirical study on evaluation metrics of
/// generative adversarial networks", 2018: leave-one-out accuracy of a 1-NN classifier). At 1/2 nobody can tell the two apart; at 1
/// everybody can; below 1/2 the generated rows are copies of real ones.
/// </summary>
/// <remarks>
/// Squares of differences are summed over the columns in order, by multiplication and addition: each distance has one bit pattern, and a
/// least one does not depend on the order in which it is looked for. So the accuracy is the same on every processor.
/// </remarks>
internal static class NearestNeighbors
{
    // Rows are looked at side by side: what is loaded once serves all of them.
    private const int RowsAtOnce = 4;

    /// <summary>The accuracy; where both kinds are equally near, a row counts half.</summary>
    /// <param name="real">At least one row.</param>
    /// <param name="generated">At least one row.</param>
    /// <returns>From 0 to 1.</returns>
    public static double Accuracy(WhitenedRows real, WhitenedRows generated)
    {
        int twice = Twice(real, generated) + Twice(generated, real);
        return twice / (2.0 * (real.Count + generated.Count));
    }

    /// <summary>Twice the number of rows whose nearest neighbour is of their own kind.</summary>
    private static int Twice(WhitenedRows own, WhitenedRows others)
    {
        int twice = 0;
        Span<float> toOwn = stackalloc float[RowsAtOnce], toOthers = stackalloc float[RowsAtOnce];
        for (int first = 0; first < own.Count; first += RowsAtOnce)
        {
            // Of its own kind the nearest is the row itself.
            Distances(own, first, own, toOwn, second: true);
            Distances(own, first, others, toOthers, second: false);
            for (int i = 0; i < Math.Min(RowsAtOnce, own.Count - first); i++)
            {
                twice += toOwn[i] < toOthers[i] ? 2 : toOwn[i] == toOthers[i] ? 1 : 0;
            }
        }

        return twice;
    }

    /// <summary>The least squared distances of some rows to others, or the second least.</summary>
    private static void Distances(WhitenedRows rows, int firstRow, WhitenedRows others, Span<float> distances, bool second)
    {
        Vector<float> infinite = new(float.PositiveInfinity);
        Vector<float> least0 = infinite, least1 = infinite, least2 = infinite, least3 = infinite;
        Vector<float> next0 = infinite, next1 = infinite, next2 = infinite, next3 = infinite;
        for (int first = 0; first < others.Count; first += Vector<float>.Count)
        {
            Vector<float> sum0 = Vector<float>.Zero, sum1 = sum0, sum2 = sum0, sum3 = sum0;
            for (int column = 0; column < others.Columns.Length; column++)
            {
                Vector<float> other = new(others.Columns[column], first);
                ReadOnlySpan<float> row = rows.Columns[column].AsSpan(firstRow, RowsAtOnce);
                Vector<float> d0 = other - new Vector<float>(row[0]), d1 = other - new Vector<float>(row[1]);
                Vector<float> d2 = other - new Vector<float>(row[2]), d3 = other - new Vector<float>(row[3]);
                sum0 += d0 * d0;
                sum1 += d1 * d1;
                sum2 += d2 * d2;
                sum3 += d3 * d3;
            }

            if (second)
            {
                next0 = Vector.Min(next0, Vector.Max(least0, sum0));
                next1 = Vector.Min(next1, Vector.Max(least1, sum1));
                next2 = Vector.Min(next2, Vector.Max(least2, sum2));
                next3 = Vector.Min(next3, Vector.Max(least3, sum3));
            }

            least0 = Vector.Min(least0, sum0);
            least1 = Vector.Min(least1, sum1);
            least2 = Vector.Min(least2, sum2);
            least3 = Vector.Min(least3, sum3);
        }

        distances[0] = OfLanes(least0, next0, second);
        distances[1] = OfLanes(least1, next1, second);
        distances[2] = OfLanes(least2, next2, second);
        distances[3] = OfLanes(least3, next3, second);
    }

    private static float OfLanes(Vector<float> least, Vector<float> next, bool second)
    {
        float one = float.PositiveInfinity, two = float.PositiveInfinity;
        for (int lane = 0; lane < Vector<float>.Count; lane++)
        {
            two = Math.Min(Math.Min(two, next[lane]), Math.Max(one, least[lane]));
            one = Math.Min(one, least[lane]);
        }

        return second ? two : one;
    }
}
