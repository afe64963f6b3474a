using System.Globalization;
using System.Text.RegularExpressions;
using GpuGan.Kernels.Files;

namespace GpuGan.Kernels.Distributions.Csv;

/// <summary>Columns of a data file, in the order in which they are wanted: names, numbers from 1, and ranges of either.</summary>
/// <param name="Text">Choices between commas, such as <c>2-4,waiting</c>; what stands in quotes is a name.</param>
internal sealed partial record ColumnSelection(string Text)
{
    private const int NamesTold = 12;

    private IEnumerable<string> Choices => Choice().Matches(Text).Select(match => match.Groups[1].Value.Trim());

    /// <summary>Checks a text.</summary>
    /// <exception cref="FormatException">It chooses nothing, or a quote is not closed.</exception>
    public static ColumnSelection Parse(string text) => Whole().IsMatch(text)
        ? new ColumnSelection(text)
        : throw new FormatException("is no list of columns; write names, numbers or ranges between commas, such as 2-4,waiting");

    /// <summary>The chosen columns, by their places from 0.</summary>
    /// <param name="path">The file, which is named in every error.</param>
    /// <param name="names">The names of its columns; null where it has none.</param>
    /// <param name="count">How many columns it has.</param>
    /// <param name="setting">How messages call a setting.</param>
    /// <exception cref="FileContentException">The file has no such column, or it is chosen twice.</exception>
    public IReadOnlyList<int> Of(string path, IReadOnlyList<string>? names, int count, SettingName setting)
    {
        int[] chosen = [.. Choices.SelectMany(choice => ColumnsOf(path, choice, names ?? [], count, setting))];
        return chosen.CountBy(column => column).FirstOrDefault(pair => pair.Value > 1) is { Value: > 1, Key: int twice }
            ? throw new FileContentException(path, $"{setting("Columns", OneLine.Quote(Text))} takes column {twice + 1} twice; once is enough")
            : chosen;
    }

    /// <summary>Columns as one chooses them: their numbers from 1, runs of them as ranges.</summary>
    /// <param name="columns">Their places from 0, in their order.</param>
    public static string TextOf(IReadOnlyList<int> columns)
    {
        List<string> ranges = [];
        for (int i = 0, next; i < columns.Count; i = next)
        {
            for (next = i + 1; next < columns.Count && columns[next] == columns[next - 1] + 1;)
            {
                next++;
            }

            ranges.Add(next == i + 1 ? $"{columns[i] + 1}" : $"{columns[i] + 1}-{columns[next - 1] + 1}");
        }

        return string.Join(',', ranges);
    }

    private static IEnumerable<int> ColumnsOf(string path, string choice, IReadOnlyList<string> names, int count, SettingName setting)
    {
        bool quoted = choice.StartsWith('"');
        string name = quoted ? choice[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : choice;
        int[] named = [.. Enumerable.Range(0, names.Count).Where(column => names[column] == name)];
        int? number = quoted ? null : NumberOf(choice);
        if (named.Length > 1)
        {
            throw new FileContentException(
                path, $"has {named.Length} columns of the name {Quoted(name)}; choose by number, {setting("Columns", string.Join(" or ", named.Select(column => column + 1)))}");
        }

        if (named is [int found])
        {
            return number is null || number == found + 1 || number > count
                ? [found]
                : throw new FileContentException(path, $"{setting("Columns", choice)} may mean column {choice} or column {found + 1}, whose name it is; write {choice}-{choice} or '\"{choice}\"'");
        }

        if (number is int single)
        {
            return [Existing(path, single, count)];
        }

        return (quoted ? null : RangeOf(path, choice, names, count, setting)) ?? throw Missing(path, name, names, count, setting);
    }

    // A dash may be part of a name too, so every dash is tried.
    private static IEnumerable<int>? RangeOf(string path, string choice, IReadOnlyList<string> names, int count, SettingName setting)
    {
        for (int dash = choice.IndexOf('-', StringComparison.Ordinal); dash >= 0; dash = choice.IndexOf('-', dash + 1))
        {
            string from = choice[..dash].Trim(), to = choice[(dash + 1)..].Trim();
            (int first, int last) = NumberOf(from) is int one && NumberOf(to) is int other
                ? (Existing(path, one, count), Existing(path, other, count))
                : (Place(names, from), Place(names, to));
            if (first >= 0 && last >= 0)
            {
                return first <= last
                    ? Enumerable.Range(first, last - first + 1)
                    : throw new FileContentException(path, $"{setting("Columns", choice)} begins after its end; write {to}-{from}, or single columns in any order");
            }
        }

        return null;
    }

    private static int Place(IReadOnlyList<string> names, string name) => names.Count(other => other == name) == 1 ? names.ToList().IndexOf(name) : -1;

    private static int? NumberOf(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static int Existing(string path, int number, int count) => number >= 1 && number <= count
        ? number - 1
        : throw new FileContentException(path, $"has no column {number}; its columns are {(count == 1 ? "1 alone" : $"1 to {count}")}");

    private static FileContentException Missing(string path, string name, IReadOnlyList<string> names, int count, SettingName setting)
    {
        if (names.Count == 0)
        {
            return new FileContentException(
                path, $"has no names, so no column {Quoted(name)}; choose by number from 1 to {count}, or take the first row for names by {setting("Header", "yes")}");
        }

        string others = names.Count > NamesTold ? $", and {names.Count - NamesTold} others" : "";
        string? near = names.FirstOrDefault(other => other.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? NearWords.Nearest(name, names.Where(other => other.Length > 2));
        string remedy = near is null ? $"it has {string.Join(", ", names.Take(NamesTold))}{others}" : $"did you mean '{near}'?";
        return new FileContentException(path, $"has no column {Quoted(name)}; {remedy}");
    }

    private static string Quoted(string name) => OneLine.Quote(name);

    [GeneratedRegex("""\G\s*("(?:[^"]|"")*"|[^",][^,]*)\s*(?:,|$)""")]
    private static partial Regex Choice();

    [GeneratedRegex("""^(?:\s*(?:"(?:[^"]|"")*"|[^\s",][^,]*)\s*(?:,(?!$)|$))+$""")]
    private static partial Regex Whole();
}
