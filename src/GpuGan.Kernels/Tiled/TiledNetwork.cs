using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Networks.Activations;
using GpuGan.Kernels.Training.Optimizers;

namespace GpuGan.Kernels.Tiled;

/// <summary>
/// A network in memory, and its passes over the rows of a tile: each layer is a product and then an elementwise pass. Its sums have the order that
/// the stepwise engine gives them: forward, the bias and then the inputs; back, zero and then the outputs; of a gradient, zero and then the rows.
/// </summary>
internal sealed class TiledNetwork
{
    // Of a part's sums, which stay in the first-level cache, and of the smallest part that is worth handing out.
    private const int MostSums = 6144, LeastTerms = 100_000;

    private readonly Network network;
    private readonly IProduct product;
    private readonly IActivationPass hidden, output;
    private readonly IOptimizerPass optimizer;
    private readonly float[] parameters, gradients;
    private readonly float[][] words;
    private readonly float[] averages;
    private readonly float averageTaken;

    /// <summary>Allocates it.</summary>
    /// <param name="network">The network.</param>
    /// <param name="initial">Its parameters.</param>
    /// <param name="optimizer">How it is updated.</param>
    /// <param name="average">How much of the averaged parameters an update leaves; 0 for no average.</param>
    /// <param name="code">For how many lanes.</param>
    public TiledNetwork(Network network, ReadOnlySpan<float> initial, IOptimizer optimizer, double average, VectorCode code)
    {
        this.network = network;
        product = code.Product();
        hidden = code.Activation(network.Hidden);
        output = code.Activation(network.Output);
        this.optimizer = code.Optimizer(optimizer);
        parameters = initial.ToArray();
        gradients = new float[parameters.Length];
        words = [.. Enumerable.Range(0, optimizer.StateWords).Select(_ => new float[parameters.Length])];
        averages = average == 0 ? [] : initial.ToArray();
        averageTaken = (float)(1 - average);
    }

    /// <summary>Numbers that it takes: parameters, gradients, what the optimiser keeps, averages.</summary>
    public static long LengthOf(Network network, IOptimizer optimizer, double average) =>
        (2L + optimizer.StateWords + (average == 0 ? 0 : 1)) * network.ParameterCount;

    /// <summary>Numbers of scratch that a part of the gradient takes.</summary>
    public const int ScratchLength = MostSums;

    /// <summary>Its parameters.</summary>
    public ReadOnlySpan<float> Parameters => parameters;

    /// <summary>The gradients of the last update.</summary>
    public ReadOnlySpan<float> Gradients => gradients;

    /// <summary>Its averaged parameters; none where there is no average.</summary>
    public ReadOnlySpan<float> Averages => averages;

    /// <summary>A word that the optimiser keeps of each parameter; zeros where it keeps fewer.</summary>
    public ReadOnlySpan<float> Word(int word) => word < words.Length ? words[word] : new float[parameters.Length];

    /// <summary>Replaces the parameters by those of another training.</summary>
    public void WriteParameters(ReadOnlySpan<float> values) => values.CopyTo(parameters);

    /// <summary>Replaces the averaged parameters.</summary>
    public void WriteAverages(ReadOnlySpan<float> values) => values.CopyTo(averages);

    /// <summary>Replaces a word of each parameter.</summary>
    public void WriteWord(int word, ReadOnlySpan<float> values)
    {
        if (word < words.Length)
        {
            values.CopyTo(words[word]);
        }
    }

    /// <summary>Carries rows from the inputs through all layers.</summary>
    /// <param name="tile">Its inputs are there; the other units are filled.</param>
    /// <param name="rows">How many.</param>
    public void Forward(UnitRows tile, int rows)
    {
        for (int i = 0; i < network.Layers.Count; i++)
        {
            Layer layer = network.Layers[i];
            ReadOnlySpan<float> biases = layer.HasBias ? parameters.AsSpan(layer.BiasOffset, layer.Outputs) : [];
            SumForward(i, tile.Units(layer.InputOffset), tile.Units(layer.OutputOffset), biases, tile.Stride, rows);
            if (network.Behind(i) is not IdentityActivation)
            {
                IActivationPass activation = i < network.Layers.Count - 1 ? hidden : output;
                activation.Apply(Block(layer.Outputs, rows, tile.Stride), tile.Units(layer.OutputOffset), network.Behind(i).Coefficient);
            }
        }
    }

    /// <summary>Carries deltas of the outputs back to the first hidden layer.</summary>
    /// <param name="tile">Its units are there, and the deltas of its outputs; those of the hidden layers are filled.</param>
    /// <param name="rows">How many.</param>
    public void Backward(UnitRows tile, int rows)
    {
        for (int i = network.Layers.Count - 1; i > 0; i--)
        {
            Layer layer = network.Layers[i];
            Span<float> below = tile.Deltas(layer.InputOffset);
            SumBack(i, tile.Deltas(layer.OutputOffset), below, tile.Stride, rows);
            MultiplyByDerivative(layer.Inputs, tile.Units(layer.InputOffset), below, below, tile.Stride, rows);
        }
    }

