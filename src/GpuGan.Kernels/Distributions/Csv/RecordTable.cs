using System.Globalization;
using GpuGan.Kernels.Files;
using GpuGan.Kernels.Networks;

namespace GpuGan.Kernels.Distributions.Csv;

/// <summary>Makes a table of numbers of the rows of a file.</summary>
internal sealed class RecordTable
{
    private const int LossesTold = 4;

    private readonly string path;
    private readonly IEnumerable<CsvRecord> records;
    private readonly CsvOptions options;
    private readonly bool centred;
    private readonly TableHeader header;
    private readonly IReadOnlyList<int> chosen;

    /// <summary>Finds the columns.</summary>
    /// <param name="path">The file, which is named in every error.</param>
    /// <param name="records">All of its rows; enumerated more than once.</param>
    /// <param name="options">How they are read.</param>
    /// <param name="centred">Whether the columns are centred and scaled in double before they become floats.</param>
    /// <exception cref="FileContentException">The file has no such columns.</exception>
    public RecordTable(string path, IEnumerable<CsvRecord> records, CsvOptions options, bool centred)
    {
        (this.path, this.records, this.options, this.centred) = (path, records, options, centred);
        header = TableHeader.Find(path, [.. records.Take(TableHeader.Sample)], options);
        chosen = options.Selection?.Of(path, header.Names, header.Columns, options.Setting) ?? [.. Enumerable.Range(0, header.Columns)];
        if (chosen.Count > Network.MaxWidth)
        {
            throw new FileContentException(path, $"has {chosen.Count} columns; at most {Network.MaxWidth} can be learnt, and {options.Setting("Columns")} chooses them");
        }
    }

    private ReadingAdvice Advice => new(records, header, chosen, options);

    /// <summary>Reads the numbers.</summary>
    /// <exception cref="FileContentException">There is no row, a cell of a chosen column is no number, or rows differ in length.</exception>
    public DataFile Read()
    {
        List<double> values = [];
        double[] numbers = new double[chosen.Count];
        RowCounter[] counters = new RowCounter[chosen.Count];
        GroupedDigits[] digits = new GroupedDigits[chosen.Count];
        WholeNumbers[] wholes = new WholeNumbers[chosen.Count];
        string? total = null;
        int rows = 0, comments = 0, last = 0;
        foreach (CsvRecord record in records)
        {
            if (record.IsOpen)
            {
                throw new FileContentException(path, $"row {record.Row}: a quote is never closed; close it, or take it out");
            }

            if (!header.IsAbove(record))
            {
                comments += record.IsComment && rows > 0 && header.IsLikeRow(record) ? 1 : 0;
                continue;
            }

            RequireLength(record);
            bool complete = true;
            for (int i = 0; i < numbers.Length; i++)
            {
                bool isThere = TryRead(record, chosen[i], out numbers[i]);
                counters[i].Add(numbers[i]);
                if (isThere)
                {
                    digits[i].Add(record[chosen[i]]);
                    wholes[i].Add(record[chosen[i]], numbers[i]);
                }

                complete &= isThere;
            }

            rows++;
            if (complete)
            {
                values.AddRange(numbers);
                last = record.Row;
                total ??= TotalRemark(record);
            }
        }

        if (values.Count == 0)
        {
            throw new FileContentException(path, rows > 0 ? Advice.WhereAllAreSkipped(rows) : Advice.WhereNoneIs());
        }

        Table table = new([.. values], chosen.Count, header.Names is null ? null : [.. chosen.Select(NameOf)]);
        string?[] seen =
        [
            header.Remark,
            comments == 0 ? null : $"left out {comments} {(comments == 1 ? "line that begins with # and looks like a row" : "lines that begin with # and look like rows")}",
            total ?? (Totals.EndWithOne(table) ? $"row {last} is the sum of all rows above; if it is no row of its own, put a # before it" : null),
            table.Rows == rows ? null : $"skipped {rows - table.Rows} of {rows} rows with missing values",
        ];
        return new DataFile(table,
        [
            .. seen.OfType<string>(),
            .. digits.Zip(chosen, ThousandsRemark).OfType<string>(),
            .. CountingRemarks([.. chosen.Where((_, i) => counters[i].Counts)], [.. chosen.Where((column, i) => !counters[i].Counts && IsUnnamed(column) && RowCounter.IsIndex(table, i))]),
            .. chosen.Select((column, i) => SentinelRemark(table, i, column)).OfType<string>(),
            .. RequireDoubles(table, wholes),
            .. RequireFloats(table),
        ]);
    }

