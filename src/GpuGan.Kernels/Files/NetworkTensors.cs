using System.Globalization;
using GpuGan.Kernels.Networks;

namespace GpuGan.Kernels.Files;

/// <summary>A network of linear layers among the tensors of a file, whoever wrote it.</summary>
/// <param name="Shape">Its widths, as the shapes of the tensors give them.</param>
/// <param name="Values">Its parameters, as <see cref="Network"/> lays them out; they need not be finite.</param>
/// <param name="Rounded">How many of them lay between two floats.</param>
internal sealed record NetworkTensors(Network Shape, float[] Values, int Rounded)
{
    public const string Generator = "generator", Discriminator = "discriminator";

    /// <summary>What stands before the names of an averaged generator, beside the generator itself.</summary>
    public const string Average = "ema.";

    /// <summary>The metadata's key for how layers are numbered; where it is missing the numbers tell.</summary>
    public const string NumberingKey = "layer_numbering";

    /// <summary>The metadata's key for which network a file of one holds.</summary>
    public const string NetworkKey = "network";

    /// <summary>Finds a network and reads it.</summary>
    /// <param name="file">Has tensors such as <c>gan.generator.0.weight</c>, or those of one network, such as <c>0.weight</c>.</param>
    /// <param name="network"><see cref="Generator"/> or <see cref="Discriminator"/>.</param>
    /// <exception cref="FileContentException">There is none, or its layers cannot be told for certain.</exception>
    public static NetworkTensors Read(SafetensorsFile file, string network)
    {
        // The average, where there is one, is the generator that is judged.
        string average = $"{Average}{network}.";
        string[] layers = LayersOf(file, network, file.Names.Any(name => name.StartsWith(average, StringComparison.Ordinal)) ? average : RootOf(file, network));
        Network shape = ShapeOf(file, network, layers);
        float[] values = new float[shape.ParameterCount];
        int rounded = 0;
        for (int i = 0; i < layers.Length; i++)
        {
            Layer layer = shape.Layers[i];
            Take($"{layers[i]}weight", layer.WeightOffset, layer.Outputs, layer.Inputs);
            if (layer.HasBias)
            {
                Take($"{layers[i]}bias", layer.BiasOffset, layer.Outputs);
            }
        }

        return new NetworkTensors(shape, values, rounded);

        void Take(string name, int offset, params ReadOnlySpan<int> lengths)
        {
            foreach (double exact in file.Doubles(name, lengths))
            {
                float value = (float)exact;
                if (float.IsInfinity(value) && double.IsFinite(exact))
                {
                    throw file.Problem(FormattableString.Invariant(
                        $"tensor {OneLine.Quote(name)} holds {exact}, which is too large for float32 (at most 3.4e+38)"));
                }

                rounded += value == exact || double.IsNaN(exact) ? 0 : 1;
                values[offset++] = value;
            }
        }
    }

    /// <summary>Whether a file says that it holds a network.</summary>
    public static bool IsIn(SafetensorsFile file, string network) =>
        file.Metadata.GetValueOrDefault(NetworkKey) == network || file.Names.Any(name => RootIn(name, network) is not null);

    // What stands before 'weight' and 'bias' of each layer, from the inputs to the outputs.
    private static string[] LayersOf(SafetensorsFile file, string network, string root)
    {
        string? chain = null;
        SortedDictionary<int, string> layers = [];
        foreach (string name in file.Names.Where(name => name.StartsWith(root, StringComparison.Ordinal)))
        {
            string layer = name[..(name.LastIndexOf('.') + 1)];
            (string before, int number) = PlaceOf(layer);
            if (name[layer.Length..] is not ("weight" or "bias") || (chain ??= before) != before || (!layers.TryAdd(number, layer) && layers[number] != layer))
            {
                throw file.Problem(
                    $"tensor {OneLine.Quote(name)} is of no chain of linear layers; a {network} has 0.weight, 0.bias, 2.weight, … as nn.Sequential " +
                    $"names them, or {network}.0.weight, … beside another network");
            }
        }

        RequireNumbered(file, network, [.. layers.Keys]);
        return [.. layers.Values];
    }

