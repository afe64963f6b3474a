using System.Globalization;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Files;

namespace GpuGan.Kernels.Training;

/// <summary>The settings of a training as text beside its weights, by the names that all files use.</summary>
internal static class SettingsMetadata
{
    private const string Shuffle = "shuffle", Seed = "seed";

    /// <summary>What decides the weights.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="data">What was learnt; null where nothing is to be said of it.</param>
    public static IEnumerable<KeyValuePair<string, string>> Of(TrainingSettings settings, DataSet? data)
    {
        if (data?.Distribution is IDistribution distribution)
        {
            yield return new("distribution", $"{distribution}");
        }

        if (data is not null)
        {
            yield return new("rows", Text(data.Rows));
        }

        foreach (Setting setting in SettingTable.All)
        {
            yield return new(setting.Name, Text(setting.Read(settings)));
        }

        yield return new(Shuffle, Text(settings.Shuffle));
        yield return new(Seed, Text(settings.Seed));
    }

    /// <summary>Reads back what a file says; what it does not say is as ever.</summary>
    /// <param name="path">The file, which is named in every error.</param>
    /// <param name="metadata">Free text by its key.</param>
    /// <exception cref="FileContentException">It says what cannot be.</exception>
    public static TrainingSettings Read(string path, IReadOnlyDictionary<string, string> metadata)
    {
        TrainingSettings settings = new() { Shuffle = metadata.GetValueOrDefault(Shuffle) == Text(true) };
        foreach (Setting setting in SettingTable.All)
        {
            if (setting.Names.FirstOrDefault(metadata.ContainsKey) is not string name)
            {
                continue;
            }

            try
            {
                settings = setting.Apply(settings, metadata[name]);
            }
            catch (FormatException exception)
            {
                throw new FileContentException(path, $"its metadata {name} {OneLine.Quote(metadata[name])} {exception.Message}");
            }
        }

        return settings;
    }

    private static string Text(object value) => value is bool isOn ? (isOn ? "true" : "false") : string.Create(CultureInfo.InvariantCulture, $"{value}");
}
