using System.Text.Json;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Commands;

namespace GpuGan.Runner.Files;

/// <summary>A trained GAN as <c>weights.safetensors</c> holds it: tensors by PyTorch's names, settings as metadata.</summary>
/// <param name="Parameters">All finite.</param>
/// <param name="Activation">What stands between the layers.</param>
/// <param name="Seed">The training's.</param>
/// <param name="Columns">A name for each column that the generator makes.</param>
internal sealed record WeightsFile(GanParameters Parameters, Activation Activation, ulong Seed, IReadOnlyList<string> Columns)
{
    private const string ColumnsKey = "columns";

    /// <summary>Writes the whole file.</summary>
    /// <param name="stream">Takes the bytes.</param>
    /// <param name="parameters">The weights and biases.</param>
    /// <param name="metadata">The settings.</param>
    /// <param name="columns">The names of the data's columns; null where they have none.</param>
    public static void Write(
        Stream stream, GanParameters parameters, IEnumerable<KeyValuePair<string, string>> metadata, IReadOnlyList<string>? columns)
    {
        KeyValuePair<string, string>[] names = columns is null ? [] : [KeyValuePair.Create(ColumnsKey, JsonSerializer.Serialize(columns))];
        SafetensorsWriter.Write(stream, metadata.Concat(names), [.. parameters.Tensors()]);
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file, which is named in every error.</param>
    /// <exception cref="FileContentException">The file cannot be read, or does not hold the weights of a training.</exception>
    public static WeightsFile Read(string path)
    {
        SafetensorsFile file = SafetensorsFile.Read(path);
        NetworkShape generator = Parse("generator", NetworkShape.Parse), discriminator = Parse("discriminator", NetworkShape.Parse);
        string[] columns = file.Metadata.ContainsKey(ColumnsKey)
            ? Parse(ColumnsKey, text => JsonSerializer.Deserialize<string[]>(text) ?? [])
            : [.. Enumerable.Range(1, generator.Outputs).Select(column => $"x{column}")];
        if (columns.Length != generator.Outputs)
        {
            throw new FileContentException(path, $"names {columns.Length} columns for a generator of {generator.Outputs}");
        }

        GanParameters parameters = ParametersFile.Read(file, generator, discriminator);
        return parameters.AllFinite
            ? new WeightsFile(parameters, Parse("hidden_activation", Words.Parse<Activation>), Parse("seed", ulong.Parse), columns)
            : throw new FileContentException(path, "its weights are not finite, the training diverged; there is nothing to draw from");

        T Parse<T>(string name, Func<string, T> parse)
        {
            string text = file.Metadata.GetValueOrDefault(name)
                ?? throw new FileContentException(path, $"is not the weights of a training: its metadata have no {name}");
            try
            {
                return parse(text);
            }
            catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException or JsonException)
            {
                throw new FileContentException(path, $"its metadata {name} {Text.Quote(text)} cannot be read");
            }
        }
    }
}
