using GpuGan.Kernels.Compiled.Recordings;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training.Optimizers;

namespace GpuGan.Kernels.Compiled.Steps;

/// <summary>
/// The parameters of a network lie side by side in vectors, in scratch memory, where a member has all lanes of its thread. A pass reads each
/// parameter into all lanes; gradients are summed and parameters updated a vector at a time, the rows of a gradient one after the other.
/// </summary>
internal sealed class ParametersInLanes : RecordedParameters
{
    // As many sums as stay in registers beside what is added to them.
    private const int SumsAtOnce = 8;
    private const int VectorsOfSection = 16, MostGroups = 2, FactorsOfGroup = 3;

    private readonly Recording recording;
    private readonly RowsInLanes walk;
    private readonly IOptimizer optimizer;
    private readonly StateLayout layout;
    private readonly int offset, parameters, averages, ofOuter, ofInner, longestOuter, longestInner;
    private readonly bool isAveraged;
    private readonly LayerVectors[] vectors;
    private readonly int[] state;
    private readonly Variable[] gradients;

    /// <summary>Records the loading of a network.</summary>
    /// <param name="recording">Where.</param>
    /// <param name="walk">How rows are passed.</param>
    /// <param name="network">Its widths.</param>
    /// <param name="optimizer">How it is updated.</param>
    /// <param name="isAveraged">Whether the averages of its parameters are kept.</param>
    /// <param name="hasPenalty">Whether its gradients are those of a penalty too.</param>
    /// <param name="layout">Where its state lies.</param>
    /// <param name="offset">Its first parameter's number among those of both networks.</param>
    public ParametersInLanes(
        Recording recording, RowsInLanes walk, Network network, IOptimizer optimizer, bool isAveraged, bool hasPenalty, StateLayout layout, int offset)
    {
        (this.recording, this.walk, this.optimizer, this.isAveraged, this.layout, this.offset) = (recording, walk, optimizer, isAveraged, layout, offset);
        List<LayerVectors> places = [];
        foreach (Layer layer in network.Layers)
        {
            places.Add(new LayerVectors(layer, walk.Lanes, places.Sum(place => place.Count), hasPenalty));
        }

        vectors = [.. places];
        int count = vectors.Sum(place => place.Count);
        longestOuter = vectors.Max(place => place.Outer);
        longestInner = vectors.Max(place => place.Blocks) * walk.Lanes;
        parameters = Scratch(count);
        state = [.. Enumerable.Range(0, optimizer.StateWords).Select(_ => Scratch(count))];
        averages = Scratch(isAveraged ? count : 0);
        ofOuter = Scratch(MostGroups * FactorsOfGroup * longestOuter);
        ofInner = Scratch(MostGroups * FactorsOfGroup * longestInner);
        gradients = [.. Enumerable.Range(0, count).Select(_ => recording.NewVariable(SymbolKind.Number))];
        recording.Section(() =>
        {
            foreach ((int start, int word) in Kept())
            {
                for (int i = 0; i < count; i++)
                {
                    recording.StoreScratch(recording.Index(start + i), Zero);
                }

                foreach ((int place, int number) in Places())
                {
                    recording.StoreElement(recording.Index((start * walk.Lanes) + place), recording.LoadState(SymbolKind.Number, word + number));
                }
            }
        });
    }

    private RecordingOperations O => recording.Operations;

    private Symbol Zero => O.Constant(0);

    /// <inheritdoc/>
    public override Symbol Weight(Layer layer, int unit, int input) => Element(VectorsOf(layer).PlaceOf(unit, input));

