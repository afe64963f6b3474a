using System.Text.Json;
using System.Text.Json.Nodes;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Distributions.Csv;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Settings;

/// <summary>How a data file is read, as options and files say it.</summary>
internal static class CsvWords
{
    /// <summary>What each setting is called in files; with dashes, the options.</summary>
    public static readonly IReadOnlyList<string> Names = ["columns", "skip_missing", "decimal", "delimiter", "header", "allow_rounding"];

    /// <summary>What is said of them where no file is named.</summary>
    public const string Alone = "says how a data file is read, and none is named; add --data FILE";

    /// <summary>Collects what was given.</summary>
    /// <param name="textOf">The text of a name; null where it is not given.</param>
    /// <exception cref="FormatException">A text is malformed.</exception>
    public static CsvOptions Of(Func<string, string?> textOf) =>
        Names.Aggregate(new CsvOptions(), (options, name) => textOf(name) is string text ? options.With(name, text) : options);

    /// <summary>Reads back what <see cref="AddTo"/> wrote; files from before there were these options have none of them.</summary>
    /// <exception cref="FormatException">A text is malformed.</exception>
    public static CsvOptions Read(JsonElement root) => Of(name => !root.TryGetProperty(name, out JsonElement value) ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText());

    /// <summary>These options, with one of them set.</summary>
    /// <param name="options">The others.</param>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="text">As it is written on the command line and in files.</param>
    /// <exception cref="FormatException">The text is malformed; the message says of it what it is not.</exception>
    public static CsvOptions With(this CsvOptions options, string name, string text) => name switch
    {
        "columns" => options with { Columns = ColumnSelection.Parse(text).Text },
        "skip_missing" => options with { SkipMissing = Switch(text) },
        "decimal" => options with { Decimal = text is "." or "," ? text[0] : throw new FormatException("is neither . nor ,") },
        "delimiter" => options with { Delimiter = DelimiterOf(text) },
        "header" => options with
        {
            Header = Words.TryParse(text, out HeaderRow header) ? header : throw new FormatException($"is none of {string.Join(", ", Words.All<HeaderRow>())}"),
        },
        "allow_rounding" => options with { AllowRounding = Switch(text) },
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    /// <summary>What differs from the defaults, by name.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Texts(this CsvOptions options)
    {
        CsvOptions defaults = new();
        if (options.Columns is not null)
        {
            yield return new("columns", options.Columns);
        }

        if (options.SkipMissing)
        {
            yield return new("skip_missing", "true");
        }

        if (options.Decimal != defaults.Decimal)
        {
            yield return new("decimal", $"{options.Decimal}");
        }

        if (options.Delimiter is char delimiter)
        {
            yield return new("delimiter", WordOf(delimiter));
        }

        if (options.Header != defaults.Header)
        {
            yield return new("header", Words.Of(options.Header));
        }

        if (options.AllowRounding)
        {
            yield return new("allow_rounding", "true");
        }
    }

    /// <summary>Adds what differs from the defaults to the settings of a folder.</summary>
    public static void AddTo(this CsvOptions options, JsonObject json)
    {
        foreach ((string name, string text) in options.Texts())
        {
            json[name] = text == "true" ? true : text;
        }
    }

    /// <summary>What a delimiter is called: tab and blank are named, others are written.</summary>
    public static string WordOf(char delimiter) => delimiter switch
    {
        '\t' => "tab",
        ' ' => "space",
        _ => $"{delimiter}",
    };

    private static char DelimiterOf(string text) => text switch
    {
        "tab" or "\\t" or "\t" => '\t',
        "space" or " " => ' ',
        [var sign] when !char.IsLetterOrDigit(sign) && !char.IsControl(sign) && sign is not ('"' or '.' or '+' or '-' or '#') => sign,
        _ => throw new FormatException("is no delimiter; write one sign such as , ; or |, or tab, or space"),
    };

    private static bool Switch(string text) => text is "true" or "false" ? text == "true" : throw new FormatException("is neither true nor false");
}
