using System.Text.Json;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Commands;
using GpuGan.Runner.Data;

namespace GpuGan.Runner.Files;

/// <summary>A trained GAN as <c>weights.safetensors</c> holds it: tensors by PyTorch's names, settings as metadata.</summary>
/// <param name="Parameters">All finite.</param>
/// <param name="Activation">What stands between the layers.</param>
/// <param name="Seed">The training's.</param>
/// <param name="Columns">A name for each column that the generator makes.</param>
/// <param name="Standardization">Between the units of the data and what the generator makes.</param>
internal sealed record WeightsFile(GanParameters Parameters, Activation Activation, ulong Seed, IReadOnlyList<string> Columns, Standardization Standardization)
{
    private const string ColumnsKey = "columns", ShiftKey = "standardize_shift", ScaleKey = "standardize_scale";

    /// <summary>Writes the whole file.</summary>
    /// <param name="stream">Takes the bytes.</param>
    /// <param name="parameters">The weights and biases.</param>
    /// <param name="metadata">The settings.</param>
    /// <param name="data">What was learnt.</param>
    public static void Write(Stream stream, GanParameters parameters, IEnumerable<KeyValuePair<string, string>> metadata, LearnedData data)
    {
        List<KeyValuePair<string, string>> own = [.. metadata];
        if (data.Real.Names is IReadOnlyList<string> columns)
        {
            own.Add(KeyValuePair.Create(ColumnsKey, JsonSerializer.Serialize(columns)));
        }

        if (!data.Standardization.IsNone)
        {
            own.Add(KeyValuePair.Create(ShiftKey, JsonSerializer.Serialize(data.Standardization.Shift)));
            own.Add(KeyValuePair.Create(ScaleKey, JsonSerializer.Serialize(data.Standardization.Scale)));
        }

        SafetensorsWriter.Write(stream, own, [.. parameters.Tensors()]);
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

        Standardization standardization = file.Metadata.ContainsKey(ShiftKey)
            ? new Standardization(Parse(ShiftKey, Numbers), Parse(ScaleKey, Numbers))
            : Standardization.None;
        GanParameters parameters = ParametersFile.Read(file, generator, discriminator);
        return parameters.AllFinite
            ? new WeightsFile(parameters, Parse("hidden_activation", Words.Parse<Activation>), Parse("seed", ulong.Parse), columns, standardization)
            : throw new FileContentException(path, "its weights are not finite, the training diverged; there is nothing to draw from");

        double[] Numbers(string text)
        {
            double[] numbers = JsonSerializer.Deserialize<double[]>(text) ?? [];
            return numbers.Length == generator.Outputs ? numbers : throw new FormatException("has another number of columns");
        }

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
