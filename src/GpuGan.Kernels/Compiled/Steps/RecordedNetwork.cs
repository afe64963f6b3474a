using GpuGan.Kernels.Compiled.Recordings;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Networks.Activations;

namespace GpuGan.Kernels.Compiled.Steps;

/// <summary>The passes of a network in the training kernel, recorded unit by unit, in the order of sums that <c>Stepwise</c> has.</summary>
/// <param name="recording">Where.</param>
/// <param name="walk">How rows are passed.</param>
/// <param name="network">Its widths and activations.</param>
/// <param name="parameters">What is kept of it.</param>
internal sealed partial class RecordedNetwork(Recording recording, RowWalk walk, Network network, RecordedParameters parameters)
{
    private readonly int width = network.Layers.Sum(layer => layer.Outputs);

    private RecordingOperations O => recording.Operations;

    private Symbol Zero => O.Constant(0);

    /// <summary>The forward pass of one row: <c>y[unit] = activation(b[unit] + sum over inputs of w[unit, input] x[input])</c>.</summary>
    /// <param name="inputs"><c>[input]</c>.</param>
    /// <returns><c>[layer][unit]</c>: the inputs, then the units of each layer.</returns>
    public Symbol[][] Forward(Symbol[] inputs) => Forward([inputs])[0];

    /// <summary>The forward pass of several rows, layer by layer.</summary>
    /// <param name="inputs"><c>[row][input]</c>.</param>
    /// <returns><c>[row][layer][unit]</c>.</returns>
    public Symbol[][][] Forward(Symbol[][] inputs)
    {
        Symbol[][][] units = [.. inputs.Select(row => new Symbol[network.Layers.Count + 1][])];
        for (int row = 0; row < units.Length; row++)
        {
            units[row][0] = inputs[row];
        }

        for (int i = 0; i < network.Layers.Count; i++)
        {
            Layer layer = network.Layers[i];
            IActivation activation = network.Behind(i);
            foreach (Symbol[][] row in units)
            {
                row[i + 1] = new Symbol[layer.Outputs];
            }

            if (i > 0)
            {
                recording.Cut();
            }

            Symbol[][] sums = [.. units.Select(_ => new Symbol[layer.Outputs])];
            walk.Units(
                layer.Outputs,
                width,
                units.Length,
                (row, unit) => sums[row][unit] = Preactivation(layer, units[row][i], unit),
                (row, unit) => units[row][i + 1][unit] = Activate(activation, sums[row][unit]));
        }

        return units;
    }

    /// <summary>
    /// The backward pass of some rows, from the derivatives of the loss with respect to the outputs down:
    /// <c>delta[input] = activation'(x[input]) * sum over units of w[unit, input] delta[unit]</c>.
    /// </summary>
    /// <param name="units"><c>[row][layer][unit]</c>, of the forward pass.</param>
    /// <param name="deltas"><c>[row][unit]</c>: these derivatives.</param>
    /// <param name="learns">Whether the rows count for the gradients.</param>
    /// <param name="toInputs">Whether the derivatives of the inputs are asked for.</param>
    /// <returns><c>[row][input]</c>; empty where they are not asked for.</returns>
    public Symbol[][] Backward(Symbol[][][] units, Symbol[][] deltas, bool learns, bool toInputs)
    {
        deltas = [.. deltas.Select((row, number) => row.Select((delta, unit) => Descend(network.Output, units[number][^1][unit], delta)).ToArray())];
        Symbol[][][] behind = new Symbol[network.Layers.Count][][];
        recording.Cut();
        for (int i = network.Layers.Count - 1; i >= 0; i--)
        {
            behind[i] = deltas;
            if (i > 0 || toInputs)
            {
                deltas = InputDeltas(network.Layers[i], [.. units.Select(row => row[i])], deltas, isHidden: i > 0);
            }
        }

        recording.Cut();
        for (int i = network.Layers.Count - 1; i >= 0 && learns; i--)
        {
            parameters.AddToGradients(
                network.Layers[i], new([.. behind[i].Zip(units, (row, values) => new[] { (row, values[i]) })], behind[i], IsInTurn: false));
        }

        return toInputs ? deltas : [];
    }

    private Symbol Preactivation(Layer layer, Symbol[] inputs, int unit)
    {
        Symbol sum = layer.HasBias ? parameters.Bias(layer, unit) : Zero;
        for (int input = 0; input < layer.Inputs; input++)
        {
            sum = O.Fma(parameters.Weight(layer, unit, input), inputs[input], sum);
        }

        return sum;
    }

    private Symbol Activate(IActivation activation, Symbol preactivation) =>
        activation is IdentityActivation ? preactivation : activation.Value(preactivation, O.Constant(activation.Coefficient), O);

    /// <summary>The derivative with respect to a pre-activation, of that with respect to the activation's value.</summary>
    private Symbol Descend(IActivation activation, Symbol value, Symbol derivative) =>
        activation is IdentityActivation ? derivative : O.Multiply(derivative, activation.Derivative(value, O.Constant(activation.Coefficient), O));

    private Symbol[][] InputDeltas(Layer layer, Symbol[][] inputs, Symbol[][] deltas, bool isHidden)
    {
        Symbol[][] results = [.. deltas.Select(_ => new Symbol[layer.Inputs])];
        walk.Units(layer.Inputs, width, deltas.Length, (row, input) =>
        {
            Symbol sum = BackwardSum(layer, deltas[row], input);
            results[row][input] = isHidden ? Descend(network.Hidden, inputs[row][input], sum) : sum;
        });
        return results;
    }

    private Symbol BackwardSum(Layer layer, Symbol[] deltas, int input)
    {
        Symbol sum = Zero;
        for (int unit = 0; unit < layer.Outputs; unit++)
        {
            sum = O.Fma(parameters.Weight(layer, unit, input), deltas[unit], sum);
        }

        return sum;
    }
}
