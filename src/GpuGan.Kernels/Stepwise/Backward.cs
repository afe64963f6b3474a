using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Networks.Activations;
using GpuGan.Kernels.Training.Losses;
using ILGPU;

namespace GpuGan.Kernels.Stepwise;

/// <summary>
/// The backward pass (Rumelhart, Hinton, Williams 1986): from the derivative of the loss at the logit down to a delta for
/// each unit, the derivative with respect to its pre-activation:
/// <c>delta[input] = activation'(x[input]) * sum over units of w[unit, input] delta[unit]</c>. Each sum begins with zero
/// and adds the units in order, by fused multiply-add. One thread is one row, which it carries back through all layers.
/// </summary>
internal static class Backward
{
    /// <summary>The discriminator's phase: the loss's weight times (mean loss of the real rows + mean loss of the fake rows).</summary>
    /// <param name="row">From 0: the real rows of the batch, then the fake ones.</param>
    /// <param name="discriminator">Its units, from the forward pass; its deltas are filled.</param>
    /// <param name="groups">Where its rows are.</param>
    /// <param name="labels">Those of the real rows.</param>
    /// <param name="scale">The loss's weight / batch.</param>
    public static void Discriminator<TDiscriminator, TLoss>(Index1D row, NetworkView discriminator, RowGroups groups, Labels labels, float scale)
        where TDiscriminator : struct, IActivation
        where TLoss : struct, ILoss
    {
        DeviceOperations o = default;
        int pair = row < groups.Fake ? row : row - groups.Fake;
        float real = discriminator.LogitOf(pair);
        float fake = discriminator.LogitOf(groups.Fake + pair);
        float derivative = row >= groups.Fake ? default(TLoss).FakeDerivative(real, fake, o)
            : labels.AreSmoothed == 1 ? SmoothedLabels.Derivative(default(TLoss), real, fake, labels.Smoothing, o)
            : default(TLoss).RealDerivative(real, fake, o);
        discriminator.Deltas[discriminator.OutputOf(row)] = o.Multiply(derivative, scale);
        Pass<TDiscriminator>(discriminator, row);
    }

    /// <summary>The generator's phase: its mean loss, through the discriminator, whose parameters stay as they are.</summary>
    /// <param name="row">From 0: the fake rows of the batch.</param>
    /// <param name="generator">Its units, from the forward pass; its deltas are filled.</param>
    /// <param name="discriminator">Its units, from the forward pass; the deltas of the fake rows of this phase are filled.</param>
    /// <param name="groups">Where its rows are.</param>
    /// <param name="scale">1 / batch.</param>
    public static void Generator<TGenerator, TOutput, TDiscriminator, TLoss>(
        Index1D row, NetworkView generator, NetworkView discriminator, RowGroups groups, float scale)
        where TGenerator : struct, IActivation
        where TOutput : struct, IActivation
        where TDiscriminator : struct, IActivation
        where TLoss : struct, ILoss
    {
        DeviceOperations o = default;
        int judged = groups.Generated + row;
        float derivative = default(TLoss).GeneratorDerivative(discriminator.LogitOf(groups.Partner(row)), discriminator.LogitOf(judged), o);
        discriminator.Deltas[discriminator.OutputOf(judged)] = o.Multiply(derivative, scale);
        Pass<TDiscriminator>(discriminator, judged);
        for (int unit = 0; unit < generator.Outputs; unit++)
        {
            int made = generator.OutputOf(row) + unit;
            float slope = default(TOutput).Derivative(generator.Units[made], generator.OutputCoefficient, o);
            generator.Deltas[made] = o.Multiply(InputDelta(discriminator, judged, unit), slope);
        }

        Pass<TGenerator>(generator, row);
    }

    /// <summary>sum over units of w[unit, source] delta[unit], in order.</summary>
    /// <param name="network">Whose weights.</param>
    /// <param name="deltas">Laid out as its units.</param>
    /// <param name="weight">Where the weights of the layer begin.</param>
    /// <param name="layer">Which one.</param>
    /// <param name="output">Where the row's units above it begin.</param>
    /// <param name="source">Which of the units below it.</param>
    internal static float Sum(NetworkView network, ArrayView<float> deltas, int weight, int layer, int output, int source)
    {
        DeviceOperations o = default;
        int inputs = network.Widths[layer];
        float sum = 0;
        for (int unit = 0; unit < network.Widths[layer + 1]; unit++)
        {
            sum = o.Fma(network.Parameters[weight + (unit * inputs) + source], deltas[output + unit], sum);
        }

        return sum;
    }

    /// <summary>Carries the deltas of a row's outputs back to the first hidden layer of a network.</summary>
    private static void Pass<THidden>(NetworkView network, int row)
        where THidden : struct, IActivation
    {
        DeviceOperations o = default;
        THidden hidden = default;
        int end = network.Parameters.IntLength;
        int output = network.OutputOf(row);
        for (int layer = network.Layers - 1; layer > 0; layer--)
        {
            int inputs = network.Widths[layer];
            int weight = network.WeightsBefore(end, layer);
            int input = output - inputs;
            for (int source = 0; source < inputs; source++)
            {
                float sum = Sum(network, network.Deltas, weight, layer, output, source);
                float slope = hidden.Derivative(network.Units[input + source], network.HiddenCoefficient, o);
                network.Deltas[input + source] = o.Multiply(sum, slope);
            }

            end = weight;
            output = input;
        }
    }

    /// <summary>The derivative of the loss with respect to one input of a network.</summary>
    private static float InputDelta(NetworkView network, int row, int source) =>
        Sum(network, network.Deltas, 0, 0, network.InputOf(row) + network.Inputs, source);
}
