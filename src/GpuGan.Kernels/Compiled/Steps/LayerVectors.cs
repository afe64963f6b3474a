using GpuGan.Kernels.Networks;

namespace GpuGan.Kernels.Compiled.Steps;

/// <summary>
/// Where the parameters of a layer lie in vectors: the lanes of a vector are the inputs of a unit, its bias behind them, or the units of an
/// input, and of the biases. The other number counts vectors; it is called the outer one.
/// </summary>
internal sealed class LayerVectors
{
    private readonly int lanes;

    /// <summary>Finds the places that take fewer vectors.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="lanes">Of a vector.</param>
    /// <param name="first">The first vector's number among those of the network.</param>
    /// <param name="hasOwnBiases">Whether biases add other numbers to their gradients than the units' of a weight, so that they take vectors of their own.</param>
    public LayerVectors(Layer layer, int lanes, int first, bool hasOwnBiases)
    {
        (Layer, this.lanes, First) = (layer, lanes, first);
        int inputs = layer.Inputs + (layer.HasBias ? 1 : 0), units = layer.Outputs;
        InLanesAreUnits = hasOwnBiases || inputs * Vectors(units) < units * Vectors(inputs);
        (Outer, int inner) = InLanesAreUnits ? (inputs, units) : (units, inputs);
        (Blocks, Inner) = (Vectors(inner), inner);
    }

    /// <summary>The layer.</summary>
    public Layer Layer { get; }

    /// <summary>The first vector's number among those of the network.</summary>
    public int First { get; }

    /// <summary>Whether the lanes are units; else inputs.</summary>
    public bool InLanesAreUnits { get; }

    /// <summary>How many there are of what is not in lanes.</summary>
    public int Outer { get; }

    /// <summary>How many there are of what is in lanes.</summary>
    public int Inner { get; }

    /// <summary>How many vectors take what is in lanes.</summary>
    public int Blocks { get; }

    /// <summary>How many vectors there are.</summary>
    public int Count => Outer * Blocks;

    /// <summary>The place of a parameter among the lanes of the network's vectors.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="input">The input; for the bias the number of inputs.</param>
    public int PlaceOf(int unit, int input)
    {
        (int outer, int inner) = InLanesAreUnits ? (input, unit) : (unit, input);
        return ((First + (outer * Blocks)) * lanes) + inner;
    }

    /// <summary>How many lanes of a block are used.</summary>
    public int LanesOf(int block) => Math.Min(lanes, Inner - (block * lanes));

    private int Vectors(int numbers) => (numbers + lanes - 1) / lanes;
}
