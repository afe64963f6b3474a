using System.Text.Json;
using System.Text.Json.Nodes;
using GpuGan.Runner.Commands;

namespace GpuGan.Runner.Data;

/// <summary>Whether the first row of a data file holds the names of its columns.</summary>
internal enum HeaderRow
{
    /// <summary>The rows below it tell.</summary>
    Auto,

    Yes,

    No,
}

/// <summary>How a data file is read. What is left out is found in the file, or refused with the option that helps.</summary>
internal sealed record CsvOptions
{
    /// <summary>What each setting is called in files; with dashes, the options.</summary>
    public static readonly IReadOnlyList<string> Names = ["columns", "skip_missing", "decimal", "delimiter", "header", "allow_rounding"];

    /// <summary>What is said of them where no file is named.</summary>
    public const string Alone = "says how a data file is read, and none is named; add --data FILE";

    /// <summary>The columns that are read; null for all.</summary>
    public ColumnSelection? Columns { get; init; }

    /// <summary>Whether rows with missing values are left out.</summary>
    public bool SkipMissing { get; init; }

    /// <summary>The decimal sign: a point or a comma.</summary>
    public char Decimal { get; init; } = '.';

    /// <summary>What stands between cells, a blank for runs of them; null where the file tells.</summary>
    public char? Delimiter { get; init; }

    public HeaderRow Header { get; init; }

    /// <summary>Whether columns may lose values where their numbers become floats.</summary>
    public bool AllowRounding { get; init; }

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
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="text">As it is written on the command line and in files.</param>
    /// <exception cref="FormatException">The text is malformed; the message says of it what it is not.</exception>
    public CsvOptions With(string name, string text) => name switch
    {
        "columns" => this with { Columns = ColumnSelection.Parse(text) },
        "skip_missing" => this with { SkipMissing = Switch(text) },
        "decimal" => this with { Decimal = text is "." or "," ? text[0] : throw new FormatException("is neither . nor ,") },
        "delimiter" => this with { Delimiter = DelimiterOf(text) },
        "header" => this with
        {
            Header = Words.TryParse(text, out HeaderRow header) ? header : throw new FormatException($"is none of {string.Join(", ", Words.All<HeaderRow>())}"),
        },
        "allow_rounding" => this with { AllowRounding = Switch(text) },
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    /// <summary>What differs from the defaults, by name.</summary>
    public IEnumerable<KeyValuePair<string, string>> Texts()
    {
        CsvOptions defaults = new();
        if (Columns is not null)
        {
            yield return new("columns", Columns.Text);
        }

        if (SkipMissing)
        {
            yield return new("skip_missing", "true");
        }

        if (Decimal != defaults.Decimal)
        {
            yield return new("decimal", $"{Decimal}");
        }

        if (Delimiter is char delimiter)
        {
            yield return new("delimiter", WordOf(delimiter));
        }

        if (Header != defaults.Header)
        {
            yield return new("header", Words.Of(Header));
        }

        if (AllowRounding)
        {
            yield return new("allow_rounding", "true");
        }
    }

    /// <summary>Adds what differs from the defaults to the settings of a folder.</summary>
    public void AddTo(JsonObject json)
    {
        foreach ((string name, string text) in Texts())
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