    // What the names of all of the network's tensors begin with, and no others do.
    private static string RootOf(SafetensorsFile file, string network)
    {
        string[] roots = [.. file.Names.Select(name => RootIn(name, network)).OfType<string>().Distinct()];
        if (roots.Contains($"{network}."))
        {
            // A checkpoint has moments of it too.
            return $"{network}.";
        }

        if (roots.Length > 1)
        {
            throw file.Problem($"has more than one {network}: {OneLine.Quote(roots[0])} and {OneLine.Quote(roots[1])}; leave one of them");
        }

        string other = network == Generator ? Discriminator : Generator;
        bool hasOther = IsIn(file, other);
        return roots.FirstOrDefault() ?? (
            hasOther ? throw file.Problem($"has no {network}: it is a {other} alone")
            : file.Names.Count == 0 ? throw file.Problem($"has no {network}: it has no tensors")
            : "");
    }

    private static string? RootIn(string name, string network)
    {
        int start = $".{name}".IndexOf($".{network}.", StringComparison.Ordinal);
        return start < 0 ? null : name[..(start + network.Length + 1)];
    }

    // 'net.2.' is layer 2 of 'net.'; what has no number is the only layer.
    private static (string Chain, int Number) PlaceOf(string layer)
    {
        string path = layer.Length == 0 ? "" : layer[..^1];
        int start = path.LastIndexOf('.') + 1;
        return int.TryParse(path[start..], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? (path[..start], number) : (layer, 0);
    }

    private static void RequireNumbered(SafetensorsFile file, string network, int[] numbers)
    {
        string? told = file.Metadata.GetValueOrDefault(NumberingKey);
        LayerNumbering[] numberings = Enum.GetValues<LayerNumbering>();
        if (!numberings.Any(numbering =>
            (told is null || told == numbering.Word()) && numbers.SequenceEqual(Enumerable.Range(0, numbers.Length).Select(i => numbering.NumberOf(i)))))
        {
            string layers = $"the layers of its {network} are numbered {OneLine.Quote(string.Join(", ", numbers))}";
            throw file.Problem(told is null
                ? $"{layers}; with one activation between two they are 0, 2, 4, … in an nn.Sequential, and 0, 1, 2, … alone"
                : $"{layers}, and its metadata {NumberingKey} is {OneLine.Quote(told)}; give sequential for 0, 2, 4, … or layers for 0, 1, 2, …");
        }
    }

    private static Network ShapeOf(SafetensorsFile file, string network, string[] layers)
    {
        List<int> widths = [];
        foreach (string layer in layers)
        {
            string name = $"{layer}weight";
            if (file.ShapeOf(name) is not [int outputs, int inputs])
            {
                throw file.Problem(file.ShapeOf(name) is null
                    ? $"has no tensor {OneLine.Quote(name)}"
                    : $"tensor {OneLine.Quote(name)} is not the weight [outputs, inputs] of a linear layer");
            }

            if (widths is [.., int made] && made != inputs)
            {
                throw file.Problem($"tensor {OneLine.Quote(name)} takes {inputs} inputs, the layer before it makes {made}");
            }

            widths.AddRange(widths.Count == 0 ? [inputs, outputs] : [outputs]);
        }

        // Chains of one layer may be files that lack their bias; several layers without any have none.
        bool hasBias = file.Metadata.GetValueOrDefault($"{network}_bias") != "false" && (layers.Length == 1 || layers.Any(layer => file.Names.Contains($"{layer}bias")));
        try
        {
            return new Network([.. widths]) { HasBias = hasBias };
        }
        catch (ArgumentException exception)
        {
            throw file.Problem($"its {network} is refused: {exception.Message}");
        }
    }
}
