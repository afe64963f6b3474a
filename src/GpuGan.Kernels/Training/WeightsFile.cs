using System.Text.Json;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Files;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Networks.Activations;

namespace GpuGan.Kernels.Training;

/// <summary>
/// Trained networks as safetensors: tensors by the names of PyTorch's <c>nn.Sequential</c>, settings as metadata. Files of other
/// programs are read too, as far as <see cref="NetworkTensors"/> understands them; they have no settings.
/// </summary>
internal sealed class WeightsFile
{
    private const string ColumnsKey = "columns", ActivationKey = "hidden_activation", OutputKey = "generator_output", LatentKey = "latent", ShiftKey = "standardize_shift", ScaleKey = "standardize_scale";

    private const string HiddenActivation = "HiddenActivation";

    private readonly SafetensorsFile file;

    private readonly SettingName setting;

    private WeightsFile(SafetensorsFile file, SettingName? setting)
    {
        (this.file, this.setting) = (file, setting ?? SettingNames.Property);
        Seed = Parse("seed", ulong.Parse);
    }

    /// <summary>The training's; 0 where the file does not say.</summary>
    public ulong Seed { get; }

    /// <summary>Free text by its key, the settings among it.</summary>
    public IReadOnlyDictionary<string, string> Metadata => file.Metadata;

    /// <summary>Writes both networks of a training.</summary>
    /// <param name="stream">Takes the bytes.</param>
    /// <param name="parameters">The weights and biases.</param>
    /// <param name="judged">The same with the averaged generator, where there is one.</param>
    /// <param name="metadata">The settings.</param>
    /// <param name="names">Of the columns of the data; null where they have none.</param>
    /// <param name="standardization">Between the units of the data and those of the training.</param>
    public static void Write(
        Stream stream,
        GanParameters parameters,
        GanParameters judged,
        IEnumerable<KeyValuePair<string, string>> metadata,
        IReadOnlyList<string>? names,
        Standardization standardization)
    {
        List<KeyValuePair<string, string>> own = [KeyValuePair.Create(NetworkTensors.NumberingKey, LayerNumbering.Sequential.Word()), .. metadata];
        if (names is not null)
        {
            own.Add(KeyValuePair.Create(ColumnsKey, JsonSerializer.Serialize(names)));
        }

        if (!standardization.IsNone)
        {
            own.Add(KeyValuePair.Create(ShiftKey, JsonSerializer.Serialize(standardization.Shift)));
            own.Add(KeyValuePair.Create(ScaleKey, JsonSerializer.Serialize(standardization.Scale)));
        }

        SafetensorsWriter.Write(
            stream,
            own,
            [
                .. parameters.Tensors(LayerNumbering.Sequential),
                .. ReferenceEquals(judged, parameters) ? [] : Tensor.Of(
                    judged.Generator, judged.Values.AsMemory(0, judged.Generator.ParameterCount), LayerNumbering.Sequential, $"{NetworkTensors.Average}{NetworkTensors.Generator}."),
            ]);
    }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file, which is named in every error.</param>
    /// <param name="setting">How messages call a setting.</param>
    /// <exception cref="FileContentException">The file cannot be read.</exception>
    public static WeightsFile Read(string path, SettingName? setting = null) => new(SafetensorsFile.Read(path), setting);

    /// <summary>The same, of the bytes of a file.</summary>
    public static WeightsFile Parse(string path, byte[] bytes, SettingName? setting = null) => new(SafetensorsFile.Parse(path, bytes), setting);

    /// <summary>One of the networks.</summary>
    /// <param name="network"><see cref="NetworkTensors.Generator"/> or <see cref="NetworkTensors.Discriminator"/>.</param>
    /// <param name="told">What stands between its layers, where the file does not say; null where nobody does.</param>
    /// <exception cref="FileContentException">The file does not hold it, or not all about it is known.</exception>
    public TrainedNetwork Network(string network, IActivation? told = null)
    {
        NetworkTensors tensors = NetworkTensors.Read(file, network);
        if (Parse(network, Kernels.Networks.Network.Parse) is { } shape && !shape.Widths.SequenceEqual(tensors.Shape.Widths))
        {
            throw file.Problem($"its metadata {network} is {shape}, its tensors are {tensors.Shape}");
        }

        return tensors.Values.All(float.IsFinite)
            ? new TrainedNetwork(Completed(network, tensors.Shape, told), tensors.Values, tensors.Rounded)
            : throw file.Problem("its weights are not finite: the training diverged");
    }

