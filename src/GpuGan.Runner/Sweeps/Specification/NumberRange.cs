using System.Globalization;

namespace GpuGan.Runner.Sweeps.Specification;

/// <summary>Numbers from one to another, both included: evenly spaced, <c>lin:FROM:TO:COUNT</c>, or their logarithms, <c>log:FROM:TO:COUNT</c>.</summary>
internal static class NumberRange
{
    /// <summary>The most numbers that a range may have.</summary>
    public const int MostValues = 1_000_000;

    /// <summary>Whether a text is meant for a range.</summary>
    public static bool Is(string text) => text.StartsWith("lin:", StringComparison.Ordinal) || text.StartsWith("log:", StringComparison.Ordinal);

    /// <summary>The numbers of a range.</summary>
    /// <exception cref="FormatException">It is none; the message follows the text.</exception>
    public static IEnumerable<double> Parse(string text)
    {
        string[] parts = text.Split(':');
        if (parts is not [_, string first, string last, _] || !TryNumber(first, out double from) || !TryNumber(last, out double to))
        {
            throw new FormatException($"is no range; write {parts[0]}:FROM:TO:COUNT, such as {parts[0]}:0.001:1:7");
        }

        if (CountOf(text) is not int count)
        {
            throw new FormatException($"is an empty range or none: COUNT is a whole number from 2 to {MostValues}, as both ends are included");
        }

        bool log = parts[0] == "log";
        RequirePositive(log, from, to);
        return Enumerable.Range(0, count).Select(i =>
            i == 0 ? from : i == count - 1 ? to : Between(log, from, to, (double)i / (count - 1)));
    }

    /// <summary>How many numbers a range has; null where it says so in no way that is understood.</summary>
    public static int? CountOf(string text) =>
        int.TryParse(text.Split(':')[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is >= 2 and <= MostValues ? count : null;

    /// <summary>
    /// A number between two others. It is rounded to 9 digits, more than a float32 has: 0.3 reads better than 0.30000000000000004,
    /// and the last bit of a logarithm, which machines do not agree on, changes no sweep.
    /// </summary>
    public static double Between(bool log, double from, double to, double share)
    {
        double number = log ? Math.Exp(Math.Log(from) + (share * (Math.Log(to) - Math.Log(from)))) : from + (share * (to - from));
        return double.Parse(number.ToString("g9", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>Reads a finite number.</summary>
    public static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    /// <summary>Refuses to take the logarithm of what has none.</summary>
    public static void RequirePositive(bool log, double from, double to)
    {
        if (log && (from <= 0 || to <= 0))
        {
            throw new FormatException("takes the logarithm of a number that is not above 0; begin above 0, or space it evenly with lin or uniform");
        }
    }
}
