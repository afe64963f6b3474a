using System.Text.Json;
using System.Text.Json.Nodes;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Settings;

/// <summary>The settings of a training by the names that all files use: the options' with underscores.</summary>
internal static class SettingsJson
{
    /// <summary>The name of whether the rows are shuffled.</summary>
    public const string ShuffleName = "shuffle";

    private const string SeedName = "seed";

    /// <summary>What decides the weights, and nothing else; no device, no time, no path.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="rows">Rows of the data.</param>
    /// <param name="dataSeed">The seed of drawn data where it is another than the training's; else null.</param>
    /// <param name="distribution">What rows are drawn from; null where they are a file's, or nothing is to be said of it.</param>
    public static JsonObject Of(TrainingSettings settings, int rows, ulong? dataSeed = null, IDistribution? distribution = null)
    {
        JsonObject json = [];
        if (distribution is not null)
        {
            json[DistributionWord.Name] = $"{distribution}";
        }

        json["rows"] = rows;
        foreach (Setting setting in SettingTable.All)
        {
            json[setting.Name] = Json.Value(setting.Read(settings));
        }

        json[ShuffleName] = settings.Shuffle;
        json[SeedName] = settings.Seed;
        if (dataSeed is ulong seed)
        {
            json["data_seed"] = seed;
        }

        return json;
    }

    /// <summary>The same as strings, for the metadata of tensors.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Metadata(TrainingSettings settings, int rows, ulong? dataSeed, IDistribution? distribution = null) =>
        Of(settings, rows, dataSeed, distribution).Select(setting => KeyValuePair.Create(setting.Key, setting.Value!.ToString()));

    /// <summary>The text that a file of before meant which lacks a name; null where every file has it.</summary>
    public static string? MissingIn(string name) =>
        name == ShuffleName ? "false" : SettingTable.Find(name) is { IsNew: true } setting ? setting.TextOf(new TrainingSettings()) : null;

    /// <summary>Reads back the settings of <see cref="Of"/>, and those of files of before.</summary>
    /// <exception cref="Exception">What <see cref="JsonElement"/> and parsers throw where one is missing or malformed.</exception>
    public static TrainingSettings Read(JsonElement root)
    {
        TrainingSettings settings = new()
        {
            Shuffle = root.TryGetProperty(ShuffleName, out JsonElement shuffle) && shuffle.GetBoolean(),
            Seed = root.GetProperty(SeedName).GetUInt64(),
        };
        foreach (Setting setting in SettingTable.All)
        {
            if (setting.Names.FirstOrDefault(name => root.TryGetProperty(name, out _)) is string name)
            {
                settings = Set(settings, setting, root.GetProperty(name));
            }
            else if (!setting.IsNew)
            {
                throw new KeyNotFoundException($"{setting.Name} is missing");
            }
        }

        return settings;
    }

    private static TrainingSettings Set(TrainingSettings settings, Setting setting, JsonElement element)
    {
        string text = element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText();
        try
        {
            return setting.Apply(settings, text);
        }
        catch (FormatException exception)
        {
            throw new FormatException($"{setting.Name} {text} {exception.Message}", exception);
        }
    }
}
