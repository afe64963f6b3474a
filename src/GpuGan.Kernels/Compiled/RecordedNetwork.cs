using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training.Optimizers;

namespace GpuGan.Kernels.Compiled;

/// <summary>
/// A network of the training kernel: its parameters, gradients and moments are variables, and its passes are recorded unit
/// by unit, in the order of sums that <c>Stepwise</c> has.
/// </summary>
internal sealed class RecordedNetwork
{
    private const int ParametersOfSection = 64;

    private readonly Recording recording;
    private readonly NetworkShape shape;
    private readonly IActivation activation;
    private readonly StateLayout layout;
    private readonly int offset;
    private readonly Variable[] parameters, gradients, firstMoments, secondMoments;

    /// <summary>Records the loading of a network.</summary>
    /// <param name="recording">Where.</param>
    /// <param name="shape">Its widths.</param>
    /// <param name="activation">What stands between its layers.</param>
    /// <param name="layout">Where its state lies.</param>
    /// <param name="offset">Its first parameter's number among those of both networks.</param>
    public RecordedNetwork(Recording recording, NetworkShape shape, IActivation activation, StateLayout layout, int offset)
    {
        (this.recording, this.shape, this.activation, this.layout, this.offset) = (recording, shape, activation, layout, offset);
        parameters = Loaded(StateLayout.Parameter);
        firstMoments = Loaded(layout.FirstMoment);
        secondMoments = Loaded(layout.SecondMoment);
        gradients = [.. parameters.Select(_ => recording.NewVariable(SymbolKind.Number))];
    }

    private RecordingOperations O => recording.Operations;

    private Symbol Zero => O.Constant(0);

    /// <summary>The forward pass of one row: <c>y[unit] = activation(b[unit] + sum over inputs of w[unit, input] x[input])</c>.</summary>
    /// <param name="inputs"><c>[input]</c>.</param>
    /// <returns><c>[layer][unit]</c>: the inputs, then the units of each layer.</returns>
    public Symbol[][] Forward(Symbol[] inputs)
    {
        Symbol[][] units = new Symbol[shape.Layers.Count + 1][];
        units[0] = inputs;
        for (int i = 0; i < shape.Layers.Count; i++)
        {
            Layer layer = shape.Layers[i];
            units[i + 1] = new Symbol[layer.Outputs];
            for (int unit = 0; unit < layer.Outputs; unit++)
            {
                Symbol sum = recording.Get(parameters[layer.BiasOffset + unit]);
                for (int input = 0; input < layer.Inputs; input++)
                {
                    sum = O.Fma(Weight(layer, unit, input), units[i][input], sum);
                }

                units[i + 1][unit] = i < shape.Layers.Count - 1 ? activation.Value(sum, O) : sum;
            }
        }

        return units;
    }

    /// <summary>
    /// The backward pass of some rows, from the deltas of the outputs down:
    /// <c>delta[input] = activation'(x[input]) * sum over units of w[unit, input] delta[unit]</c>.
    /// </summary>
    /// <param name="units"><c>[row][layer][unit]</c>, of the forward pass.</param>
    /// <param name="deltas"><c>[row][unit]</c> of the last layer.</param>
    /// <param name="learns">Whether the rows count for the gradients.</param>
    /// <param name="toInputs">Whether the derivatives of the inputs are asked for.</param>
    /// <returns><c>[row][input]</c>; empty where they are not asked for.</returns>
    public Symbol[][] Backward(Symbol[][][] units, Symbol[][] deltas, bool learns, bool toInputs)
    {
        for (int i = shape.Layers.Count - 1; i >= 0; i--)
        {
            Layer layer = shape.Layers[i];
            if (learns)
            {
                Accumulate(layer, [.. units.Select(row => row[i])], deltas);
            }

            if (i == 0 && !toInputs)
            {
                return [];
            }

            deltas = [.. deltas.Select((row, number) => InputDeltas(layer, units[number][i], row, isHidden: i > 0))];
        }

        return deltas;
    }

