namespace GpuGan.Kernels.Distributions.Csv;

/// <summary>Tells a column that counts the rows, from 0 or from 1: row names of R, an index of pandas.</summary>
internal struct RowCounter
{
    private const int RowsThatTell = 3;

    private int rows;
    private double first;
    private bool broken;

    /// <summary>Whether all numbers so far count, and are enough to tell.</summary>
    public readonly bool Counts => !broken && rows >= RowsThatTell;

    /// <summary>Whether a column has another whole number in each row: an index of rows some of which were left out, or in another order.</summary>
    public static bool IsIndex(Table table, int column)
    {
        double[] values = table.Column(column);
        return values.Length >= RowsThatTell && values.All(value => value >= 0 && double.IsInteger(value)) && values.Distinct().Count() == values.Length;
    }

    /// <summary>Takes the number of the next row; NaN where it has none.</summary>
    public void Add(double value)
    {
        first = rows == 0 ? value : first;
        broken |= first is not (0 or 1) || value != first + rows;
        rows++;
    }
}
