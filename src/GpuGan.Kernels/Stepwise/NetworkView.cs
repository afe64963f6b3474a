using ILGPU;

namespace GpuGan.Kernels.Stepwise;

/// <summary>A network as the kernels see it: its shape, its parameters, and a row of units for each row of the batch.</summary>
/// <param name="widths"><c>[layer + 1]</c>, from the inputs to the outputs.</param>
/// <param name="parameters"><c>[parameter]</c>, as <see cref="Networks.Network"/> lays them out.</param>
/// <param name="units"><c>[row, unit]</c>: the inputs, then the activations of each layer.</param>
/// <param name="deltas"><c>[row, unit]</c>: the derivative of the loss with respect to each pre-activation (to each input, for the inputs).</param>
/// <param name="unitCount">Number of units of a row.</param>
/// <param name="biases">Biases of a unit: 1, or 0 where the network has none.</param>
/// <param name="hidden">The coefficient of the activation between the layers.</param>
/// <param name="output">The coefficient of the activation behind the last layer.</param>
internal readonly struct NetworkView(
    ArrayView<int> widths, ArrayView<float> parameters, ArrayView<float> units, ArrayView<float> deltas, int unitCount, int biases, float hidden, float output)
{
    public readonly ArrayView<int> Widths = widths;
    public readonly ArrayView<float> Parameters = parameters;
    public readonly ArrayView<float> Units = units;
    public readonly ArrayView<float> Deltas = deltas;
    public readonly int UnitCount = unitCount;
    public readonly int Biases = biases;
    public readonly float HiddenCoefficient = hidden;
    public readonly float OutputCoefficient = output;

    /// <summary>Number of layers of weights.</summary>
    public int Layers => Widths.IntLength - 1;

    /// <summary>Number of inputs.</summary>
    public int Inputs => Widths[0];

    /// <summary>Where the weights of a layer begin, of where those of the next do.</summary>
    public int WeightsBefore(int end, int layer) => end - ((Widths[layer] + Biases) * Widths[layer + 1]);

    /// <summary>Number of outputs.</summary>
    public int Outputs => Widths[Layers];

    /// <summary>A row's only output.</summary>
    public float LogitOf(int row) => Units[OutputOf(row)];

    /// <summary>Where a row's inputs begin.</summary>
    public int InputOf(int row) => row * UnitCount;

    /// <summary>Where a row's outputs begin.</summary>
    public int OutputOf(int row) => ((row + 1) * UnitCount) - Outputs;
}
