namespace GpuGan.Kernels.Metrics;

/// <summary>Rows in coordinates in which their target has mean 0 and covariance 1.</summary>
internal sealed class WhitenedRows
{
    // Distances beyond are alike; squares stay finite.
    private const float Farthest = 1e15f;

    // Of any vector a whole number; what is behind the rows is infinitely far from them.
    private const int Padding = 16;

    private WhitenedRows(int columns, int count)
    {
        Count = count;
        Columns = new float[columns][];
        for (int column = 0; column < columns; column++)
        {
            Columns[column] = new float[(count + Padding - 1) / Padding * Padding];
            Columns[column].AsSpan(count).Fill(float.PositiveInfinity);
        }
    }

    /// <summary><c>[column][row]</c>, and beyond the last row infinity.</summary>
    public float[][] Columns { get; }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>Takes rows that are in such coordinates.</summary>
    /// <param name="columns"><c>[column][row]</c>; copied.</param>
    public static WhitenedRows Of(float[][] columns)
    {
        WhitenedRows whitened = new(columns.Length, columns[0].Length);
        foreach ((int column, float[] values) in columns.Index())
        {
            values.CopyTo(whitened.Columns[column], 0);
        }

        return whitened;
    }

    /// <summary>Transforms rows.</summary>
    /// <param name="rows"><c>[row, column]</c>.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="target">Whose coordinates.</param>
    /// <returns>Null where a number is not one.</returns>
    public static WhitenedRows? Of(ReadOnlySpan<double> rows, int columns, KullbackLeibler target)
    {
        WhitenedRows whitened = new(columns, rows.Length / columns);
        Span<double> row = new double[columns];
        for (int i = 0; i < whitened.Count; i++)
        {
            target.Whiten(rows.Slice(i * columns, columns), row);
            for (int column = 0; column < columns; column++)
            {
                if (double.IsNaN(row[column]))
                {
                    return null;
                }

                whitened.Columns[column][i] = Math.Clamp((float)row[column], -Farthest, Farthest);
            }
        }

        return whitened;
    }
}