    /// <inheritdoc/>
    public override Symbol Bias(Layer layer, int unit) => Element(VectorsOf(layer).PlaceOf(unit, layer.Inputs));

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
        LayerVectors place = VectorsOf(layer);
        GroupTerms[] groups = [.. Enumerable.Range(0, terms.OfWeights.Length).Select(group => Store(place, group, terms.OfWeights[group], terms.OfBiases[group]))];
        foreach (int[] outers in Enumerable.Range(0, place.Outer).Chunk(Math.Max(1, SumsAtOnce / place.Blocks)))
        {
            foreach (GroupTerms[] inTurn in terms.IsInTurn ? [groups] : groups.Select(group => new[] { group }))
            {
                recording.Section(() => walk.EachRow(rows => AddRows(place, outers, inTurn, rows)));
            }
        }
    }

    /// <inheritdoc/>
    public override Symbol Update(OptimizerStep<Symbol> shared, Symbol? clip, Symbol? taken, Symbol finite)
    {
        IEnumerable<(int Vector, int Used)> all = vectors.SelectMany(place =>
            Enumerable.Range(0, place.Count).Select(i => (place.First + i, place.LanesOf(i % place.Blocks))));
        foreach ((int Vector, int Used)[] section in all.Chunk(VectorsOfSection))
        {
            recording.Section(() =>
            {
                foreach ((int vector, int used) in section)
                {
                    finite = Update(vector, used, shared, clip, taken, finite);
                }
            });
        }

        return finite;
    }

    /// <inheritdoc/>
    public override void Store() => recording.Section(() =>
    {
        foreach ((int start, int word) in Kept())
        {
            foreach ((int place, int number) in Places())
            {
                recording.StoreState(word + number, recording.LoadElement(recording.Index((start * walk.Lanes) + place)));
            }
        }
    });

    private Symbol Update(int vector, int used, OptimizerStep<Symbol> shared, Symbol? clip, Symbol? taken, Symbol finite)
    {
        var before = new OptimizerState<Symbol>(Load(parameters), State(0), State(1), State(2));
        OptimizerState<Symbol> after = optimizer.Move(before, recording.Get(gradients[vector]), shared, O);
        Symbol parameter = clip is Symbol bound ? WeightClip.Clamp(after.Parameter, bound, O) : after.Parameter;
        if (used < walk.Lanes)
        {
            // What an idle lane has computed must not count as a parameter.
            parameter = O.SelectLess(O.ToNumber(recording.Lane()), O.Constant(used), parameter, Zero);
        }

        Save(parameters, parameter);
        Symbol[] words = [after.First, after.Second, after.Third];
        for (int word = 0; word < state.Length; word++)
        {
            Save(state[word], words[word]);
        }

        if (isAveraged)
        {
            Save(averages, ParameterAverage.Next(Load(averages), parameter, taken!.Value, O));
        }

        return O.Fma(parameter, Zero, finite);

        Symbol State(int word) => word < state.Length ? Load(state[word]) : Zero;

        Symbol Load(int start) => recording.LoadScratch(recording.Index(start + vector));

        void Save(int start, Symbol value) => recording.StoreScratch(recording.Index(start + vector), value);
    }

    /// <summary>Writes the factors of a group to scratch memory: the outer ones to be read a row at a time, the inner ones with each row's side by side.</summary>
    private GroupTerms Store(LayerVectors place, int group, (Symbol[] OfUnits, Symbol[] OfInputs)[] products, Symbol[] biases)
    {
        List<(int Outer, int Inner)> factors = [];
        int? ofBiases = null;
        int next = group * FactorsOfGroup;
        foreach ((Symbol[] ofUnits, Symbol[] ofInputs) in products)
        {
            int outer = ofOuter + (next * longestOuter), inner = ofInner + (next * longestInner);
            factors.Add((outer, inner));
            next++;
            if (place.InLanesAreUnits)
            {
                StoreOuter(outer, ofInputs);
                StoreInner(inner, ofUnits);
                ofBiases = ReferenceEquals(ofUnits, biases) ? inner : ofBiases;
            }
            else
            {
                StoreOuter(outer, ofUnits);
                StoreInner(inner, place.Layer.HasBias ? [.. ofInputs, O.Constant(1)] : ofInputs);
            }
        }

        if (place.InLanesAreUnits && place.Layer.HasBias && ofBiases is null)
        {
            ofBiases = ofInner + (next * longestInner);
            StoreInner(ofBiases.Value, biases);
        }

        return new GroupTerms([.. factors], ofBiases);

        void StoreOuter(int start, Symbol[] values)
        {
            for (int i = 0; i < values.Length; i++)
            {
                recording.StoreScratch(recording.Index(start + i), values[i]);
            }
        }

        void StoreInner(int start, Symbol[] values)
        {
            foreach (Symbol[] block in values.Chunk(walk.Lanes))
            {
                recording.StoreTransposed(recording.Index(start), [.. block, .. Enumerable.Repeat(Zero, walk.Lanes - block.Length)]);
                start += walk.Lanes;
            }
        }
    }

    /// <summary>Adds rows to some sums of a layer.</summary>
    private void AddRows(LayerVectors place, int[] outers, GroupTerms[] inTurn, Symbol[] rows)
    {
        (int Outer, int Block)[] all = [.. outers.SelectMany(outer => Enumerable.Range(0, place.Blocks).Select(block => (outer, block)))];
        Variable[] own = [.. all.Select(one => gradients[place.First + (one.Outer * place.Blocks) + one.Block])];
        Symbol[] sums = [.. own.Select(recording.Get)];
        foreach ((Symbol row, GroupTerms group) in rows.SelectMany(row => inTurn.Select(group => (row, group))))
        {
            foreach ((int outerStart, int innerStart) in group.Factors)
            {
                Symbol[] inner = Inner(innerStart, row);
                for (int i = 0; i < all.Length; i++)
                {
                    if (!IsOfBiases(all[i].Outer))
                    {
                        Symbol outer = recording.LoadElement(row, (outerStart + all[i].Outer) * walk.Lanes);
                        sums[i] = O.Fma(outer, inner[all[i].Block], sums[i]);
                    }
                }
            }

            if (IsOfBiases(outers[^1]))
            {
                Symbol[] inner = Inner(group.OfBiases!.Value, row);
                for (int i = 0; i < all.Length; i++)
                {
                    sums[i] = IsOfBiases(all[i].Outer) ? O.Add(sums[i], inner[all[i].Block]) : sums[i];
                }
            }
        }

        for (int i = 0; i < own.Length; i++)
        {
            recording.Set(own[i], sums[i]);
        }

        bool IsOfBiases(int outer) => place.InLanesAreUnits && outer == place.Layer.Inputs;

        Symbol[] Inner(int start, Symbol row) =>
            [.. Enumerable.Range(0, place.Blocks).Select(block => recording.LoadScratch(row, start + (block * walk.Lanes)))];
    }

    private Symbol Element(int place) => recording.LoadElement(recording.Index((parameters * walk.Lanes) + place));

    private LayerVectors VectorsOf(Layer layer) => vectors.First(place => place.Layer == layer);

    /// <summary>What is kept from launch to launch: where it begins in scratch memory, and in the state.</summary>
    private IEnumerable<(int Start, int Word)> Kept()
    {
        yield return (parameters, StateLayout.Parameter + offset);
        for (int word = 0; word < state.Length; word++)
        {
            yield return (state[word], layout.OptimizerWord(word) + offset);
        }

        if (isAveraged)
        {
            yield return (averages, layout.Average);
        }
    }

    /// <summary>The place of each parameter among the lanes, and its number in the network.</summary>
    private IEnumerable<(int Place, int Number)> Places()
    {
        foreach (LayerVectors place in vectors)
        {
            Layer layer = place.Layer;
            for (int unit = 0; unit < layer.Outputs; unit++)
            {
                for (int input = 0; input < layer.Inputs; input++)
                {
                    yield return (place.PlaceOf(unit, input), layer.WeightOffset + (unit * layer.Inputs) + input);
                }

                if (layer.HasBias)
                {
                    yield return (place.PlaceOf(unit, layer.Inputs), layer.BiasOffset + unit);
                }
            }
        }
    }

    private int Scratch(int length)
    {
        recording.Scratch(length);
        return recording.ScratchLength - length;
    }

    /// <summary>Where the factors of a group's rows lie, for each product; and where what is added to biases that have vectors of their own.</summary>
    private readonly record struct GroupTerms((int Outer, int Inner)[] Factors, int? OfBiases);
}
