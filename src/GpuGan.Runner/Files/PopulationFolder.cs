using System.Text.Json;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;
using GpuGan.Kernels.Training.Losses;
using GpuGan.Runner.Commands;

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
    public static PopulationFolder Read(string folder)
    {
        string path = Path.Join(folder, RunFolder.SettingsName);
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement root = document.RootElement;
            if (!root.TryGetProperty("population", out JsonElement count))
            {
                throw new FileContentException(path, "has no population; name the folder of a training with --population");
            }

            return new PopulationFolder(
                new TrainingSettings
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
                    Seed = root.GetProperty("seed").GetUInt64(),
                },
                root.GetProperty("rows").GetInt32(),
                root.GetProperty("data").GetString(),
                count.GetInt32(),
                root.GetProperty("shared_data").GetBoolean());

            string Word(string name) => root.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null");
            double Number(string name) => root.GetProperty(name).GetDouble();
        }
        catch (Exception exception) when (FileContentException.IsAboutFiles(exception))
        {
            throw FileContentException.Of(path, exception);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or ArgumentException or KeyNotFoundException)
        {
            throw new FileContentException(path, $"is not the settings of a population: {exception.Message}");
        }
    }
}
