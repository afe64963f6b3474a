using System.Text.Json;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Settings;

namespace GpuGan.Runner.Files;

/// <summary>What <c>settings.json</c> of a population's folder says of the training of its members; <see cref="MemberData"/> has what they learnt.</summary>
/// <param name="Settings">Those of the population; the seed is its first member's.</param>
/// <param name="Rows">Rows of the data.</param>
/// <param name="Count">Number of members.</param>
/// <param name="FastMath">Whether a GPU might take its own functions.</param>
internal sealed record PopulationFolder(TrainingSettings Settings, int Rows, int Count, bool FastMath)
{
    /// <summary>Reads the settings of a population.</summary>
    /// <exception cref="FileContentException">There is no such folder, it is no population's, or its settings are malformed.</exception>
    public static PopulationFolder Read(string folder) => SettingsFile.Read(folder, "a population", root =>
        root.TryGetProperty("population", out JsonElement count)
            ? new PopulationFolder(
                SettingsJson.Read(root),
                root.GetProperty("rows").GetInt32(),
                count.GetInt32() is > 0 and int number ? number : throw new FormatException("its population is below 1"),
                root.GetProperty("fast_math").GetBoolean())
            : throw new FileContentException(
                Path.Join(folder, RunFolder.SettingsName), "has no population and no sweep; name the folder of a training with --population, or of a sweep"));
}
