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
    // Farther than this is no nearer; squares of differences stay finite.
    private const double Farthest = 1e15;

    /// <summary>The accuracy; where both kinds are equally near, a row counts half.</summary>
    /// <param name="real"><c>[column][row]</c>, whitened; at least one row.</param>
    /// <param name="generated"><c>[column][row]</c>, whitened; at least one row.</param>
    /// <returns>From 0 to 1.</returns>
    public static double Accuracy(float[][] real, float[][] generated)
    {
        int twice = Twice(real, generated) + Twice(generated, real);
        return twice / (2.0 * (real[0].Length + generated[0].Length));
    }

    /// <summary>Rows in whitened coordinates, column by column, as the search wants them.</summary>
    /// <param name="rows">Of rows, the numbers of one after the other.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="target">Whose coordinates.</param>
    /// <returns><c>[column][row]</c>; null where a number is not one.</returns>
    public static float[][]? Whitened(ReadOnlySpan<double> rows, int columns, KullbackLeibler target)
    {
        float[][] whitened = new float[columns][];
        for (int column = 0; column < columns; column++)
        {
            whitened[column] = new float[rows.Length / columns];
        }

        Span<double> row = new double[columns];
        for (int i = 0; i < rows.Length / columns; i++)
        {
            target.Whiten(rows.Slice(i * columns, columns), row);
            for (int column = 0; column < columns; column++)
            {
                if (double.IsNaN(row[column]))
                {
                    return null;
                }

                whitened[column][i] = (float)Math.Clamp(row[column], -Farthest, Farthest);
            }
        }

        return whitened;
    }

    /// <summary>Twice the number of rows whose nearest neighbour is of their own kind.</summary>
    private static int Twice(float[][] own, float[][] others)
    {
        int twice = 0;
        Span<float> row = new float[own.Length];
        for (int i = 0; i < own[0].Length; i++)
        {
            for (int column = 0; column < row.Length; column++)
            {
                row[column] = own[column][i];
            }

            // Not its own neighbour: it is elsewhere while the others are searched.
            own[0][i] = float.PositiveInfinity;
            float toOwn = Nearest(row, own), toOthers = Nearest(row, others);
            own[0][i] = row[0];
            twice += toOwn < toOthers ? 2 : toOwn == toOthers ? 1 : 0;
        }

        return twice;
    }

    /// <summary>The least squared distance of a row to some rows.</summary>
    private static float Nearest(ReadOnlySpan<float> row, float[][] rows)
    {
        Vector<float> least = new(float.PositiveInfinity);
        int count = rows[0].Length, first = 0;
        for (; first <= count - Vector<float>.Count; first += Vector<float>.Count)
        {
            Vector<float> sum = Vector<float>.Zero;
            for (int column = 0; column < row.Length; column++)
            {
                Vector<float> difference = new Vector<float>(rows[column], first) - new Vector<float>(row[column]);
                sum += difference * difference;
            }

            least = Vector.Min(least, sum);
        }

        float nearest = float.PositiveInfinity;
        for (int lane = 0; lane < Vector<float>.Count; lane++)
        {
            nearest = Math.Min(nearest, least[lane]);
        }

        for (; first < count; first++)
        {
            float sum = 0;
            for (int column = 0; column < row.Length; column++)
            {
                float difference = rows[column][first] - row[column];
                sum += difference * difference;
            }

            nearest = Math.Min(nearest, sum);
        }

        return nearest;
    }
}
