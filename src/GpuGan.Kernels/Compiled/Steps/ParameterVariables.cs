using GpuGan.Kernels.Compiled.Recordings;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training.Optimizers;

namespace GpuGan.Kernels.Compiled.Steps;

/// <summary>Each parameter of a network is a variable, and so is its gradient: a member has one lane.</summary>
internal sealed class ParameterVariables : RecordedParameters
{
    // They stay in registers where there are 32; where there are 16, shorter pieces are no quicker.
    private const int SumsOfPiece = 20;

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
    /// <param name="network">Its widths.</param>
    /// <param name="optimizer">How it is updated.</param>
    /// <param name="isAveraged">Whether the averages of its parameters are kept.</param>
    /// <param name="layout">Where its state lies.</param>
    /// <param name="offset">Its first parameter's number among those of both networks.</param>
    public ParameterVariables(Recording recording, Network network, IOptimizer optimizer, bool isAveraged, StateLayout layout, int offset)
    {
        (this.recording, this.network, this.optimizer, this.layout, this.offset) = (recording, network, optimizer, layout, offset);
        gradients = [.. Enumerable.Range(0, network.ParameterCount).Select(_ => recording.NewVariable(SymbolKind.Number))];
        parameters = Loaded(StateLayout.Parameter);
        state = [.. Enumerable.Range(0, optimizer.StateWords).Select(word => Loaded(layout.OptimizerWord(word)))];
        averages = isAveraged ? Loaded(layout.Average - offset) : [];
    }

    private RecordingOperations O => recording.Operations;

    private Symbol Zero => O.Constant(0);

    /// <inheritdoc/>
    public override Symbol Weight(Layer layer, int unit, int input) => recording.Get(parameters[layer.WeightOffset + (unit * layer.Inputs) + input]);

    /// <inheritdoc/>
    public override Symbol Bias(Layer layer, int unit) => recording.Get(parameters[layer.BiasOffset + unit]);

    /// <inheritdoc/>
    public override void ClearGradients()
    {
        foreach (Variable gradient in gradients)
        {
            recording.Set(gradient, Zero);
        }
    }

    /// <inheritdoc/>
    public override void AddToGradients(Layer layer, GradientTerms terms)
    {
        for (int unit = 0; unit < layer.Outputs; unit++)
        {
            recording.CutBefore((layer.Inputs + 1) * Recording.WholePiece / SumsOfPiece);
            for (int input = 0; input < layer.Inputs; input++)
            {
                Variable weight = gradients[layer.WeightOffset + (unit * layer.Inputs) + input];
                Symbol sum = recording.Get(weight);
                foreach ((Symbol[] ofUnits, Symbol[] ofInputs) in terms.OfWeights.SelectMany(row => row))
                {
                    sum = O.Fma(ofUnits[unit], ofInputs[input], sum);
                }

                recording.Set(weight, sum);
            }

            if (layer.HasBias)
            {
                Variable bias = gradients[layer.BiasOffset + unit];
                recording.Set(bias, terms.OfBiases.Aggregate(recording.Get(bias), (sum, row) => O.Add(sum, row[unit])));
            }
        }
    }

    /// <inheritdoc/>
    public override Symbol Update(OptimizerStep<Symbol> shared, Symbol? clip, Symbol? taken, Symbol finite)
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

    /// <inheritdoc/>
    public override void Store()
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

    private Variable[] Loaded(int firstWord) =>
        [.. Enumerable.Range(0, network.ParameterCount).Select(i => recording.Kept(SymbolKind.Number, firstWord + offset + i))];
}
