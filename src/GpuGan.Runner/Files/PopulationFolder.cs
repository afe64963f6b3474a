using System.Text.Json;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Data;
using GpuGan.Runner.Report;

namespace GpuGan.Runner.Files;

/// <summary>What <c>settings.json</c> of a population's folder says of the training of its members.</summary>
/// <param name="Settings">Those of the population; the seed is its first member's.</param>
/// <param name="Rows">Rows of the data.</param>
/// <param name="Data">The file of the data; null where they are drawn.</param>
/// <param name="Csv">How that file is read.</param>
/// <param name="Count">Number of members.</param>
/// <param name="SharedData">Whether all members have the same data.</param>
/// <param name="FastMath">Whether a GPU might take its own functions.</param>
/// <param name="Standardize">Whether the columns of the file are brought to mean 0 and standard deviation 1.</param>
/// <param name="Limits">Of the verdict.</param>
internal sealed record PopulationFolder(
    TrainingSettings Settings, int Rows, string? Data, CsvOptions Csv, int Count, bool SharedData, bool FastMath, bool Standardize, VerdictLimits Limits)
{
    /// <summary>Reads the settings of a population.</summary>
    /// <exception cref="FileContentException">There is no such folder, it is no population's, or its settings are malformed.</exception>
    public static PopulationFolder Read(string folder) => SettingsFile.Read(folder, "a population", root =>
        root.TryGetProperty("population", out JsonElement count)
            ? new PopulationFolder(
                SettingsJson.Read(root),
                root.GetProperty("rows").GetInt32(),
                root.GetProperty("data").GetString(),
                CsvOptions.Read(root),
                count.GetInt32() is > 0 and int number ? number : throw new FormatException("its population is below 1"),
                root.GetProperty("shared_data").GetBoolean(),
                root.GetProperty("fast_math").GetBoolean(),
                root.TryGetProperty("standardize", out JsonElement standardize) && standardize.GetBoolean(),
                LimitsJson.Read(root))
            : throw new FileContentException(
                Path.Join(folder, RunFolder.SettingsName), "has no population; name the folder of a training with --population"));
}
