namespace GpuGan.Kernels.Distributions;

/// <summary>Rows of numbers, real or generated, in one flat array <c>[row, column]</c>.</summary>
public sealed class DataSet
{
    /// <summary>Wraps rows that lie one after the other.</summary>
    /// <param name="values"><c>[row, column]</c>; owned by the data set from now on.</param>
    /// <param name="columns">Number of columns, at least 1.</param>
    /// <exception cref="ArgumentException">No column, no row, or a last row that is not whole.</exception>
    public DataSet(float[] values, int columns)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (columns < 1 || values.Length == 0 || values.Length % columns != 0)
        {
            throw new ArgumentException($"{values.Length} numbers do not make whole rows of {columns} columns");
        }

        Values = values;
        Columns = columns;
    }

    /// <summary>All numbers, <c>[row, column]</c>.</summary>
    public float[] Values { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>Number of rows.</summary>
    public int Rows => Values.Length / Columns;

    /// <summary>One number.</summary>
    /// <param name="row">From 0 to <see cref="Rows"/> - 1.</param>
    /// <param name="column">From 0 to <see cref="Columns"/> - 1.</param>
    public float this[int row, int column] => (uint)column < (uint)Columns
        ? Values[(row * Columns) + column]
        : throw new ArgumentOutOfRangeException(nameof(column), column, $"there are {Columns} columns");

    /// <summary>Refuses what no training learns from: one number that is not finite makes all weights NaN.</summary>
    /// <exception cref="ArgumentException">A number is not finite.</exception>
    internal void RequireFinite() => Table.RequireFinite("data", Values, Columns);
}
