namespace GpuGan.Kernels.Distributions.Csv;

/// <summary>What the cells of a column are, to advise the user which columns can be learnt.</summary>
internal sealed class ColumnContents
{
    private RowCounter counter;
    private int numbers;
    private int words;

    /// <summary>Whether some cell is a number.</summary>
    public bool HasNumber => numbers > 0;

    /// <summary>Whether it has neither numbers nor words.</summary>
    public bool IsEmpty => numbers == 0 && words == 0;

    /// <summary>Whether some cell is missing.</summary>
    public bool HasMissing { get; private set; }

    /// <summary>Whether it is worth learning: numbers that do more than count the rows.</summary>
    public bool IsOfNumbers => HasNumber && words == 0 && !counter.Counts;

    /// <summary>Whether words are the exception.</summary>
    public bool IsMostlyNumbers => numbers > words;

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
        numbers += isNumber ? 1 : 0;
        words += isNumber || isMissing ? 0 : 1;
        HasMissing |= isMissing;
        counter.Add(isNumber ? value : double.NaN);
    }
}
