using System.Globalization;
using GpuGan.Kernels.Distributions;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Data;

/// <summary>Tells whether the rows of a file are visibly sorted, so that those of a batch are alike and no fair sample of all.</summary>
/// <remarks>
/// A column's correlation with itself one row on is 0 for rows in any order, with a standard deviation of 1 / sqrt(rows), and near 1 for
/// sorted ones. Above one half, and three standard deviations, it is told.
/// </remarks>
internal static class RowSequence
{
    private const double Limit = 0.5, Deviations = 3;

    /// <summary>Warns of rows that are visibly sorted.</summary>
    /// <param name="error">Takes the warning, one line.</param>
    /// <param name="path">The file.</param>
    /// <param name="rows">Its rows.</param>
    public static void Warn(TextWriter error, string path, Table rows)
    {
        (int column, double correlation) = Enumerable.Range(0, rows.Columns).Select(column => (column, Correlation(rows, column))).MaxBy(pair => pair.Item2);
        if (correlation > Math.Max(Limit, Deviations / Math.Sqrt(rows.Rows)))
        {
            string name = rows.Names is null ? $"column {column + 1}" : $"column {OneLine.Quote(rows.Names[column])}";
            Notice.Warn(error, [string.Create(
                CultureInfo.InvariantCulture,
                $"{path}: the rows are sorted, it seems: the correlation of {name} with the next row's is {correlation:f2}, in any order it would be near 0; use --shuffle")]);
        }
    }

    /// <summary>The correlation of a column with itself one row on; 0 for a constant one.</summary>
    private static double Correlation(Table rows, int column)
    {
        double[] values = rows.Column(column);
        if (values.Min() == values.Max())
        {
            return 0;
        }

        // As parts of the largest, no sum and no square overflows.
        double largest = values.Max(Math.Abs), mean = values.Average(value => value / largest);
        double[] parts = Array.ConvertAll(values, value => (value / largest) - mean);
        return parts.Zip(parts[1..], (value, next) => value * next).Sum() / parts.Sum(value => value * value);
    }
}
