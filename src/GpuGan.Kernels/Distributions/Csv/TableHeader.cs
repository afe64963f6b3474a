using GpuGan.Kernels.Files;

namespace GpuGan.Kernels.Distributions.Csv;

/// <summary>What the first rows of a file tell of its table.</summary>
/// <param name="Names">A name for each column, empty for one without; null where none has one.</param>
/// <param name="Row">The row of the names; 0 where there is none, or they stand in a comment.</param>
/// <param name="Columns">How many columns there are, without those that a delimiter at the end of each line makes.</param>
/// <param name="Remark">What its user should know; null for nothing.</param>
internal sealed record TableHeader(IReadOnlyList<string>? Names, int Row, int Columns, string? Remark)
{
    /// <summary>How many lines are looked at.</summary>
    public const int Sample = 1000;

    /// <summary>Finds the names.</summary>
    /// <param name="path">The file, for errors.</param>
    /// <param name="sample">Its first lines, comments among them.</param>
    /// <param name="options">What the user says of the first row.</param>
    /// <exception cref="FileContentException">The first row has more or fewer names than there are columns.</exception>
    public static TableHeader Find(string path, IReadOnlyList<CsvRecord> sample, CsvOptions options)
    {
        HeaderRow asked = options.Header;
        CsvRecord[] rows = [.. sample.Where(record => record.IsRow)];
        if (rows.Length == 0)
        {
            return new TableHeader(null, Row: 0, Columns: 0, null);
        }

        string[] first = rows[0].Cells;
        string[][] below = [.. rows.Skip(1).Select(row => row.Cells)];
        int width = WidthOf([first, .. below]);
        bool words = first.All(cell => !Cell.LooksLikeNumber(cell)) && !first.All(Cell.IsMissing);
        if (asked != HeaderRow.No && !words && CommentAbove(sample, width) is string[] comment)
        {
            return new TableHeader(comment, Row: 0, width, $"took the comment above the rows as the header: {Shown(comment)}");
        }

        NumberedHeader? numbers = asked == HeaderRow.Auto && !words ? new NumberedHeader(first, below) : null;
        bool numbered = numbers is { IsOne: true };
        if (asked == HeaderRow.No || numbers is { IsOne: false })
        {
            return new TableHeader(
                null, Row: 0, width, numbers is { MayBeOne: true } ? $"took the first row for numbers: {Shown(first)}; {options.Setting("Header", "yes")} takes it for the header" : null);
        }

        string[] names = NamesOf(first, below);
        int mostly = below.CountBy(row => WidthOf([row])).OrderByDescending(pair => pair.Value).FirstOrDefault().Key;
        return below.Length == 0 || (mostly <= names.Length && below.Any(row => row.Length >= names.Length))
            ? new TableHeader(names, rows[0].Row, names.Length, numbered ? $"took the first row as the header: {Shown(first)}; {options.Setting("Header", "no")} takes it for numbers" : null)
            : throw new FileContentException(
                path,
                $"row {rows[0].Row} has {(first.Length == 1 ? "1 cell" : $"{first.Length} cells")} where most rows below have {mostly}; " +
                "a line that is no row needs a # before it, and a cell that holds the delimiter quotes");
    }

    /// <summary>Whether it stands above a line that is a row of numbers.</summary>
    public bool IsAbove(CsvRecord record) => record.IsRow && record.Row > Row;

    /// <summary>Whether a comment looks like a row: only the user knows whether someone left it out, or it begins with a word such as #ff0000.</summary>
    public bool IsLikeRow(CsvRecord comment) => Columns > 1 && comment.Cells.Length == Columns && comment.Cells.Skip(1).All(Cell.LooksLikeNumber);

    /// <summary>Whether a column has a name.</summary>
    public bool HasName(int column) => Names is not null && Names[column].Length > 0;

    /// <summary>What a message calls a column, from 0.</summary>
    public string Describe(int column) => HasName(column) ? $"column {column + 1}, {Shown(Names![column])}" : $"column {column + 1}";

    /// <summary>The same where the message goes on with what the column does.</summary>
    public string DescribeSubject(int column) => HasName(column) ? $"{Describe(column)}," : Describe(column);

    // A file that is no table may have a name of any length.
    private static string Shown(params string[] names) => OneLine.Quote(string.Join(", ", names)).Trim('\'');

    // R names all columns but that of the row names; a delimiter at the end of each line makes a column too many.
    private static string[] NamesOf(string[] first, string[][] below)
    {
        int width = below.Length > 0 ? WidthOf(below) : first.Length;
        return first.Length == width - 1 && IsOfRowNames(below) ? ["", .. first] : first[..Math.Min(first.Length, Math.Max(width, WidthOf([first])))];
    }

    // Of the first row, without the cells at its end that are empty in all rows.
    private static int WidthOf(string[][] rows)
    {
        int width = rows[0].Length;
        while (width > 1 && rows.All(row => row.Length < width || row[width - 1].Length == 0))
        {
            width--;
        }

        return width;
    }

    private static bool IsOfRowNames(string[][] rows) =>
        rows.All(row => !Cell.LooksLikeNumber(row[0])) || rows.Index().All(row => row.Item[0] == $"{row.Index + 1}");

    // Directly above the first row, with a word for each column.
    private static string[]? CommentAbove(IReadOnlyList<CsvRecord> sample, int width)
    {
        string[] cells = sample.TakeWhile(record => !record.IsRow).LastOrDefault(record => record.IsComment).Cells ?? [];
        cells = cells.Length == width + 1 && cells[0] == "#" ? cells[1..]
            : cells.Length == 1 && width > 1 ? cells[0].Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)
            : cells;

        // Above one column a name of several words is more likely a sentence.
        return cells.Length == width && cells.All(cell => cell.Length > 0 && !Cell.LooksLikeNumber(cell)) && (width > 1 || !cells[0].Contains(' ')) ? cells : null;
    }
}
