using System.Globalization;
using System.Text.RegularExpressions;

namespace GpuGan.Runner.Wording;

/// <summary>The names of C# as they are written on the command line and in files: <c>LeakyRelu</c> as <c>leaky-relu</c>.</summary>
internal static partial class Words
{
    /// <summary>All words of an enumeration.</summary>
    public static IReadOnlyList<string> All<TEnum>()
        where TEnum : struct, Enum => [.. Enum.GetNames<TEnum>().Select(Kebab)];

    /// <summary>The word of a value.</summary>
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum => Kebab(value.ToString());

    /// <summary>Finds the value of a word; <c>leaky_relu</c> is understood too, as other programs write it so.</summary>
    public static bool TryParse<TEnum>(string word, out TEnum value)
        where TEnum : struct, Enum
    {
        int found = All<TEnum>().ToList().IndexOf(word.Replace('_', '-'));
        value = found < 0 ? default : Enum.GetValues<TEnum>()[found];
        return found >= 0;
    }

    /// <summary>The value of a word that is known to be one.</summary>
    public static TEnum Parse<TEnum>(string word)
        where TEnum : struct, Enum => TryParse(word, out TEnum value) ? value : throw new ArgumentException($"'{word}' is no {typeof(TEnum).Name}");

    /// <summary>What a message of the library calls a setting here: its option, and what should stand behind it.</summary>
    public static string Option(string property, string? value = null) => value is null or "true" ? $"--{Kebab(property)}" : $"--{Kebab(property)} {value}";

    /// <summary>Joins the words of a name by dashes: <c>LrD</c> is <c>lr-d</c>.</summary>
    public static string Kebab(string name) => WordStart().Replace(name, "-$0").ToLowerInvariant();

    /// <summary>Joins the words of a name by underscores: <c>LrD</c> is <c>lr_d</c>.</summary>
    public static string Snake(string name) => Kebab(name).Replace('-', '_');

    /// <summary>A number of things, as reports write it.</summary>
    /// <param name="count">How many.</param>
    /// <param name="what">One of them.</param>
    public static string Counted(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count:n0} {what}{(count == 1 ? "" : "s")}");

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex WordStart();
}
