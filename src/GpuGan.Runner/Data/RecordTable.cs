using System.Globalization;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Networks;
using GpuGan.Runner.Files;

namespace GpuGan.Runner.Data;

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
        header = TableHeader.Find(path, [.. records.Take(TableHeader.Sample)], options.Header);
        chosen = options.Columns?.Of(path, header.Names, header.Columns) ?? [.. Enumerable.Range(0, header.Columns)];
        if (chosen.Count > NetworkShape.MaxWidth)
        {
            throw new FileContentException(path, $"has {chosen.Count} columns; at most {NetworkShape.MaxWidth} can be learnt, and --columns chooses them");
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
        int rows = 0, comments = 0;
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
                }

                complete &= isThere;
            }

            rows++;
            if (complete)
            {
                values.AddRange(numbers);
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
            table.Rows == rows ? null : $"skipped {rows - table.Rows} of {rows} rows with missing values",
        ];
        return new DataFile(table,
        [
            .. seen.OfType<string>(),
            .. digits.Zip(chosen, ThousandsRemark).OfType<string>(),
            .. CountingRemarks([.. chosen.Where((_, i) => counters[i].Counts)]),
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
                ? $"{Text.Quote(cell)} is too large for {(centred ? $"float64 (at most {double.MaxValue:g3})" : $"float32 (at most {float.MaxValue:g3}); --standardize scales its column")}"
            : Cell.Problem(cell, options.Decimal) ?? $"{Text.Quote(cell)} is not a number; {Advice.WhereAWordIs(record, column)}";
        throw new FileContentException(path, $"row {record.Row}, {header.Describe(column)}: {problem}");
    }

    private void RequireLength(CsvRecord record)
    {
        int cells = record.Cells.Length;
        bool tooShort = cells < header.Columns && !options.SkipMissing;
        if (tooShort || record.Cells.Skip(header.Columns).Any(cell => cell.Length > 0))
        {
            string remedy = tooShort ? "--skip-missing leaves such rows out" : "a cell that holds the delimiter needs quotes, and a line that is no row a # before it";
            throw new FileContentException(path, $"row {record.Row} has {(cells == 1 ? "1 cell" : $"{cells} cells")} where the rows above have {header.Columns}; {remedy}");
        }
    }

    private string? ThousandsRemark(GroupedDigits digits, int column) => digits.Example is string cell && Cell.TryNumber(cell, options.Decimal, out double value)
        ? string.Create(CultureInfo.InvariantCulture, $"{header.Describe(column)}: read {cell} as {value}; if it is {cell.Replace(".", "").Replace(",", "")}, take the separators of thousands out of the file")
        : null;

    // Columns that were chosen are wanted.
    private IEnumerable<string> CountingRemarks(int[] counting) => options.Columns is not null || counting.Length == chosen.Count
        ? []
        : counting.Select(column =>
            $"{header.Describe(column)}{(header.HasName(column) ? "," : "")} counts the rows; leave it out by --columns {ColumnSelection.TextOf([.. chosen.Except(counting)])}");

    // Standardised columns are centred before they are rounded, and lose nothing.
    private IReadOnlyList<string> RequireFloats(Table table)
    {
        IReadOnlyList<string> losses = centred ? [] : RoundingLoss.Of(table, i => $"column {(header.HasName(chosen[i]) ? NameOf(chosen[i]) : chosen[i] + 1)}");
        return losses.Count == 0 || options.AllowRounding
            ? losses
            : throw new FileContentException(path, $"{string.Join(", ", losses.Take(LossesTold))}{(losses.Count > LossesTold ? $" and {losses.Count - LossesTold} others" : "")}; --standardize keeps them apart, --allow-rounding takes them so");
    }

    private string NameOf(int column) => header.HasName(column) ? header.Names![column] : $"x{column + 1}";
}
