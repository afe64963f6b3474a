using System.Text.Json;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Settings;
using GpuGan.Runner.Trajectories;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Files;

/// <summary>What <c>settings.json</c> of the folder of one training says of it; <see cref="MemberData"/> has what it learnt.</summary>
/// <param name="Settings">How to train.</param>
/// <param name="Engine">What trained.</param>
/// <param name="FastMath">Whether a GPU might take its own functions.</param>
/// <param name="Device">The option's word of the device that trained.</param>
/// <param name="Threads">Most threads of the CPU accelerator; 0 for one for each core.</param>
/// <param name="CheckpointEvery">Epochs from one checkpoint to the next; null for none.</param>
/// <param name="AccuracyRows">Fresh rows on which the discriminator is tried; null where it is not.</param>
/// <param name="History">Which points of the training are kept; null for none.</param>
internal sealed record RunSettings(
    TrainingSettings Settings,
    Engine Engine,
    bool FastMath,
    string Device,
    int Threads,
    int? CheckpointEvery,
    int? AccuracyRows,
    HistoryRequest? History)
{
    /// <summary>Reads the settings of a training.</summary>
    /// <exception cref="FileContentException">There is no such folder, it is a population's or a sweep's, or its settings are malformed.</exception>
    public static RunSettings Read(string folder) => SettingsFile.Read(folder, "a training", root =>
        ((string[])["population", "sweep"]).FirstOrDefault(kind => root.TryGetProperty(kind, out _)) is string other
            ? throw new FileContentException(Path.Join(folder, RunFolder.SettingsName), $"is a {other}'s; name the folder of one training")
            : new RunSettings(
                SettingsJson.Read(root),
                Words.Parse<Engine>(root.GetProperty("engine").GetString() ?? ""),
                root.GetProperty("fast_math").GetBoolean(),
                root.GetProperty("device").GetString() ?? "",
                AtLeast(0, root.GetProperty("threads")),
                root.TryGetProperty("checkpoint_every", out JsonElement every) && every.ValueKind != JsonValueKind.Null ? AtLeast(1, every) : null,
                root.TryGetProperty("accuracy", out JsonElement fresh) ? AtLeast(1, fresh) : null,
                HistoryRequest.Read(root)));

    private static int AtLeast(int least, JsonElement number) =>
        number.GetInt32() >= least ? number.GetInt32() : throw new FormatException($"{number} is less than {least}");
}
