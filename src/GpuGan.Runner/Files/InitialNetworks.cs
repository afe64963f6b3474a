using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Files;

/// <summary>
/// What trainings begin with, where not all is drawn: networks of a file of weights, both or one of them, and numbers that are added to the parameters.
/// The folder of a training has a copy, so that it can be made again.
/// </summary>
/// <param name="Path">The file as it was given, which every error names; null where there is none.</param>
/// <param name="Generator">Null where it is drawn.</param>
/// <param name="Discriminator">Null where it is drawn.</param>
internal sealed record InitialNetworks(string? Path, NetworkTensors? Generator, NetworkTensors? Discriminator)
{
    private const string OffsetTensor = "offset";

    /// <summary>The copy in the folder of a training.</summary>
    public const string FileName = "init.safetensors";

    /// <summary>What settings in JSON call the file.</summary>
    public const string Name = "init_from";

    /// <summary>What settings in JSON call the numbers that are added.</summary>
    public const string OffsetName = "init_offset";

    /// <summary>Added to the parameters, the generator's first, each layer's weights before its biases; those beyond the last number stay as they are.</summary>
    public IReadOnlyList<float> Offset { get; init; } = [];

    /// <summary>The same as text, such as <c>0,1,-0.5</c>.</summary>
    public string OffsetText => string.Join(',', Offset.Select(number => number.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Reads a file of weights, this program's or PyTorch's.</summary>
    /// <exception cref="FileContentException">It cannot be read, names no network, or has numbers that are not finite.</exception>
    public static InitialNetworks Read(string path)
    {
        SafetensorsFile file = SafetensorsFile.Read(path);
        InitialNetworks networks = new(path, Find(NetworkTensors.Generator), Find(NetworkTensors.Discriminator))
        {
            Offset = file.ShapeOf(OffsetTensor) is [int count] ? [.. file.Doubles(OffsetTensor, count).Select(number => (float)number)] : [],
        };
        return networks is { Generator: null, Discriminator: null, Offset: [] }
            ? throw file.Problem($"does not say which network it holds; its tensors have to be {NetworkTensors.Generator}.0.weight, … or {NetworkTensors.Discriminator}.0.weight, …")
            : networks;

        NetworkTensors? Find(string network)
        {
            NetworkTensors? found = NetworkTensors.IsIn(file, network) ? NetworkTensors.Read(file, network) : null;
            return found is null || found.Values.All(float.IsFinite) ? found : throw file.Problem($"the weights of its {network} are not finite: the training diverged");
        }
    }

    /// <summary>Reads numbers that are added.</summary>
    /// <param name="text">Such as <c>0,1,-0.5</c>.</param>
    /// <exception cref="FormatException">It is no list of finite numbers; the message follows the text.</exception>
    public static IReadOnlyList<float> ParseOffset(string text) =>
    [
        .. text.Split(',').Select(word => float.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out float number) && float.IsFinite(number)
            ? number
            : throw new FormatException("is no list of finite numbers, such as 0,1,-0.5")),
    ];

    /// <summary>What the trainings of a folder began with; null where all was drawn.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="told">Whether its settings name a file.</param>
    /// <exception cref="FileContentException">The copy is not there, or malformed.</exception>
    public static InitialNetworks? Of(string folder, bool told) => told ? Read(System.IO.Path.Join(folder, FileName)) : null;

    /// <summary>SHA-256 of their parameters, in lower-case hexadecimal.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData([.. MemoryMarshal.AsBytes<float>(Generator?.Values), .. MemoryMarshal.AsBytes<float>(Discriminator?.Values), .. MemoryMarshal.AsBytes<float>(Offset.ToArray())]));

    /// <summary>Refuses networks of another shape.</summary>
    /// <exception cref="FileContentException">They do not fit.</exception>
    public void RequireFits(TrainingSettings settings)
    {
        Require(NetworkTensors.Generator, Generator?.Shape, settings.Generator);
        Require(NetworkTensors.Discriminator, Discriminator?.Shape, settings.Discriminator);

        void Require(string name, Network? found, Network expected)
        {
            if (found is not null && (!found.Widths.SequenceEqual(expected.Widths) || found.HasBias != expected.HasBias))
            {
                throw new FileContentException(Path!, $"its {name} is {Describe(found)}; that of the training is {Describe(expected)}");
            }
        }

        static string Describe(Network network) => $"{network}{(network.HasBias ? "" : " without biases")}";
    }

    /// <summary>The parameters with those of these networks, and what is added.</summary>
    /// <param name="drawn">Those of a seed.</param>
    public GanParameters Start(GanParameters drawn)
    {
        float[] values = [.. Generator is null ? drawn.GeneratorValues : Generator.Values, .. Discriminator is null ? drawn.DiscriminatorValues : Discriminator.Values];
        for (int i = 0; i < Offset.Count; i++)
        {
            values[i] += Offset[i];
        }

        return new GanParameters(drawn.Generator, drawn.Discriminator, values);
    }

    /// <summary>Begins a training with these networks.</summary>
    /// <param name="training">Has not begun.</param>
    public void Start(ITrainer training) => training.WriteState(training.ReadState().StartingFrom(Start));

    /// <summary>Writes the networks, as <see cref="Read"/> finds them.</summary>
    public void Write(Stream stream) => SafetensorsWriter.Write(
        stream,
        [
            KeyValuePair.Create(NetworkTensors.NumberingKey, Words.Of(LayerNumbering.Sequential)),
            .. Named(NetworkTensors.Generator, Generator).Concat(Named(NetworkTensors.Discriminator, Discriminator)).Select(one => KeyValuePair.Create($"{one.Name}_bias", one.Network.Shape.HasBias ? "true" : "false")),
        ],
        [
            .. Named(NetworkTensors.Generator, Generator).Concat(Named(NetworkTensors.Discriminator, Discriminator))
                .SelectMany(one => Tensor.Of(one.Network.Shape, one.Network.Values, LayerNumbering.Sequential, $"{one.Name}.")),
            .. Offset.Count > 0 ? [new Tensor(OffsetTensor, [Offset.Count], Offset.ToArray())] : Array.Empty<Tensor>(),
        ]);

    private static IEnumerable<(string Name, NetworkTensors Network)> Named(string name, NetworkTensors? network) => network is null ? [] : [(name, network)];
}
