using GpuGan.Kernels.Networks;

namespace GpuGan.Kernels.Tiled;

/// <summary>
/// What a tile gives to the gradient of a network: for each row the deltas and the values whose products are added. For each layer one of the two
/// is turned, <c>[row, unit]</c>, to be the vectors of the product; the other one has its factors.
/// </summary>
internal sealed class GradientTerms
{
    private readonly Network network;
    private readonly UnitRows source;
    private readonly AlignedNumbers[] turned;
    private readonly int[] strides;

    /// <summary>Allocates what is turned.</summary>
    /// <param name="network">Whose gradient.</param>
    /// <param name="source">Deltas and values.</param>
    /// <param name="rows">At most so many rows.</param>
    /// <param name="lanes">Of a vector.</param>
    public GradientTerms(Network network, UnitRows source, int rows, int lanes)
    {
        (this.network, this.source) = (network, source);
        AreOutputsInLanes = [.. network.Layers.Select(layer => Vectors(layer.Outputs, lanes) * layer.Inputs <= Vectors(layer.Inputs, lanes) * layer.Outputs)];
        strides = [.. network.Layers.Select((layer, i) => AlignedNumbers.StrideOf(AreOutputsInLanes[i] ? layer.Outputs : layer.Inputs))];
        turned = [.. strides.Select(stride => new AlignedNumbers(rows * stride))];
    }

    /// <summary>For each layer whether its outputs lie in the lanes, else its inputs: what wastes fewer.</summary>
    public bool[] AreOutputsInLanes { get; }

    /// <summary>From a factor of one unit to that of the next.</summary>
    public int FactorStride => source.Stride;

    /// <summary>Turns the rows, once they are computed.</summary>
    public void Turn(int rows)
    {
        for (int i = 0; i < turned.Length; i++)
        {
            Layer layer = network.Layers[i];
            if (AreOutputsInLanes[i])
            {
                Transposed.Copy(source.Deltas(layer.OutputOffset), source.Stride, layer.Outputs, rows, turned[i].From(0), strides[i]);
            }
            else
            {
                Transposed.Copy(source.Units(layer.InputOffset), source.Stride, layer.Inputs, rows, turned[i].From(0), strides[i]);
            }
        }
    }

    /// <summary>The vectors of a layer from a row on, and how far apart rows lie.</summary>
    public Span<float> Vectors(int layer, int row, out int stride)
    {
        stride = strides[layer];
        return turned[layer].From(row * stride);
    }

    /// <summary>The factors of a layer from one of its units on, inputs where its outputs are in the lanes, and of these from a row on.</summary>
    public Span<float> Factors(int layer, int unit, int row) => (AreOutputsInLanes[layer]
        ? source.Units(network.Layers[layer].InputOffset + unit)
        : source.Deltas(network.Layers[layer].OutputOffset + unit))[row..];

    /// <summary>The deltas of one of a layer's outputs from a row on.</summary>
    public Span<float> Deltas(int layer, int output, int row) => source.Deltas(network.Layers[layer].OutputOffset + output)[row..];

    private static int Vectors(int numbers, int lanes) => (numbers + lanes - 1) / lanes;
}

/// <summary>Rows of a tile that are added to a gradient one after the other.</summary>
/// <param name="Terms">The tile's.</param>
/// <param name="First">The first of them in the tile.</param>
/// <param name="Count">How many.</param>
internal readonly record struct GradientRows(GradientTerms Terms, int First, int Count);