    /// <summary>After <see cref="Backward"/>: fills the derivatives with respect to the inputs.</summary>
    public void BackwardToInputs(UnitRows tile, int rows) => SumBack(0, tile.Deltas(network.Layers[0].OutputOffset), tile.Deltas(0), tile.Stride, rows);

    /// <summary>Sums over the inputs of a layer, each from its bias on, or from zero where there are none.</summary>
    public void SumForward(int layer, ReadOnlySpan<float> below, Span<float> above, ReadOnlySpan<float> biases, int stride, int rows)
    {
        Layer its = network.Layers[layer];
        ProductShape shape = new(its.Outputs, Vectors(rows), its.Inputs, its.Inputs, 1, stride, stride);
        product.Begin(shape, parameters.AsSpan(its.WeightOffset), below, biases, above);
    }

    /// <summary>Sums over the outputs of a layer.</summary>
    public void SumBack(int layer, ReadOnlySpan<float> above, Span<float> below, int stride, int rows)
    {
        Layer its = network.Layers[layer];
        ProductShape shape = new(its.Inputs, Vectors(rows), its.Outputs, 1, its.Inputs, stride, stride);
        product.Begin(shape, parameters.AsSpan(its.WeightOffset), above, [], below);
    }

    /// <summary>Times the derivatives of the activations of some hidden units.</summary>
    public void MultiplyByDerivative(int count, ReadOnlySpan<float> units, ReadOnlySpan<float> sums, Span<float> products, int stride, int rows) =>
        hidden.MultiplyByDerivative(Block(count, rows, stride), units, sums, products, network.Hidden.Coefficient);

    /// <summary><see cref="IActivationPass.Bend"/> of some hidden units.</summary>
    public void Bend(int count, ReadOnlySpan<float> units, ReadOnlySpan<float> pretangents, ReadOnlySpan<float> slopes, Span<float> sums, int stride, int rows) =>
        hidden.Bend(Block(count, rows, stride), units, pretangents, slopes, sums, network.Hidden.Coefficient);

    /// <summary>Makes the derivatives with respect to the outputs, which stand where their deltas do, deltas.</summary>
    public void MultiplyByOutputDerivative(UnitRows tile, int rows)
    {
        if (network.Output is not IdentityActivation)
        {
            int first = network.Layers[^1].OutputOffset;
            output.MultiplyByDerivative(
                Block(network.Outputs, rows, tile.Stride), tile.Units(first), tile.Deltas(first), tile.Deltas(first), network.Output.Coefficient);
        }
    }

    /// <summary>The parts of the gradient, each of which one thread computes: some outputs and some inputs of a layer.</summary>
    /// <param name="terms">What is added: it decides how the layers lie in the lanes.</param>
    /// <param name="rows">How many rows are added.</param>
    /// <param name="threads">How many threads there are.</param>
    public IReadOnlyList<GradientPart> Parts(GradientTerms terms, int rows, int threads)
    {
        List<GradientPart> parts = [];
        long all = (long)rows * network.ParameterCount;
        long most = threads == 1 ? long.MaxValue : Math.Max(LeastTerms, all / (4 * threads));
        for (int i = 0; i < network.Layers.Count; i++)
        {
            Layer layer = network.Layers[i];
            int inLanes = Vectors(terms.AreOutputsInLanes[i] ? layer.Outputs : layer.Inputs), units = terms.AreOutputsInLanes[i] ? layer.Inputs : layer.Outputs;
            for (int vector = 0, vectors; vector < inLanes; vector += vectors)
            {
                int left = inLanes - vector;
                vectors = left == 4 ? 2 : Math.Min(3, left);
                int lanes = vectors * product.Lanes;
                int atOnce = (int)Math.Min(MostSums / lanes, most / ((long)rows * lanes));
                atOnce = Math.Max(4, atOnce / 4 * 4);
                for (int unit = 0; unit < units; unit += atOnce)
                {
                    parts.Add(new GradientPart(i, vector * product.Lanes, vectors, unit, Math.Min(atOnce, units - unit)));
                }
            }
        }

        return parts;
    }

