namespace GpuGan.Kernels.Distributions.Csv;

/// <summary>Finds what stands between the cells of a file: what cuts its first rows into equally many cells, most of them columns of numbers.</summary>
internal static class Delimiter
{
    private const int Sample = 200;

    // In this order where several are as good: a comma may be a decimal one, and words have blanks between them.
    private static readonly char?[] Candidates = ['\t', ';', '|', ',', ' ', null];

    /// <summary>The delimiter; null where a line is one cell.</summary>
    /// <param name="text">The whole file.</param>
    /// <param name="decimalSign">A comma that is a decimal sign delimits only where quotes tell the two apart.</param>
    public static char? Find(string text, char decimalSign) => Candidates.MaxBy(candidate => ScoreOf(text, candidate, decimalSign));

    /// <summary>The delimiter that a first line such as <c>sep=;</c> tells; such a line is taken out of the text.</summary>
    public static char? Told(ref string text)
    {
        ReadOnlySpan<char> line = text;
        int end = line.IndexOfAny('\r', '\n');
        if (end < 0 || line[..end].TrimEnd(' ').Trim('"') is not [var s, var e, var p, '=', var delimiter] || !"sep".AsSpan().Equals([s, e, p], StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        // The line stays as an empty one, so that rows keep their numbers.
        text = line[end..].ToString();
        return delimiter;
    }

    private static (double Columns, bool OnlyNumbers) ScoreOf(string text, char? delimiter, char decimalSign)
    {
        CsvRecord[] records = [.. new CsvRecords(text, delimiter).Where(record => record.IsRow).Take(Sample)];
        if (records.Length == 0)
        {
            return (-1, false);
        }

        int width = records.CountBy(record => record.Cells.Length).MaxBy(pair => (pair.Value, pair.Key)).Key;
        if ((delimiter is not null && width < 2) || (delimiter == ',' && HoldDecimals(records, decimalSign)))
        {
            return (-1, false);
        }

        // The first row may be names, and says something only where no other is as long.
        CsvRecord[] rows = [.. records.Where(record => record.Cells.Length == width)];
        rows = rows.Length > 1 && rows[0] == records[0] ? rows[1..] : rows;
        int numbers = Enumerable.Range(0, width).Count(column => IsOfNumbers(rows, column));
        return ((double)numbers * records.Count(record => record.Cells.Length == width) / records.Length, numbers == width);
    }

    private static bool IsOfNumbers(CsvRecord[] rows, int column)
    {
        int numbers = rows.Count(row => Cell.LooksLikeNumber(row.Cells[column]));
        return numbers > 0 && 2 * numbers > rows.Count(row => !Cell.IsMissing(row.Cells[column]));
    }

    // Rows of one number each whose comma is a decimal one, as the user or a single name above them says.
    private static bool HoldDecimals(CsvRecord[] records, char decimalSign) =>
        (decimalSign == ',' || (records[0].Cells.Length == 1 && records.Length > 1)) &&
        records.Skip(records.Length > 1 ? 1 : 0).All(record => Cell.TryNumber(string.Join(',', record.Cells), ',', out _));
}
