using System.Globalization;
using System.Text.RegularExpressions;
using GpuGan.Kernels.Files;

namespace GpuGan.Kernels.Distributions.Csv;

/// <summary>A cell of a data file: a number, missing, or a word.</summary>
internal static partial class Cell
{
    private static readonly HashSet<string> MissingWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "", "na", "n/a", "<na>", "#n/a", "nan", "null", "none", "nil", "\\N", "?", "-", "--", ".", "..", "#null!", "#div/0!", "#value!", "#num!", "#ref!", "#name?",
        "nat", "(null)", "#na", "#n/a n/a",
    };

    /// <summary>Reads a number, finite or too large; decimal commas are read as points are.</summary>
    public static bool TryNumber(string cell, char decimalSign, out double value)
    {
        if (decimalSign == ',')
        {
            cell = cell.Contains('.') || cell.EndsWith(',') ? "" : cell.Replace(',', '.');
        }

        return double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            ? double.IsFinite(value) || cell.AsSpan().IndexOfAnyInRange('0', '9') >= 0
            : HasForeignSigns(cell) && double.TryParse(Plain(cell), NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Whether a cell is what people and programs write where they have no number, or none that is finite.</summary>
    public static bool IsMissing(string cell) => MissingWords.Contains(cell) || IsNotFinite(cell);

    /// <summary>Whether a cell is a number if a comma in it is a decimal one.</summary>
    public static bool HasDecimalComma(string cell) => cell.Contains(',') && TryNumber(cell, ',', out _);

    /// <summary>Whether a cell is a number, or would be one if it were written otherwise: no name of a column looks like this.</summary>
    public static bool LooksLikeNumber(string cell) =>
        TryNumber(cell, '.', out _) || (cell.AsSpan().IndexOfAnyInRange('0', '9') >= 0 && Problem(cell, '.', SettingNames.Property) is not null);

    /// <summary>Whether a cell is a whole number of digits alone, as a name may be: an index, a year.</summary>
    public static bool IsDigits(string cell) => cell.Length is > 0 and < 10 && cell.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>Says why a cell is no number, and the setting that helps; null where it is just a word, which other columns may hold.</summary>
    public static string? Problem(string cell, char decimalSign, SettingName setting)
    {
        string shown = OneLine.Quote(cell);
        return cell switch
        {
            "" => $"the cell is empty; {Skip()} leaves such rows out",
            _ when IsNotFinite(cell) => $"{shown} is not finite; {Skip()} leaves such rows out",
            _ when IsMissing(cell) => $"{shown} is no number; {Skip()} leaves such rows out",
            _ when decimalSign == '.' && CommaOfEither().IsMatch(cell) =>
                $"{shown} is {cell.Replace(',', '.')} if its comma is a decimal one (add {Comma()}), and {cell.Replace(",", "", StringComparison.Ordinal)} if it separates thousands (take it out of the file)",
            _ when decimalSign == '.' && HasDecimalComma(cell) => $"{shown} has a decimal comma; add {Comma()}",
            _ when decimalSign == ',' && PointOfEither().IsMatch(cell) =>
                $"{shown} is {cell} if its point is a decimal one (leave {Comma()} out), and {cell.Replace(".", "", StringComparison.Ordinal)} if it separates thousands (take it out of the file)",
            _ when decimalSign == ',' && TryNumber(cell, '.', out _) => $"{shown} has a decimal point; leave {Comma()} out",
            _ when Thousands().IsMatch(cell) => $"{shown} has separators of thousands; take them out of the file{(decimalSign == '.' && cell.LastIndexOf(',') > cell.LastIndexOf('.') && cell.Contains('.') ? $", and add {Comma()}" : "")}",
            [.. var number, '%'] when LooksLikeNumber(number) => $"{shown} has a percent sign; take it out of the file",
            _ when cell.Any(sign => char.GetUnicodeCategory(sign) == UnicodeCategory.CurrencySymbol) && cell.Any(char.IsDigit) => $"{shown} has a currency's sign; take it out of the file",
            ['\'', .. var number] when LooksLikeNumber(number.TrimEnd('\'')) => $"{shown} has single quotes; take them out of the file",
            _ when NegativeOfAccounts().Match(cell) is { Success: true } negative && LooksLikeNumber(negative.Groups["size"].Value) =>
                $"{shown} is -{negative.Groups["size"].Value} as accounts write it; write -{negative.Groups["size"].Value}",
            _ when Hexadecimal().IsMatch(cell) => $"{shown} is hexadecimal; write decimal numbers",
            _ => null,
        };

        string Skip() => setting("SkipMissing", "true");

        string Comma() => setting("Decimal", ",");
    }

    private static bool IsNotFinite(string cell) => cell.Length < 10 && NotFinite().IsMatch(cell);

    // Fortran's exponents, and the minus sign of typeset tables.
    private static bool HasForeignSigns(string cell) => cell.AsSpan().IndexOfAny("dD\u2212") >= 0;

    private static string Plain(string cell) => cell.Replace('\u2212', '-').Replace('D', 'E').Replace('d', 'e');

    [GeneratedRegex(@"^[+-]?(nan|inf|infinity)$|^[+-]?\u221e$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NotFinite();

    [GeneratedRegex(@"^[+-]?[1-9]\d{0,2},\d{3}$")]
    private static partial Regex CommaOfEither();

    [GeneratedRegex(@"^[+-]?[1-9]\d{0,2}\.\d{3}$")]
    private static partial Regex PointOfEither();

    [GeneratedRegex(@"^[+-]?\d{1,3}(?:(,\d{3})+(\.\d*)?|(\.\d{3})+(,\d*)?|([ '’_\u00a0\u202f]\d{3})+([.,]\d*)?)$")]
    private static partial Regex Thousands();

    // Parentheses, or a minus sign at the end.
    [GeneratedRegex(@"^(\((?<size>[^()+-]+)\)|(?<size>[^()+-]+)[-\u2212])$", RegexOptions.ExplicitCapture)]
    private static partial Regex NegativeOfAccounts();

    [GeneratedRegex("^0x[0-9a-f]+$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Hexadecimal();
}
