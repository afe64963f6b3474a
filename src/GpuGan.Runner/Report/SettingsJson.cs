using System.Text.Json;
using System.Text.Json.Nodes;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;
using GpuGan.Kernels.Training.Losses;
using GpuGan.Runner.Commands;

namespace GpuGan.Runner.Report;

/// <summary>The settings of a training by the names that all files use: the options' with underscores.</summary>
internal static class SettingsJson
{
    /// <summary>The one setting that older files do not have; it is false then.</summary>
    public const string ShuffleName = "shuffle";

    /// <summary>What decides the weights, and nothing else; no device, no time, no path.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="rows">Rows of the data.</param>
    /// <param name="dataSeed">The seed of drawn data where it is another than the training's; else null.</param>
    public static JsonObject Of(TrainingSettings settings, int rows, ulong? dataSeed = null)
    {
        JsonObject json = Of(settings);
        json.Insert(0, "rows", rows);
        if (dataSeed is ulong seed)
        {
            json["data_seed"] = seed;
        }

        return json;
    }

    /// <summary>The same as strings, for the metadata of tensors.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Metadata(TrainingSettings settings, int rows, ulong? dataSeed) =>
        Of(settings, rows, dataSeed).Select(setting => KeyValuePair.Create(setting.Key, setting.Value!.ToString()));

    /// <summary>Reads back the settings of <see cref="Of(TrainingSettings, int, ulong?)"/>.</summary>
    /// <exception cref="Exception">What <see cref="JsonElement"/> and parsers throw where one is missing or malformed.</exception>
    public static TrainingSettings Read(JsonElement root)
    {
        return new TrainingSettings
        {
            Generator = NetworkShape.Parse(Word("generator")),
            Discriminator = NetworkShape.Parse(Word("discriminator")),
            HiddenActivation = Words.Parse<Activation>(Word("hidden_activation")),
            GLoss = Words.Parse<GeneratorLoss>(Word("g_loss")),
            InitStd = Number("init_std"),
            BatchSize = root.GetProperty("batch_size").GetInt32(),
            Epochs = root.GetProperty("epochs").GetInt32(),
            LrD = Number("lr_d"),
            LrG = Number("lr_g"),
            LrDecay = Number("lr_decay"),
            Beta1 = Number("beta1"),
            Beta2 = Number("beta2"),
            Epsilon = Number("epsilon"),

            // A file that does not say so is older than shuffling.
            Shuffle = root.TryGetProperty(ShuffleName, out JsonElement shuffle) && shuffle.GetBoolean(),
            Seed = root.GetProperty("seed").GetUInt64(),
        };

        string Word(string name) => root.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null");
        double Number(string name) => root.GetProperty(name).GetDouble();
    }

    private static JsonObject Of(TrainingSettings settings) => new()
    {
        ["generator"] = settings.Generator.ToString(),
        ["discriminator"] = settings.Discriminator.ToString(),
        ["hidden_activation"] = Words.Of(settings.HiddenActivation),
        ["g_loss"] = Words.Of(settings.GLoss),
        ["init_std"] = settings.InitStd,
        ["batch_size"] = settings.BatchSize,
        ["epochs"] = settings.Epochs,
        ["lr_d"] = settings.LrD,
        ["lr_g"] = settings.LrG,
        ["lr_decay"] = settings.LrDecay,
        ["beta1"] = settings.Beta1,
        ["beta2"] = settings.Beta2,
        ["epsilon"] = settings.Epsilon,
        [ShuffleName] = settings.Shuffle,
        ["seed"] = settings.Seed,
    };
}