    /// <summary>Begins a gradient: the sums over rows are zero.</summary>
    public void ClearGradients()
    {
        foreach (Variable gradient in gradients)
        {
            recording.Set(gradient, Zero);
        }
    }

    /// <summary>Updates all parameters.</summary>
    /// <param name="adam">What they share in this step.</param>
    /// <param name="finite">Zero, or NaN once a parameter was not finite.</param>
    /// <returns>The same after this update.</returns>
    public Symbol Update(AdamStep<Symbol> adam, Symbol finite)
    {
        foreach (int[] section in Enumerable.Range(0, parameters.Length).Chunk(ParametersOfSection))
        {
            recording.Section(() =>
            {
                foreach (int i in section)
                {
                    finite = Update(i, adam, finite);
                }
            });
        }

        return finite;
    }

    /// <summary>Records the storing of the network.</summary>
    public void Store()
    {
        for (int i = 0; i < parameters.Length; i++)
        {
            recording.StoreState(StateLayout.Parameter + offset + i, recording.Get(parameters[i]));
            recording.StoreState(layout.FirstMoment + offset + i, recording.Get(firstMoments[i]));
            recording.StoreState(layout.SecondMoment + offset + i, recording.Get(secondMoments[i]));
        }
    }

    private Symbol Update(int i, AdamStep<Symbol> adam, Symbol finite)
    {
        var state = new AdamState<Symbol>(recording.Get(parameters[i]), recording.Get(firstMoments[i]), recording.Get(secondMoments[i]));
        state = AdamRule.Step(state, recording.Get(gradients[i]), adam, O);
        recording.Set(parameters[i], state.Parameter);
        recording.Set(firstMoments[i], state.FirstMoment);
        recording.Set(secondMoments[i], state.SecondMoment);
        return O.Fma(state.Parameter, Zero, finite);
    }

    private Symbol Weight(Layer layer, int unit, int input) => recording.Get(parameters[layer.WeightOffset + (unit * layer.Inputs) + input]);

    private Symbol[] InputDeltas(Layer layer, Symbol[] inputs, Symbol[] deltas, bool isHidden)
    {
        Symbol[] sums = [.. Enumerable.Range(0, layer.Inputs).Select(input => BackwardSum(layer, deltas, input))];
        return isHidden ? [.. sums.Select((sum, input) => O.Multiply(sum, activation.Derivative(inputs[input], O)))] : sums;
    }

    private Symbol BackwardSum(Layer layer, Symbol[] deltas, int input)
    {
        Symbol sum = Zero;
        for (int unit = 0; unit < layer.Outputs; unit++)
        {
            sum = O.Fma(Weight(layer, unit, input), deltas[unit], sum);
        }

        return sum;
    }

    /// <summary>Adds rows to the gradients, in order: <c>delta[unit] * x[input]</c> each, of a bias <c>delta[unit]</c>.</summary>
    private void Accumulate(Layer layer, Symbol[][] inputs, Symbol[][] deltas)
    {
        for (int unit = 0; unit < layer.Outputs; unit++)
        {
            for (int input = 0; input < layer.Inputs; input++)
            {
                Variable weight = gradients[layer.WeightOffset + (unit * layer.Inputs) + input];
                Symbol sum = recording.Get(weight);
                for (int row = 0; row < deltas.Length; row++)
                {
                    sum = O.Fma(deltas[row][unit], inputs[row][input], sum);
                }

                recording.Set(weight, sum);
            }

            Variable bias = gradients[layer.BiasOffset + unit];
            recording.Set(bias, deltas.Aggregate(recording.Get(bias), (sum, row) => O.Add(sum, row[unit])));
        }
    }

    private Variable[] Loaded(int firstWord) =>
        [.. Enumerable.Range(0, shape.ParameterCount).Select(i => recording.Kept(SymbolKind.Number, firstWord + offset + i))];
}
