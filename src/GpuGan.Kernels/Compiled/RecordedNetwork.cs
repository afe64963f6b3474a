using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Networks.Activations;
using GpuGan.Kernels.Training.Optimizers;

namespace GpuGan.Kernels.Compiled;

/// <summary>
/// A network of the training kernel: its parameters, gradients and what its optimiser keeps are variables, and its passes are recorded unit
/// by unit, in the order of sums that <c>Stepwise</c> has.
/// </summary>
internal sealed partial class RecordedNetwork
{
    private const int ParametersOfSection = 64;

    private readonly Recording recording;
    private readonly Network network;
    private readonly IOptimizer optimizer;
    private readonly StateLayout layout;
    private readonly int offset;
    private readonly Variable[] parameters, gradients, averages;
    private readonly Variable[][] state;

    /// <summary>Records the loading of a network.</summary>
    /// <param name="recording">Where.</param>
    /// <param name="network">Its widths and activations.</param>
    /// <param name="optimizer">How it is updated.</param>
    /// <param name="isAveraged">Whether the averages of its parameters are kept.</param>
    /// <param name="layout">Where its state lies.</param>
    /// <param name="offset">Its first parameter's number among those of both networks.</param>
    public RecordedNetwork(Recording recording, Network network, IOptimizer optimizer, bool isAveraged, StateLayout layout, int offset)
    {
        (this.recording, this.network, this.optimizer, this.layout, this.offset) = (recording, network, optimizer, layout, offset);
        parameters = Loaded(StateLayout.Parameter);
        state = [.. Enumerable.Range(0, optimizer.StateWords).Select(word => Loaded(layout.OptimizerWord(word)))];
        averages = isAveraged ? Loaded(layout.Average - offset) : [];
        gradients = [.. parameters.Select(_ => recording.NewVariable(SymbolKind.Number))];
    }

    private RecordingOperations O => recording.Operations;

    private Symbol Zero => O.Constant(0);

