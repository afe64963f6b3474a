using System.Text.Json;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Commands;
using GpuGan.Runner.Data;
using GpuGan.Runner.Engines;
using GpuGan.Runner.Report;

namespace GpuGan.Runner.Files;

/// <summary>What <c>settings.json</c> of the folder of one training says.</summary>
/// <param name="Settings">How to train.</param>
/// <param name="Rows">Rows of the data; at least 1.</param>
/// <param name="Data">The file of the data; null where they are drawn.</param>
/// <param name="Csv">How that file is read.</param>
/// <param name="DataSeed">The seed of drawn data where it is another than the training's; else null.</param>
/// <param name="Engine">What trained.</param>
/// <param name="FastMath">Whether a GPU might take its own functions.</param>
/// <param name="Device">The option's word of the device that trained.</param>
/// <param name="Threads">Most threads of the CPU accelerator; 0 for one for each core.</param>
/// <param name="CheckpointEvery">Epochs from one checkpoint to the next; null for none.</param>
/// <param name="Accuracy">How the discriminator is tried on fresh rows; null where it is not.</param>
/// <param name="Standardize">Whether the columns of the file are brought to mean 0 and standard deviation 1.</param>
/// <param name="Limits">Of the verdict.</param>
internal sealed record RunSettings(
    TrainingSettings Settings,
    int Rows,
    string? Data,
    CsvOptions Csv,
    ulong? DataSeed,
    Engine Engine,
    bool FastMath,
    string Device,
    int Threads,
    int? CheckpointEvery,
    DiscriminatorAccuracy? Accuracy,
    bool Standardize,
    VerdictLimits Limits)
{
    /// <summary>Reads the settings of a training.</summary>
    /// <exception cref="FileContentException">There is no such folder, it is a population's or a sweep's, or its settings are malformed.</exception>
    public static RunSettings Read(string folder) => SettingsFile.Read(folder, "a training", root =>
        ((string[])["population", "sweep"]).FirstOrDefault(kind => root.TryGetProperty(kind, out _)) is string other
            ? throw new FileContentException(Path.Join(folder, RunFolder.SettingsName), $"is a {other}'s; name the folder of one training")
            : new RunSettings(
                SettingsJson.Read(root),
                AtLeast(1, root.GetProperty("rows")),
                root.GetProperty("data").GetString(),
                CsvOptions.Read(root),
                root.TryGetProperty("data_seed", out JsonElement dataSeed) ? dataSeed.GetUInt64() : null,
                Words.Parse<Engine>(root.GetProperty("engine").GetString() ?? ""),
                root.GetProperty("fast_math").GetBoolean(),
                root.GetProperty("device").GetString() ?? "",
                AtLeast(0, root.GetProperty("threads")),
                root.TryGetProperty("checkpoint_every", out JsonElement every) && every.ValueKind != JsonValueKind.Null ? AtLeast(1, every) : null,
                root.TryGetProperty("accuracy", out JsonElement fresh) ? new DiscriminatorAccuracy(Gaussian.Chapter, AtLeast(1, fresh)) : null,
                root.TryGetProperty("standardize", out JsonElement standardize) && standardize.GetBoolean(),
                LimitsJson.Read(root)));

    private static int AtLeast(int least, JsonElement number) =>
        number.GetInt32() >= least ? number.GetInt32() : throw new FormatException($"{number} is less than {least}");
}
