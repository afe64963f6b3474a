namespace GpuGan.Runner.Data;

/// <summary>What the cells of a column are, to advise the user which columns can be learnt.</summary>
internal sealed class ColumnContents
{
    private RowCounter counter;

    /// <summary>Whether some cell is a number.</summary>
    public bool HasNumber { get; private set; }

    /// <summary>Whether some cell is missing.</summary>
    public bool HasMissing { get; private set; }

    /// <summary>Whether some cell is neither.</summary>
    public bool HasWord { get; private set; }

    /// <summary>Whether it is worth learning: numbers that do more than count the rows.</summary>
    public bool IsOfNumbers => HasNumber && !HasWord && !counter.Counts;

    /// <summary>Looks at all columns at once.</summary>
    public static ColumnContents[] Of(IEnumerable<CsvRecord> rows, int columns, char decimalSign)
    {
        ColumnContents[] contents = [.. Enumerable.Range(0, columns).Select(_ => new ColumnContents())];
        foreach (CsvRecord row in rows)
        {
            for (int column = 0; column < columns; column++)
            {
                contents[column].Add(row[column], decimalSign);
            }
        }

        return contents;
    }

    private void Add(string cell, char decimalSign)
    {
        bool isNumber = Cell.TryNumber(cell, decimalSign, out double value), isMissing = !isNumber && Cell.IsMissing(cell);
        HasNumber |= isNumber;
        HasMissing |= isMissing;
        HasWord |= !isNumber && !isMissing;
        counter.Add(isNumber ? value : double.NaN);
    }
}