    /// <summary>The forward pass of one row: <c>y[unit] = activation(b[unit] + sum over inputs of w[unit, input] x[input])</c>.</summary>
    /// <param name="inputs"><c>[input]</c>.</param>
    /// <returns><c>[layer][unit]</c>: the inputs, then the units of each layer.</returns>
    public Symbol[][] Forward(Symbol[] inputs)
    {
        Symbol[][] units = new Symbol[network.Layers.Count + 1][];
        units[0] = inputs;
        for (int i = 0; i < network.Layers.Count; i++)
        {
            Layer layer = network.Layers[i];
            units[i + 1] = new Symbol[layer.Outputs];
            for (int unit = 0; unit < layer.Outputs; unit++)
            {
                Symbol sum = layer.HasBias ? recording.Get(parameters[layer.BiasOffset + unit]) : Zero;
                for (int input = 0; input < layer.Inputs; input++)
                {
                    sum = O.Fma(Weight(layer, unit, input), units[i][input], sum);
                }

                units[i + 1][unit] = Activate(network.Behind(i), sum);
            }
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
        for (int i = network.Layers.Count - 1; i >= 0; i--)
        {
            Layer layer = network.Layers[i];
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
    /// <param name="shared">What they share in this step.</param>
    /// <param name="clip">What they are clamped to, on both sides of zero; null for nothing.</param>
    /// <param name="taken">How much of a parameter its average takes, where it is averaged.</param>
    /// <param name="finite">Zero, or NaN once a parameter was not finite.</param>
    /// <returns>The same after this update.</returns>
    public Symbol Update(OptimizerStep<Symbol> shared, Symbol? clip, Symbol? taken, Symbol finite)
    {
        foreach (int[] section in Enumerable.Range(0, parameters.Length).Chunk(ParametersOfSection))
        {
            recording.Section(() =>
            {
                foreach (int i in section)
                {
                    finite = Update(i, shared, clip, taken, finite);
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
            for (int word = 0; word < state.Length; word++)
            {
                recording.StoreState(layout.OptimizerWord(word) + offset + i, recording.Get(state[word][i]));
            }
        }

        for (int i = 0; i < averages.Length; i++)
        {
            recording.StoreState(layout.Average + i, recording.Get(averages[i]));
        }
    }

    private Symbol Update(int i, OptimizerStep<Symbol> shared, Symbol? clip, Symbol? taken, Symbol finite)
    {
        var before = new OptimizerState<Symbol>(recording.Get(parameters[i]), Kept(0, i), Kept(1, i), Kept(2, i));
        OptimizerState<Symbol> after = optimizer.Move(before, recording.Get(gradients[i]), shared, O);
        Symbol parameter = clip is Symbol bound ? WeightClip.Clamp(after.Parameter, bound, O) : after.Parameter;
        recording.Set(parameters[i], parameter);
        Symbol[] words = [after.First, after.Second, after.Third];
        for (int word = 0; word < state.Length; word++)
        {
            recording.Set(state[word][i], words[word]);
        }

        if (averages.Length > 0)
        {
            recording.Set(averages[i], ParameterAverage.Next(recording.Get(averages[i]), parameter, taken!.Value, O));
        }

        return O.Fma(parameter, Zero, finite);
    }

    private Symbol Kept(int word, int i) => word < state.Length ? recording.Get(state[word][i]) : Zero;

    private Symbol Activate(IActivation activation, Symbol preactivation) =>
        activation is IdentityActivation ? preactivation : activation.Value(preactivation, O.Constant(activation.Coefficient), O);

    /// <summary>The derivative with respect to a pre-activation, of that with respect to the activation's value.</summary>
    private Symbol Descend(IActivation activation, Symbol value, Symbol derivative) =>
        activation is IdentityActivation ? derivative : O.Multiply(derivative, activation.Derivative(value, O.Constant(activation.Coefficient), O));

    private Symbol Weight(Layer layer, int unit, int input) => recording.Get(parameters[layer.WeightOffset + (unit * layer.Inputs) + input]);

    private Symbol[] InputDeltas(Layer layer, Symbol[] inputs, Symbol[] deltas, bool isHidden)
    {
        Symbol[] sums = [.. Enumerable.Range(0, layer.Inputs).Select(input => BackwardSum(layer, deltas, input))];
        return isHidden ? [.. sums.Select((sum, input) => Descend(network.Hidden, inputs[input], sum))] : sums;
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
    private void Accumulate(Layer layer, Symbol[][] inputs, Symbol[][] deltas) => Accumulate(
        layer, [.. deltas.Select((row, number) => new[] { (row, inputs[number]) })], deltas);

    /// <summary>The same of rows that have several products each.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="products"><c>[row][product]</c>: factors by units and by inputs.</param>
    /// <param name="biases"><c>[row][unit]</c>.</param>
    private void Accumulate(Layer layer, (Symbol[] OfUnits, Symbol[] OfInputs)[][] products, Symbol[][] biases)
    {
        for (int unit = 0; unit < layer.Outputs; unit++)
        {
            for (int input = 0; input < layer.Inputs; input++)
            {
                Variable weight = gradients[layer.WeightOffset + (unit * layer.Inputs) + input];
                Symbol sum = recording.Get(weight);
                foreach ((Symbol[] ofUnits, Symbol[] ofInputs) in products.SelectMany(row => row))
                {
                    sum = O.Fma(ofUnits[unit], ofInputs[input], sum);
                }

                recording.Set(weight, sum);
            }

            if (layer.HasBias)
            {
                Variable bias = gradients[layer.BiasOffset + unit];
                recording.Set(bias, biases.Aggregate(recording.Get(bias), (sum, row) => O.Add(sum, row[unit])));
            }
        }
    }

    private Variable[] Loaded(int firstWord) =>
        [.. Enumerable.Range(0, network.ParameterCount).Select(i => recording.Kept(SymbolKind.Number, firstWord + offset + i))];
}