    /// <summary>Whether the file names the columns of the data.</summary>
    public bool HasColumns => file.Metadata.ContainsKey(ColumnsKey);

    /// <summary>A name for each column that a generator makes.</summary>
    /// <exception cref="FileContentException">The file names another number of them.</exception>
    public IReadOnlyList<string> ColumnsOf(TrainedNetwork generator)
    {
        int count = generator.Shape.Outputs;
        string[] columns = Parse(ColumnsKey, ParseColumns) ?? [.. Enumerable.Range(1, count).Select(i => $"x{i}")];
        return columns.Length == count ? columns : throw file.Problem($"names {columns.Length} columns for a generator of {count}");
    }

    /// <summary>Between the units of the data and what a generator makes.</summary>
    /// <exception cref="FileContentException">The file has another number of columns.</exception>
    public Standardization StandardizationOf(TrainedNetwork generator)
    {
        double[]? shift = Parse(ShiftKey, ParseNumbers), scale = Parse(ScaleKey, ParseNumbers);
        if (shift is null && scale is null)
        {
            return Standardization.None;
        }

        return shift?.Length == generator.Shape.Outputs && scale?.Length == generator.Shape.Outputs && scale.All(one => one > 0)
            ? new Standardization(shift, scale)
            : throw file.Problem($"{ShiftKey} and {ScaleKey} do not fit a generator of {generator.Shape.Outputs} columns");
    }

    /// <summary>Writes one of the networks alone, as PyTorch loads it into an <c>nn.Sequential</c>.</summary>
    /// <param name="stream">Takes the bytes.</param>
    /// <param name="name"><see cref="NetworkTensors.Generator"/> or <see cref="NetworkTensors.Discriminator"/>.</param>
    /// <param name="network">What <see cref="Network"/> gave.</param>
    public void WriteAlone(Stream stream, string name, TrainedNetwork network) => SafetensorsWriter.Write(
        stream,
        new Dictionary<string, string>(file.Metadata) { [NetworkTensors.NetworkKey] = name, [NetworkTensors.NumberingKey] = LayerNumbering.Sequential.Word() },
        [.. Tensor.Of(network.Shape, network.Values, LayerNumbering.Sequential)]);

    /// <summary>The network with what the tensors do not tell.</summary>
    private Kernels.Networks.Network Completed(string network, Kernels.Networks.Network shape, IActivation? told)
    {
        string key = file.Metadata.ContainsKey($"{network}_activation") ? $"{network}_activation" : ActivationKey;
        IActivation? said = Parse(key, ActivationTable.All.Parse);
        if (said is not null && told is not null && !told.Equals(said))
        {
            throw file.Problem($"its metadata {key} is {said.Word}, not {told.Word}; leave {setting(HiddenActivation)} out");
        }

        // Between the layers of one layer stands nothing.
        IActivation hidden = said ?? told ?? (shape.Layers.Count == 1
            ? default(IdentityActivation)
            : throw file.Problem($"does not say what stands between the layers of its {network} {shape}; add {setting(HiddenActivation, string.Join('|', ActivationTable.All.Forms))}"));
        IActivation output = network == NetworkTensors.Generator ? Parse(OutputKey, ActivationTable.Outputs.Parse) ?? default(IdentityActivation) : default(IdentityActivation);
        return shape with { Hidden = hidden, Output = output, Latent = Parse(LatentKey, LatentTable.All.Parse) };
    }

    private static string[] ParseColumns(string text)
    {
        string[]? columns = JsonSerializer.Deserialize<string[]>(text);
        return columns?.All(name => name is not null) == true ? columns : throw new FormatException("a name is null");
    }

    private static double[]? ParseNumbers(string text) => JsonSerializer.Deserialize<double[]>(text);

    private T? Parse<T>(string key, Func<string, T?> parse)
    {
        if (!file.Metadata.TryGetValue(key, out string? text))
        {
            return default;
        }

        try
        {
            return parse(text);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException or JsonException)
        {
            throw file.Problem($"its metadata {key} {OneLine.Quote(text)} cannot be read");
        }
    }
}