    private bool TryRead(CsvRecord record, int column, out double value)
    {
        string cell = record[column];
        bool isNumber = Cell.TryNumber(cell, options.Decimal, out value);
        if (isNumber && (centred ? double.IsFinite(value) : float.IsFinite((float)value)))
        {
            return true;
        }

        if (options.SkipMissing && Cell.IsMissing(cell))
        {
            value = double.NaN;
            return false;
        }

        string problem =
            isNumber
                ? $"{OneLine.Quote(cell)} is too large for {(centred ? $"float64 (at most {double.MaxValue:g3})" : $"float32 (at most {float.MaxValue:g3}); {options.Setting("standardize", "true")} scales its column")}"
            : Cell.IsMissing(cell) && Advice.WhereAllAreMissing(column) is string empty ? empty
            : Cell.Problem(cell, options.Decimal, options.Setting) ?? $"{OneLine.Quote(cell)} is not a number; {Advice.WhereAWordIs(record, column)}";
        throw new FileContentException(path, $"row {record.Row}, {header.Describe(column)}: {problem}");
    }

    private void RequireLength(CsvRecord record)
    {
        int cells = record.Cells.Length;
        bool tooShort = cells < header.Columns && !options.SkipMissing;
        if (tooShort || record.Cells.Skip(header.Columns).Any(cell => cell.Length > 0))
        {
            bool missesNumbers = tooShort && chosen.All(column => Cell.TryNumber(record[column], options.Decimal, out _) || Cell.IsMissing(record[column]));
            string remedy = missesNumbers ? $"{options.Setting("SkipMissing", "true")} leaves such rows out" : tooShort ? "a line that is no row needs a # before it" : "a cell that holds the delimiter needs quotes, and a line that is no row a # before it";
            throw new FileContentException(path, $"row {record.Row} has {(cells == 1 ? "1 cell" : $"{cells} cells")} where the rows above have {header.Columns}; {remedy}");
        }
    }

    private string? ThousandsRemark(GroupedDigits digits, int column) => digits.Example is string cell && Cell.TryNumber(cell, options.Decimal, out double value)
        ? string.Create(CultureInfo.InvariantCulture, $"{header.Describe(column)}: read {cell} as {value}; if it is {cell.Replace(".", "").Replace(",", "")}, take the separators of thousands out of the file")
        : null;

    private string? SentinelRemark(Table table, int place, int column) => Sentinels.In(table, place) is var (value, count)
        ? string.Create(CultureInfo.InvariantCulture, $"{header.DescribeSubject(column)} holds {value} {count} times, far from its other numbers; if it stands for a missing one, write NA for it and add {options.Setting("SkipMissing", "true")}")
        : null;

    // Words in columns that are not learnt say what a row is.
    private string? TotalRemark(CsvRecord record) =>
        options.Columns is not null && record.Cells.Where((cell, column) => Totals.IsWord(cell) && !chosen.Contains(column)).FirstOrDefault() is string word
            ? $"row {record.Row} is called {OneLine.Quote(word)}; if it sums up others, put a # before it"
            : null;

    // As pandas writes an index, and reads it again.
    private bool IsUnnamed(int column) => header.Names is not null && (!header.HasName(column) || header.Names[column].StartsWith("Unnamed: ", StringComparison.Ordinal));

    // Columns that were chosen are wanted.
    private IEnumerable<string> CountingRemarks(int[] counting, int[] indexes)
    {
        int[] others = [.. chosen.Except(counting).Except(indexes)];
        string Remark(int column, string what) =>
            $"{header.DescribeSubject(column)} {what}; leave it out by {options.Setting("Columns", ColumnSelection.TextOf(others))}";
        return options.Columns is not null || others.Length == 0
            ? []
            : [.. counting.Select(column => Remark(column, "counts the rows")), .. indexes.Select(column => Remark(column, "has another whole number in each row, as an index has"))];
    }

    // Neither float32 nor a standardization can bring back what is lost before them.
    private string[] RequireDoubles(Table table, WholeNumbers[] wholes)
    {
        string[] losses = [.. wholes.Select((numbers, i) => numbers.LossIn(table, i) is string loss ? $"{header.DescribeSubject(chosen[i])} {loss}" : null).OfType<string>()];
        return losses.Length == 0 || options.AllowRounding
            ? losses
            : throw new FileContentException(path, $"{losses[0]}; leave it out by {options.Setting("Columns")}, or {options.Setting("AllowRounding", "true")} takes it so");
    }

    // Standardised columns are centred before they are rounded, and lose nothing.
    private IReadOnlyList<string> RequireFloats(Table table)
    {
        IReadOnlyList<string> losses = centred ? [] : RoundingLoss.Of(table, i => $"column {(header.HasName(chosen[i]) ? NameOf(chosen[i]) : chosen[i] + 1)}");
        return losses.Count == 0 || options.AllowRounding
            ? losses
            : throw new FileContentException(path, $"{string.Join(", ", losses.Take(LossesTold))}{(losses.Count > LossesTold ? $" and {losses.Count - LossesTold} others" : "")}; {options.Setting("standardize", "true")} keeps them apart, {options.Setting("AllowRounding", "true")} takes them so");
    }

    private string NameOf(int column) => header.HasName(column) ? header.Names![column] : $"x{column + 1}";
}
