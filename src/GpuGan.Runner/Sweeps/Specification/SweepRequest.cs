using System.Globalization;
using System.Text.Json;
using GpuGan.Kernels.Distributions;
using GpuGan.Runner.Parsing;
using GpuGan.Runner.Settings;
using GpuGan.Runner.Trajectories;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Sweeps.Specification;

/// <summary>What was asked for, as texts by the names of files: of the command line, or of a file of <c>--spec</c>.</summary>
/// <param name="Source">What an error begins with: nothing, or the file's name.</param>
/// <param name="Texts">Values by names; more than one where there is a list.</param>
internal sealed record SweepRequest(string? Source, IReadOnlyDictionary<string, IReadOnlyList<string>> Texts)
{
    /// <summary>What is no axis.</summary>
    public static readonly IReadOnlyList<string> OtherNames =
    [
        "data", "data_sha256", "seed", "seeds", "zip", "random", "shared_data", "shuffle", "fast_math", "accuracy", HistoryRequest.Name, HistoryRequest.BothName,
        "standardize", LimitsJson.EvaluationRows, LimitsJson.KlLimit, LimitsJson.NeighborLimit, .. CsvWords.Names,
    ];

    /// <summary>The names whose values the command line gave over those of the file.</summary>
    public IReadOnlySet<string> Overrides { get; private init; } = new HashSet<string>();

    /// <summary>Where a value stands: null for the command line.</summary>
    public string? SourceOf(string name) => Overrides.Contains(name) ? null : Source;

    /// <summary>Reads a file, in UTF-8 or as its byte-order mark says: some shells write one when they redirect.</summary>
    /// <exception cref="FileContentException">It cannot be read, or is no specification.</exception>
    public static SweepRequest Read(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path), new JsonDocumentOptions { AllowDuplicateProperties = false });
            return Of(path, document.RootElement);
        }
        catch (Exception exception) when (FileContentException.IsAboutFiles(exception))
        {
            throw FileContentException.Of(path, exception);
        }
        catch (JsonException exception)
        {
            throw new FileContentException(path, $"is not valid JSON: {exception.Message}");
        }
    }

    /// <summary>Takes an object of a file.</summary>
    public static SweepRequest Of(string path, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new FileContentException(path, "is no JSON object; write {\"lr_d\": [0.01, 0.05], \"seeds\": 64}, say");
        }

        Dictionary<string, IReadOnlyList<string>> texts = [];
        string[] names = [.. SweepSetting.All.Select(setting => setting.Name), .. OtherNames];
        foreach (JsonProperty property in element.EnumerateObject())
        {
            string name = SweepSetting.Find(property.Name)?.Name ?? property.Name;
            if (!names.Contains(name))
            {
                throw new FileContentException(
                    path, $"unknown axis {OneLine.Quote(property.Name)}; {(NearWords.Nearest(property.Name, names) is string near ? $"did you mean '{near}'?" : $"there are {string.Join(", ", names)}")}");
            }

            if (property.Value.ValueKind != JsonValueKind.Null)
            {
                texts[name] = TextsOf(path, property);
            }
        }

        return new SweepRequest(path, texts);
    }

    /// <summary>This request, with another's values where it has some.</summary>
    public SweepRequest With(SweepRequest other)
    {
        Dictionary<string, IReadOnlyList<string>> texts = new(Texts);
        foreach ((string name, IReadOnlyList<string> values) in other.Texts)
        {
            texts[name] = values;
        }

        // Another file, or the same one read otherwise, has other numbers.
        if (other.Texts.ContainsKey("data") || CsvWords.Names.Any(other.Texts.ContainsKey))
        {
            texts.Remove("data_sha256");
        }

        return this with { Texts = texts, Overrides = other.Texts.Keys.ToHashSet() };
    }

    /// <summary>This request, with a value for a name that has none.</summary>
    public SweepRequest OrElse(string name, string text) =>
        Texts.ContainsKey(name) ? this : this with { Texts = new Dictionary<string, IReadOnlyList<string>>(Texts) { [name] = [text] } };

    /// <summary>What an error calls a name: the option, or the name in the file.</summary>
    public string Describe(string name) => SourceOf(name) is null ? Options.NameOf(name) : name;

    /// <summary>What its user may not have meant, a line each.</summary>
    /// <remarks>Only where a specification was made of it.</remarks>
    public IEnumerable<string> Remarks() =>
        from setting in SweepSetting.All
        where Texts.ContainsKey(setting.Name)
        from dropped in SweepValues.Dropped(setting, Texts[setting.Name])
        select $"{Describe(setting.Name)} {dropped}";

    /// <summary>The error of something that was asked for: of the arguments, or of the file.</summary>
    public Exception Problem(string name, string problem) => SourceOf(name) is not string source
        ? new CommandException(ExitCode.Usage, $"{Options.NameOf(name)} {problem}")
        : new FileContentException(source, $"{name} {problem}");

    /// <summary>A whole number.</summary>
    public ulong? Whole(string name, ulong least, ulong most)
    {
        if (!Texts.TryGetValue(name, out IReadOnlyList<string>? texts))
        {
            return null;
        }

        return texts is [string text] && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value) && value >= least && value <= most
            ? value
            : throw Problem(name, $"{OneLine.Quote(string.Join(',', texts))} is no whole number from {least} to {most}");
    }

    /// <summary>A finite number that is not negative.</summary>
    public double? NumberFrom0(string name, double most = double.MaxValue)
    {
        if (Word(name) is not string text)
        {
            return null;
        }

        try
        {
            return Options.ParseNumberFrom0(text, most);
        }
        catch (FormatException exception)
        {
            throw Problem(name, $"{OneLine.Quote(text)} {exception.Message}");
        }
    }

    /// <summary>A switch.</summary>
    public bool Switch(string name) => Texts.TryGetValue(name, out IReadOnlyList<string>? texts) && (texts is ["true" or "false"]
        ? texts[0] == "true"
        : throw Problem(name, $"{OneLine.Quote(string.Join(',', texts))} is neither true nor false"));

    /// <summary>A text as it was given.</summary>
    public string? Word(string name) => Texts.TryGetValue(name, out IReadOnlyList<string>? texts) ? string.Join(',', texts) : null;

    /// <summary>How the file of the data is read.</summary>
    public CsvOptions Csv()
    {
        CsvOptions options = new();
        foreach (string name in CsvWords.Names.Where(Texts.ContainsKey))
        {
            if (!Texts.ContainsKey("data"))
            {
                throw Problem(name, CsvWords.Alone);
            }

            try
            {
                options = options.With(name, Word(name)!);
            }
            catch (FormatException exception)
            {
                throw Problem(name, $"{OneLine.Quote(Word(name)!)} {exception.Message}");
            }
        }

        return options;
    }

    /// <summary>The texts of a list, as it is written for a name.</summary>
    public static string[] Split(string name, string list) => name == DistributionWord.Name ? DistributionWord.Split(list) : list.Split(',');

    private static IReadOnlyList<string> TextsOf(string path, JsonProperty property) => property.Value.ValueKind switch
    {
        JsonValueKind.Array => [.. property.Value.EnumerateArray().SelectMany(element => TextsOf(path, property.Name, element))],
        _ => [.. TextsOf(path, property.Name, property.Value)],
    };

    private static string[] TextsOf(string path, string name, JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String when name is "data" or "data_sha256" => [element.GetString()!],
        JsonValueKind.String => Split(name, element.GetString()!),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => [element.GetRawText()],
        _ => throw new FileContentException(path, $"{name} is no number, text, or list of them"),
    };
}
