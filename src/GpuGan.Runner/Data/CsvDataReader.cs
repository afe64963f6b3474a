using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Networks;
using GpuGan.Runner.Files;

namespace GpuGan.Runner.Data;

/// <summary>Reads rows of numbers from a CSV file.</summary>
/// <remarks>
/// Delimiters are the comma, the semicolon and the tab; cells may be quoted; the first row may hold names. Numbers
/// have a decimal point. Rows are counted as a spreadsheet counts them: from 1, names and empty lines included.
/// </remarks>
internal static class CsvDataReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file, which is named in every error.</param>
    /// <exception cref="FileContentException">The file cannot be read, or holds something else than rows of numbers.</exception>
    public static Table Read(string path)
    {
        try
        {
            // All at once, so that the delimiter can be seen first even where the file is a pipe.
            return Parse(path, File.ReadAllText(path));
        }
        catch (Exception exception) when (FileContentException.IsAboutFiles(exception))
        {
            throw FileContentException.Of(path, exception);
        }
    }

    /// <summary>Reads the text of a file.</summary>
    public static Table Parse(string path, string text)
    {
        int lastRow = 0;
        CsvConfiguration configuration = new(CultureInfo.InvariantCulture)
        {
            Delimiter = DelimiterOf(text),
            BadDataFound = _ => throw new FileContentException(
                path, $"row {lastRow + 1}: a quote stands inside a cell or is never closed"),
        };
        using CsvParser parser = new(new StringReader(text), configuration);
        List<double> values = [];
        string[]? names = null;
        int columns = 0;
        while (parser.Read())
        {
            string[] cells = parser.Record!;
            int row = lastRow = parser.RawRow;
            if (columns == 0)
            {
                columns = cells.Length;
                if (columns > NetworkShape.MaxWidth)
                {
                    throw new FileContentException(path, $"row {row} has {columns} columns; at most {NetworkShape.MaxWidth} can be learnt");
                }

                if (!cells.Any(LooksLikeNumber))
                {
                    names = cells;
                    continue;
                }
            }

            if (cells.Length != columns)
            {
                throw new FileContentException(path, $"row {row} has {Count(cells.Length)} where the rows above have {columns}; all rows must be equally long");
            }

            for (int column = 0; column < columns; column++)
            {
                values.Add(Number(path, row, column + 1, cells[column]));
            }
        }

        return (columns, values.Count) switch
        {
            (0, _) => throw new FileContentException(path, "is empty; give rows of numbers"),
            (_, 0) => throw new FileContentException(path, "has names but no rows of numbers"),
            _ => new Table([.. values], columns, names),
        };
    }

    private static string Count(int cells) => cells == 1 ? "1 cell" : $"{cells} cells";

    private static double Number(string path, int row, int column, string cell)
    {
        string text = cell.Trim();
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && float.IsFinite((float)value))
        {
            return value;
        }

        string problem = text switch
        {
            "" => "is empty",
            _ when IsWordForNoNumber(text) => "is not finite",
            _ when float.IsInfinity((float)value) => $"is too large for float32 (at most {float.MaxValue:g3})",
            _ when HasDecimalComma(text) => "has a decimal comma; write a decimal point",
            _ => "is not a number",
        };
        string shown = text.Length == 0 ? "the cell" : Text.Quote(text);
        throw new FileContentException(path, $"row {row}, column {column}: {shown} {problem}");
    }

    // A first row of names has no cell like this. Numbers that are refused later are like this too.
    private static bool LooksLikeNumber(string cell)
    {
        string text = cell.Trim();
        return IsWordForNoNumber(text) || HasDecimalComma(text) ||
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
    }

    private static bool IsWordForNoNumber(string text) =>
        text.TrimStart('+', '-').ToLowerInvariant() is "nan" or "inf" or "infinity" or "∞";

    private static bool HasDecimalComma(string text) =>
        text.Contains(',') && double.TryParse(text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    // Looks at the first line that is not empty. A comma may be a decimal one, so it delimits only where nothing else does.
    private static string DelimiterOf(string text)
    {
        bool quoted = false;
        string delimiter = ",";
        foreach (char c in text.AsSpan().TrimStart("\r\n "))
        {
            quoted ^= c == '"';
            if (!quoted && c is ('\t' or '\n' or '\r'))
            {
                return c == '\t' ? "\t" : delimiter;
            }

            if (!quoted && c == ';')
            {
                delimiter = ";";
            }
        }

        return delimiter;
    }
}
