using GpuGan.Kernels.Compiled.Recordings;
using GpuGan.Kernels.Networks;

namespace GpuGan.Kernels.Compiled.Steps;

/// <summary>The tangent pass, as <c>Stepwise</c>'s <c>Tangent</c> has it: what a penalty on the gradient of the logit adds to the gradients.</summary>
internal sealed partial class RecordedNetwork
{
    /// <summary>The backward pass of some rows of which some have a penalty; they are added in their order.</summary>
    /// <param name="units"><c>[row][layer][unit]</c>, of the forward pass.</param>
    /// <param name="derivatives"><c>[row]</c>: e, the derivative of the loss with respect to the logit.</param>
    /// <param name="scales"><c>[row]</c>: what makes v of g, of the squared norm of g; null where the row has no penalty.</param>
    /// <param name="isInTurn">Whether the rows of groups take turns.</param>
    public void BackwardWithPenalty(Symbol[][][] units, Symbol[] derivatives, Func<Symbol, Symbol>?[] scales, bool isInTurn = false)
    {
        RowPasses[] rows = [.. units.Select((row, i) => scales[i] is { } scale ? Pass(row, derivatives[i], scale) : Pass(row, derivatives[i]))];
        recording.Cut();
        for (int i = network.Layers.Count - 1; i >= 0; i--)
        {
            parameters.AddToGradients(network.Layers[i], new([.. rows.Select(row => row.Products[i])], [.. rows.Select(row => row.Biases[i])], isInTurn));
        }
    }

    /// <summary>A row without a penalty.</summary>
    private RowPasses Pass(Symbol[][] units, Symbol e)
    {
        RowPasses passes = new(network.Layers.Count);
        Symbol[] deltas = [e];
        recording.Cut();
        for (int i = network.Layers.Count - 1; i >= 0; i--)
        {
            passes.Products[i] = [(deltas, units[i])];
            passes.Biases[i] = deltas;
            deltas = i == 0 ? [] : InputDeltas(network.Layers[i], [units[i]], [deltas], isHidden: true)[0];
        }

        return passes;
    }

    private RowPasses Pass(Symbol[][] units, Symbol e, Func<Symbol, Symbol> scale)
    {
        int layers = network.Layers.Count;
        Symbol[][] sums = new Symbol[layers][], slopes = new Symbol[layers + 1][];
        slopes[layers] = [O.Constant(1)];
        recording.Cut();
        for (int i = layers - 1; i >= 0; i--)
        {
            sums[i] = [.. Enumerable.Range(0, network.Layers[i].Inputs).Select(input => BackwardSum(network.Layers[i], slopes[i + 1], input))];
            slopes[i] = i == 0 ? [] : [.. sums[i].Select((sum, unit) => Descend(network.Hidden, units[i][unit], sum))];
        }

        Symbol v = scale(sums[0].Aggregate(Zero, (squared, g) => O.Fma(g, g, squared)));
        recording.Cut();
        Symbol[][] pretangents = new Symbol[layers][], tangents = new Symbol[layers][];
        tangents[0] = [.. sums[0].Select(g => O.Multiply(v, g))];
        for (int i = 1; i < layers; i++)
        {
            Layer below = network.Layers[i - 1];
            pretangents[i] = [.. Enumerable.Range(0, below.Outputs).Select(unit =>
                tangents[i - 1].Select((tangent, input) => (tangent, input)).Aggregate(Zero, (sum, one) => O.Fma(parameters.Weight(below, unit, one.input), one.tangent, sum)))];
            tangents[i] = [.. pretangents[i].Select((pretangent, unit) => Descend(network.Hidden, units[i][unit], pretangent))];
        }

        return network.Hidden.IsPiecewiseLinear ? Straight(units, e, slopes, tangents) : Bent(units, e, sums, slopes, pretangents, tangents);
    }

    /// <summary>Without curvature m is e d.</summary>
    private RowPasses Straight(Symbol[][] units, Symbol e, Symbol[][] slopes, Symbol[][] tangents)
    {
        int layers = network.Layers.Count;
        RowPasses passes = new(layers);
        for (int i = 0; i < layers; i++)
        {
            Symbol[] inputs = [.. tangents[i].Select((tangent, input) => O.Fma(e, units[i][input], tangent))];
            passes.Products[i] = [(slopes[i + 1], inputs)];
            passes.Biases[i] = i == layers - 1 ? [e] : [.. slopes[i + 1].Select(slope => O.Multiply(e, slope))];
        }

        return passes;
    }

    /// <summary>The second pass back, from e down.</summary>
    private RowPasses Bent(Symbol[][] units, Symbol e, Symbol[][] sums, Symbol[][] slopes, Symbol[][] pretangents, Symbol[][] tangents)
    {
        int layers = network.Layers.Count;
        RowPasses passes = new(layers);
        Symbol coefficient = O.Constant(network.Hidden.Coefficient);
        Symbol[] deltas = [e];
        recording.Cut();
        for (int i = layers - 1; i >= 0; i--)
        {
            passes.Products[i] = [(slopes[i + 1], tangents[i]), (deltas, units[i])];
            passes.Biases[i] = deltas;
            Symbol[] above = deltas;
            deltas = i == 0 ? [] : [.. units[i].Select((value, unit) =>
            {
                Symbol bend = O.Multiply(O.Multiply(network.Hidden.SecondDerivative(value, coefficient, O), pretangents[i][unit]), sums[i][unit]);
                return O.Fma(network.Hidden.Derivative(value, coefficient, O), BackwardSum(network.Layers[i], above, unit), bend);
            })];
        }

        return passes;
    }

    /// <summary>What a row adds to the gradients of each layer.</summary>
    private sealed class RowPasses(int layers)
    {
        public (Symbol[] OfUnits, Symbol[] OfInputs)[][] Products { get; } = new (Symbol[], Symbol[])[layers][];

        public Symbol[][] Biases { get; } = new Symbol[layers][];
    }
}
