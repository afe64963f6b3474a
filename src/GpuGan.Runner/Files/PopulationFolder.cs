using System.Text.Json;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Report;

namespace GpuGan.Runner.Files;

/// <summary>What <c>settings.json</c> of a population's folder says of the training of its members.</summary>
/// <param name="Settings">Those of the population; the seed is its first member's.</param>
/// <param name="Rows">Rows of the data.</param>
/// <param name="Data">The file of the data; null where they are drawn.</param>
/// <param name="Count">Number of members.</param>
/// <param name="SharedData">Whether all members have the same data.</param>
internal sealed record PopulationFolder(TrainingSettings Settings, int Rows, string? Data, int Count, bool SharedData)
{
    /// <summary>Reads the settings of a population.</summary>
    /// <exception cref="FileContentException">There is no such folder, it is no population's, or its settings are malformed.</exception>
    public static PopulationFolder Read(string folder) => SettingsFile.Read(folder, "a population", root =>
        root.TryGetProperty("population", out JsonElement count)
            ? new PopulationFolder(
                SettingsJson.Read(root),
                root.GetProperty("rows").GetInt32(),
                root.GetProperty("data").GetString(),
                count.GetInt32(),
                root.GetProperty("shared_data").GetBoolean())
            : throw new FileContentException(
                Path.Join(folder, RunFolder.SettingsName), "has no population; name the folder of a training with --population"));
}
