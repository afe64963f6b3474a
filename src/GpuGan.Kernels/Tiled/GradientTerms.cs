using GpuGan.Kernels.Networks;

namespace GpuGan.Kernels.Tiled;

/// <summary>
/// What a tile gives to the gradient of a network: for each row the deltas and the values whose products are added, a term or two. For each layer one
/// of the two is turned, <c>[term, unit]</c>, to be the vectors of the product; the other one has its factors.
/// </summary>
internal sealed class GradientTerms
{
    private readonly Network network;
    private readonly UnitRows source, rows;
    private readonly AlignedNumbers[] turned;
    private readonly int[] strides;

    /// <summary>Allocates what is turned.</summary>
    /// <param name="network">Whose gradient.</param>
    /// <param name="source">Deltas and values whose products are added to the weights' gradients, one pair a term.</param>
    /// <param name="rows">The rows, whose deltas are added to the biases': the same, but where there is a penalty.</param>
    /// <param name="terms">At most so many terms.</param>
    /// <param name="lanes">Of a vector.</param>
    public GradientTerms(Network network, UnitRows source, UnitRows rows, int terms, int lanes)
    {
        (this.network, this.source, this.rows) = (network, source, rows);
        AreOutputsInLanes = [.. network.Layers.Select(layer => HasOutputsInLanes(layer, lanes))];
        strides = [.. network.Layers.Select(layer => StrideOf(layer, lanes))];
        turned = [.. strides.Select(stride => new AlignedNumbers(terms * stride))];
    }

    /// <summary>Numbers that are turned.</summary>
    public static long LengthOf(Network network, int terms, int lanes) => network.Layers.Sum(layer => (long)terms * StrideOf(layer, lanes));

    /// <summary>For each layer whether its outputs lie in the lanes, else its inputs: what wastes fewer.</summary>
    public bool[] AreOutputsInLanes { get; }

    /// <summary>Whether the deltas of the terms are those of the rows, so that the biases' gradients can be added from what is turned.</summary>
    public bool HasRowsOwnDeltas => ReferenceEquals(source, rows);

    /// <summary>From a factor of one unit to that of the next.</summary>
    public int FactorStride => source.Stride;

    /// <summary>From the deltas of one output to those of the next.</summary>
    public int DeltaStride => rows.Stride;

    /// <summary>Turns the terms, once they are computed.</summary>
    public void Turn(int terms)
    {
        for (int i = 0; i < turned.Length; i++)
        {
            Layer layer = network.Layers[i];
            if (AreOutputsInLanes[i])
            {
                Transposed.Copy(source.Deltas(layer.OutputOffset), source.Stride, layer.Outputs, terms, turned[i].From(0), strides[i]);
            }
            else
            {
                Transposed.Copy(source.Units(layer.InputOffset), source.Stride, layer.Inputs, terms, turned[i].From(0), strides[i]);
            }
        }
    }

    /// <summary>The vectors of a layer from a term on, and how far apart terms lie.</summary>
    public Span<float> Vectors(int layer, int term, out int stride)
    {
        stride = strides[layer];
        return turned[layer].From(term * stride);
    }

    /// <summary>The factors of a layer from one of its units on, inputs where its outputs are in the lanes, and of these from a term on.</summary>
    public Span<float> Factors(int layer, int unit, int term) => (AreOutputsInLanes[layer]
        ? source.Units(network.Layers[layer].InputOffset + unit)
        : source.Deltas(network.Layers[layer].OutputOffset + unit))[term..];

    /// <summary>The deltas of one of a layer's outputs from a row on.</summary>
    public Span<float> Deltas(int layer, int output, int row) => rows.Deltas(network.Layers[layer].OutputOffset + output)[row..];

    private static bool HasOutputsInLanes(Layer layer, int lanes) => Vectors(layer.Outputs, lanes) * layer.Inputs <= Vectors(layer.Inputs, lanes) * layer.Outputs;

    private static int StrideOf(Layer layer, int lanes) => AlignedNumbers.StrideOf(HasOutputsInLanes(layer, lanes) ? layer.Outputs : layer.Inputs);

    private static int Vectors(int numbers, int lanes) => (numbers + lanes - 1) / lanes;
}

/// <summary>Rows of a tile that are added to a gradient one after the other.</summary>
/// <param name="Terms">The tile's.</param>
/// <param name="First">The first of their terms in the tile.</param>
/// <param name="Count">How many terms they have.</param>
/// <param name="FirstRow">The first of them in the tile.</param>
/// <param name="Rows">How many.</param>
internal readonly record struct GradientRows(GradientTerms Terms, int First, int Count, int FirstRow, int Rows);
