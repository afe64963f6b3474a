namespace GpuGan.Kernels.Distributions.Csv;

/// <summary>Says what helps where a file is refused; looks at all of its rows for that.</summary>
/// <param name="records">All of the file.</param>
/// <param name="header">What its first rows told.</param>
/// <param name="chosen">The columns that should be read.</param>
/// <param name="options">How they should be read.</param>
internal sealed class ReadingAdvice(IEnumerable<CsvRecord> records, TableHeader header, IReadOnlyList<int> chosen, CsvOptions options)
{
    private IEnumerable<CsvRecord> Rows => records.Where(header.IsAbove);

    /// <summary>For a word in place of a number.</summary>
    public string WhereAWordIs(CsvRecord record, int column)
    {
        if (header.Names is null && record.Row == Rows.First().Row && !record.Cells.Any(cell => Cell.TryNumber(cell, options.Decimal, out _)))
        {
            return $"{options.Setting("Header", "yes")} takes the first row for names";
        }

        // Numbers of the other decimal sign are numbers too.
        (char decimalSign, ColumnContents[] contents) = ((char[])[options.Decimal, options.Decimal == '.' ? ',' : '.'])
            .Select(sign => (sign, Contents: ColumnContents.Of(Rows, header.Columns, sign)))
            .MaxBy(found => found.Contents.Count(one => one.IsOfNumbers));
        int[] columns = [.. Enumerable.Range(0, header.Columns).Where(place => contents[place].IsOfNumbers)];
        string others = (decimalSign == options.Decimal ? "" : $" {options.Setting("Decimal", $"{decimalSign}")}") + (columns.Any(place => contents[place].HasMissing) ? $" {options.Setting("SkipMissing", "true")}" : "");
        string also = contents[column].IsMostlyNumbers ? ", a # before its line leaves that out"
            : MayBeName(record, column) ? $", {options.Setting("Header", "yes")} the first row for names"
            : "";
        return columns.Length > 0 ? $"{options.Setting("Columns", ColumnSelection.TextOf(columns))}{others} takes the columns of numbers{also}"
            : header.Columns == 1 ? $"{options.Setting("Delimiter")} tells what stands between cells, where it is something unusual"
            : "no column is of numbers alone: a line that is no row needs a # before it";
    }

    /// <summary>For a missing value in a column that has nothing else; null in others, whose rows may be left out.</summary>
    public string? WhereAllAreMissing(int column)
    {
        ColumnContents[] contents = ColumnContents.Of(Rows, header.Columns, options.Decimal);
        int[] others = [.. chosen.Where(place => contents[place].HasNumber)];
        return contents[column].IsEmpty && others.Length > 0 ? $"the column has no number; choose others by {options.Setting("Columns", ColumnSelection.TextOf(others))}" : null;
    }

    /// <summary>For a file without rows of numbers.</summary>
    public string WhereNoneIs() =>
        (header.Row > 0 ? "has names but no rows of numbers" : "is empty; give rows of numbers") +
        (records.Any(record => record.IsComment) ? "; lines that begin with # are comments" : "");

    /// <summary>For rows of which none is complete.</summary>
    public string WhereAllAreSkipped(int rows)
    {
        ColumnContents[] contents = ColumnContents.Of(Rows, header.Columns, options.Decimal);
        int[] empty = [.. chosen.Where(column => !contents[column].HasNumber)];
        return empty.Length == 0 || empty.Length == chosen.Count
            ? $"all {rows} rows have missing values; choose columns that have fewer of them by {options.Setting("Columns")}"
            : $"all {rows} rows have missing values: {header.DescribeSubject(empty[0])} has no number; choose others by {options.Setting("Columns", ColumnSelection.TextOf([.. chosen.Except(empty)]))}";
    }

    // What stands in the first row alone.
    private bool MayBeName(CsvRecord record, int column) =>
        header.Names is null && options.Header == HeaderRow.Auto && record.Row == Rows.First().Row && Rows.Skip(1).Any() && Rows.Skip(1).All(row => row[column] != record[column]);
}
