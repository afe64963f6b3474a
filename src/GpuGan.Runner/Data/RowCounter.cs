namespace GpuGan.Runner.Data;

/// <summary>Tells a column that counts the rows, from 0 or from 1: row names of R, an index of pandas.</summary>
internal struct RowCounter
{
    private const int RowsThatTell = 3;

    private int rows;
    private double first;
    private bool broken;

    /// <summary>Whether all numbers so far count, and are enough to tell.</summary>
    public readonly bool Counts => !broken && rows >= RowsThatTell;

    /// <summary>Takes the number of the next row; NaN where it has none.</summary>
    public void Add(double value)
    {
        first = rows == 0 ? value : first;
        broken |= first is not (0 or 1) || value != first + rows;
        rows++;
    }
}
