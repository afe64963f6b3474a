using System.CommandLine;
using System.CommandLine.Parsing;
using GpuGan.Kernels.Distributions;
using GpuGan.Runner.Settings;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Parsing;

/// <summary>The options that name a data file, and say how it is read.</summary>
internal sealed class DataOptions
{
    private readonly Option<string?> data;
    private readonly Option[] reading;

    /// <summary>Makes the options.</summary>
    /// <param name="description">What the help says of <c>--data</c>.</param>
    public DataOptions(string description)
    {
        data = Options.Path("--data", "FILE", description);
        reading =
        [
            Text("--columns", "COLUMNS", "Columns of the file to learn, in this order: names, numbers from 1 and ranges, such as eruptions,3-5 [default: all]"),
            Options.Switch("--skip-missing", "Leave out rows with empty cells, NA, ? and the like, NaN or infinity"),
            Text("--decimal", ".|,", "Decimal sign of the file [default: .]", ".", ","),
            Text("--delimiter", "SIGN", "What stands between the cells of the file: , ; | tab, space or another [default: what fits its rows]", ",", ";", "|", "tab", "space"),
            Text("--header", string.Join('|', Words.All<HeaderRow>()), "Whether the first row of the file holds names [default: auto, what fits the rows below]", [.. Words.All<HeaderRow>()]),
            Options.Switch("--allow-rounding", "Learn columns although float32 cannot tell all of their values apart"),
        ];
    }

    /// <summary>The option of the file.</summary>
    public Option<string?> File => data;

    /// <summary>The options, in the order of the help.</summary>
    public IEnumerable<Option> All => [data, .. reading];

    /// <summary>The texts that were given, by the names that files have for them.</summary>
    public IReadOnlyDictionary<string, string> Texts(ParseResult parsed) => reading
        .Where(option => parsed.GetResult(option) is { Implicit: false })
        .ToDictionary(NameOf, option => option is Option<string?> text ? parsed.GetValue(text)! : "true");

    /// <summary>Collects how the file is read.</summary>
    public CsvOptions Bind(ParseResult parsed) => CsvWords.Of(Texts(parsed).GetValueOrDefault);

    /// <summary>What is wrong with what was given, in words; null where nothing is.</summary>
    public string? Contradiction(CommandResult result) => result.GetResult(data) is { Implicit: false } ? null
        : reading.FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is Option option ? $"{option.Name} {CsvWords.Alone}"
        : null;

    /// <summary>The option of what rows are drawn from, of one training.</summary>
    public static Option<string?> Distribution() => Options.Checked(
        Options.NameOf(DistributionWord.Name), DistributionWord.Forms, $"What rows are drawn from, where --data names no file [default: {DistributionWord.Usual}]", text => DistributionWord.Parse(text));

    private static string NameOf(Option option) => option.Name[2..].Replace('-', '_');

    private static Option<string?> Text(string name, string helpName, string description, params string[] words)
    {
        Option<string?> option = Options.Checked(name, helpName, description, text => new CsvOptions().With(name[2..].Replace('-', '_'), text));
        option.CompletionSources.Add(words);
        return option;
    }
}
