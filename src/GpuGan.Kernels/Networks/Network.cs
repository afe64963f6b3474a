using System.Globalization;
using GpuGan.Kernels.Networks.Activations;

namespace GpuGan.Kernels.Networks;

/// <summary>
/// A multi-layer perceptron: its widths from the input to the output, what stands between its layers and behind the last, and where
/// each parameter and each unit lives in a flat buffer.
/// </summary>
/// <remarks>
/// Parameters lie layer by layer, the weight <c>[out, in]</c> before the bias <c>[out]</c>, as PyTorch's
/// <c>state_dict</c> of a chain of <c>Linear</c> lists them. Units lie layer by layer too, the inputs first.
/// </remarks>
public sealed record Network
{
    /// <summary>The largest number of layers of weights that a network can have.</summary>
    public const int MaxLayers = 8;

    /// <summary>The largest width of a layer.</summary>
    public const int MaxWidth = 65_536;

    /// <summary>The largest number of weights and biases; beyond it the offsets of what an optimiser keeps of them would leave 32 bits.</summary>
    public const int MaxParameters = 1 << 29;

    private readonly int[] widths;

    /// <summary>Makes a network of its widths.</summary>
    /// <param name="widths">Inputs, hidden units of each layer, outputs: 2 to 9 numbers, each 1 to <see cref="MaxWidth"/>.</param>
    /// <exception cref="ArgumentException">Too few or too many widths, one out of range, or too many parameters.</exception>
    public Network(params ReadOnlySpan<int> widths)
    {
        if (widths.Length is < 2 or > MaxLayers + 1)
        {
            throw new ArgumentException(
                $"a network has 1 to {MaxLayers} layers, so 2 to {MaxLayers + 1} widths, not {widths.Length}");
        }

        foreach (int width in widths)
        {
            if (width is < 1 or > MaxWidth)
            {
                throw new ArgumentException($"a width is 1 to {MaxWidth}, not {width}");
            }
        }

        long parameters = 0;
        for (int layer = 1; layer < widths.Length; layer++)
        {
            parameters += (widths[layer - 1] + 1L) * widths[layer];
        }

        if (parameters > MaxParameters)
        {
            throw new ArgumentException($"a network has at most {MaxParameters} weights and biases, not {parameters}");
        }

        this.widths = widths.ToArray();
        Layers = LayOut();
    }

    /// <summary>Widths from the inputs to the outputs.</summary>
    public IReadOnlyList<int> Widths => widths;

    /// <summary>The layers of weights, in the order of the forward pass.</summary>
    public IReadOnlyList<Layer> Layers { get; private set; }

    /// <summary>Whether the layers have biases.</summary>
    public bool HasBias
    {
        get;
        init
        {
            field = value;
            Layers = LayOut();
        }
    }

    = true;

    /// <summary>What stands between the layers.</summary>
    public IActivation Hidden { get; init; } = default(TanhActivation);

    /// <summary>What stands behind the last layer.</summary>
    public IActivation Output { get; init; } = default(IdentityActivation);

    /// <summary>What its inputs are, where it is a generator.</summary>
    public Latent Latent { get; init; }

    /// <summary>Whether the network makes <c>W x + b</c> of its inputs.</summary>
    public bool IsLinear => Output is IdentityActivation && (Layers.Count == 1 || Hidden is IdentityActivation);

    /// <summary>Number of inputs.</summary>
    public int Inputs => widths[0];

    /// <summary>Number of outputs.</summary>
    public int Outputs => widths[^1];

    /// <summary>Number of weights and biases.</summary>
    public int ParameterCount => Layers[^1].WeightOffset + Layers[^1].ParameterCount;

    /// <summary>Number of units, the inputs included.</summary>
    public int UnitCount => Layers[^1].OutputOffset + Outputs;

    /// <summary>This network with other widths.</summary>
    /// <param name="newWidths">Inputs, hidden units of each layer, outputs.</param>
    /// <exception cref="ArgumentException">Too few or too many widths, or one out of range.</exception>
    public Network WithWidths(params ReadOnlySpan<int> newWidths) => new(newWidths) { HasBias = HasBias, Hidden = Hidden, Output = Output, Latent = Latent };

    /// <summary>Reads a network written with dashes, such as <c>2-5-3-1</c>.</summary>
    /// <param name="text">Widths joined by dashes.</param>
    /// <exception cref="ArgumentException">The text is no such list, or its widths are out of range.</exception>
    public static Network Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split('-');
        int[] widths = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out widths[i]))
            {
                throw new ArgumentException($"'{text}' is no network; write its widths with dashes, such as 2-5-3-1");
            }
        }

        return new Network(widths);
    }

    /// <summary>Reads a network written with dashes, such as <c>2-5-3-1</c>.</summary>
    /// <param name="text">As <see cref="Parse"/> takes it.</param>
    /// <exception cref="ArgumentException">The text is no such list, or its widths are out of range.</exception>
    public static implicit operator Network(string text) => Parse(text);

    /// <summary>Widths joined by dashes, such as <c>2-5-3-1</c>.</summary>
    public override string ToString() => string.Join('-', widths);

    /// <summary>What stands behind a layer.</summary>
    /// <param name="layer">Its number, from 0.</param>
    public IActivation Behind(int layer)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(layer);
        return layer < Layers.Count - 1 ? Hidden : Output;
    }

    /// <inheritdoc/>
    public bool Equals(Network? other) =>
        other is not null && widths.AsSpan().SequenceEqual(other.widths) && HasBias == other.HasBias && Hidden.Equals(other.Hidden) && Output.Equals(other.Output) && Latent == other.Latent;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(ToString().GetHashCode(StringComparison.Ordinal), HasBias, Hidden, Output, Latent);

    private Layer[] LayOut()
    {
        var layers = new Layer[widths.Length - 1];
        int parameter = 0, unit = 0;
        for (int layer = 0; layer < layers.Length; layer++)
        {
            layers[layer] = new Layer(widths[layer], widths[layer + 1], HasBias, parameter, unit);
            parameter += layers[layer].ParameterCount;
            unit += widths[layer];
        }

        return layers;
    }
}

/// <summary>One layer of weights of a <see cref="Network"/>, and where it lies in the flat buffers.</summary>
/// <param name="Inputs">Number of inputs.</param>
/// <param name="Outputs">Number of outputs.</param>
/// <param name="HasBias">Whether there are biases.</param>
/// <param name="WeightOffset">Offset of the weight <c>[out, in]</c> among the network's parameters.</param>
/// <param name="InputOffset">Offset of the layer's inputs among the network's units.</param>
public readonly record struct Layer(int Inputs, int Outputs, bool HasBias, int WeightOffset, int InputOffset)
{
    /// <summary>Offset of the bias <c>[out]</c> among the network's parameters, where there is one.</summary>
    public int BiasOffset => WeightOffset + (Inputs * Outputs);

    /// <summary>Offset of the layer's outputs among the network's units.</summary>
    public int OutputOffset => InputOffset + Inputs;

    /// <summary>Number of weights and biases.</summary>
    public int ParameterCount => (Inputs + (HasBias ? 1 : 0)) * Outputs;
}