    /// <summary>Computes a part of the gradient.</summary>
    /// <param name="part">Which.</param>
    /// <param name="rows">What is added, in this order.</param>
    /// <param name="scratch">Of <see cref="ScratchLength"/>.</param>
    public void Gradient(GradientPart part, ReadOnlySpan<GradientRows> rows, Span<float> scratch)
    {
        (int layer, int firstLane, int vectors, int firstUnit, int units) = part;
        Layer its = network.Layers[layer];
        int lanes = vectors * product.Lanes;
        bool areOutputsInLanes = rows[0].Terms.AreOutputsInLanes[layer];
        Span<float> sums = scratch[..(units * lanes)];
        sums.Clear();
        foreach ((GradientTerms terms, int first, int count, _, _) in rows)
        {
            Span<float> from = terms.Vectors(layer, first, out int stride);
            product.Continue(new ProductShape(units, vectors, count, terms.FactorStride, 1, stride, lanes), terms.Factors(layer, firstUnit, first), from[firstLane..], sums);
        }

        if (areOutputsInLanes)
        {
            int outputs = Math.Min(lanes, its.Outputs - firstLane);
            Transposed.Copy(sums, lanes, units, outputs, gradients.AsSpan(its.WeightOffset + (firstLane * its.Inputs) + firstUnit), its.Inputs);
            if (its.HasBias && firstUnit == 0 && rows[0].Terms.HasRowsOwnDeltas)
            {
                // Adding is multiplying by 1 and adding.
                Span<float> biases = scratch[..lanes];
                biases.Clear();
                foreach ((GradientTerms terms, int first, int count, _, _) in rows)
                {
                    Span<float> from = terms.Vectors(layer, first, out int stride);
                    product.Continue(new ProductShape(1, vectors, count, 0, 0, stride, lanes), [1], from[firstLane..], biases);
                }

                biases[..outputs].CopyTo(gradients.AsSpan(its.BiasOffset + firstLane));
            }
            else if (its.HasBias && firstUnit == 0)
            {
                BiasGradients(layer, firstLane, outputs, rows);
            }
        }
        else
        {
            int inputs = Math.Min(lanes, its.Inputs - firstLane);
            for (int unit = 0; unit < units; unit++)
            {
                sums.Slice(unit * lanes, inputs).CopyTo(gradients.AsSpan(its.WeightOffset + ((firstUnit + unit) * its.Inputs) + firstLane));
            }

            if (its.HasBias && firstLane == 0)
            {
                BiasGradients(layer, firstUnit, units, rows);
            }
        }
    }

    /// <summary>Moves some parameters by their gradients.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="count">How many.</param>
    /// <param name="common">What all share.</param>
    /// <param name="clip">What they are clamped to; 0 for nothing.</param>
    /// <returns>Whether all are finite.</returns>
    public bool Move(int first, int count, OptimizerStep<float> common, float clip)
    {
        return optimizer.Move(
            new OptimizedNumbers
            {
                Parameters = parameters.AsSpan(first, count),
                Gradients = gradients.AsSpan(first, count),
                First = Kept(0),
                Second = Kept(1),
                Third = Kept(2),
                Averages = averages.Length == 0 ? [] : averages.AsSpan(first, count),
            },
            common,
            clip,
            averageTaken);

        Span<float> Kept(int word) => word < words.Length ? words[word].AsSpan(first, count) : [];
    }

    /// <summary>Sums of deltas, several at a time, as each waits for its last addition.</summary>
    private void BiasGradients(int layer, int first, int count, ReadOnlySpan<GradientRows> rows)
    {
        const int AtOnce = 8;
        Span<float> sums = gradients.AsSpan(network.Layers[layer].BiasOffset + first, count);
        sums.Clear();
        foreach ((GradientTerms terms, _, _, int firstRow, int rowCount) in rows)
        {
            int unit = 0;
            int stride = terms.DeltaStride;
            for (; unit <= count - AtOnce; unit += AtOnce)
            {
                ReadOnlySpan<float> deltas = terms.Deltas(layer, first + unit, firstRow);
                float a = sums[unit], b = sums[unit + 1], c = sums[unit + 2], d = sums[unit + 3];
                float e = sums[unit + 4], f = sums[unit + 5], g = sums[unit + 6], h = sums[unit + 7];
                for (int row = 0; row < rowCount; row++)
                {
                    a += deltas[row];
                    b += deltas[row + stride];
                    c += deltas[row + (2 * stride)];
                    d += deltas[row + (3 * stride)];
                    e += deltas[row + (4 * stride)];
                    f += deltas[row + (5 * stride)];
                    g += deltas[row + (6 * stride)];
                    h += deltas[row + (7 * stride)];
                }

                (sums[unit], sums[unit + 1], sums[unit + 2], sums[unit + 3]) = (a, b, c, d);
                (sums[unit + 4], sums[unit + 5], sums[unit + 6], sums[unit + 7]) = (e, f, g, h);
            }

            for (; unit < count; unit++)
            {
                float sum = sums[unit];
                foreach (float delta in terms.Deltas(layer, first + unit, firstRow)[..rowCount])
                {
                    sum += delta;
                }

                sums[unit] = sum;
            }
        }
    }

    private int Vectors(int numbers) => (numbers + product.Lanes - 1) / product.Lanes;

    private UnitBlock Block(int units, int rows, int stride) => new(units, Vectors(rows) * product.Lanes, stride);
}

/// <summary>A part of a gradient.</summary>
/// <param name="Layer">Of which layer.</param>
/// <param name="FirstLane">The first of the numbers in the lanes, outputs or inputs.</param>
/// <param name="Vectors">How many vectors of them.</param>
/// <param name="FirstUnit">The first of the others.</param>
/// <param name="Units">How many of them.</param>
internal readonly record struct GradientPart(int Layer, int FirstLane, int Vectors, int FirstUnit, int Units);
