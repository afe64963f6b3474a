using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Networks;
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
    /// <summary>The discriminator's phase: (mean loss of the real rows + mean loss of the fake rows) / 2.</summary>
    /// <param name="row">From 0: the real rows of the batch, then the fake ones.</param>
    /// <param name="discriminator">Its units, from the forward pass; its deltas are filled.</param>
    /// <param name="batch">Number of rows of this batch.</param>
    /// <param name="scale">1 / (2 batch).</param>
    public static void Discriminator<TActivation>(Index1D row, NetworkView discriminator, int batch, float scale)
        where TActivation : struct, IActivation
    {
        DeviceOperations o = default;
        int output = discriminator.OutputOf(row);
        float logit = discriminator.Units[output];
        float derivative = row < batch
            ? BinaryCrossEntropy.AgainstOneDerivative(logit, o)
            : BinaryCrossEntropy.AgainstZeroDerivative(logit, o);
        discriminator.Deltas[output] = o.Multiply(derivative, scale);
        Pass<TActivation>(discriminator, row);
    }

    /// <summary>The generator's phase: its mean loss, through the discriminator, whose parameters stay as they are.</summary>
    /// <param name="row">From 0: the fake rows of the batch.</param>
    /// <param name="generator">Its units, from the forward pass; its deltas are filled.</param>
    /// <param name="discriminator">Its units, from the forward pass; the deltas of its third group of rows are filled.</param>
    /// <param name="batch">Number of rows of this batch.</param>
    /// <param name="scale">1 / batch.</param>
    public static void Generator<TActivation, TLoss>(
        Index1D row, NetworkView generator, NetworkView discriminator, int batch, float scale)
        where TActivation : struct, IActivation
        where TLoss : struct, IGeneratorLoss
    {
        DeviceOperations o = default;
        int judged = (2 * batch) + row;
        int output = discriminator.OutputOf(judged);
        discriminator.Deltas[output] = o.Multiply(default(TLoss).Derivative(discriminator.Units[output], o), scale);
        Pass<TActivation>(discriminator, judged);
        for (int unit = 0; unit < generator.Outputs; unit++)
        {
            generator.Deltas[generator.OutputOf(row) + unit] = InputDelta(discriminator, judged, unit);
        }

        Pass<TActivation>(generator, row);
    }

    /// <summary>Carries the deltas of a row's outputs back to the first hidden layer of a network.</summary>
    private static void Pass<TActivation>(NetworkView network, int row)
        where TActivation : struct, IActivation
    {
        DeviceOperations o = default;
        TActivation activation = default;
        int end = network.Parameters.IntLength;
        int output = network.OutputOf(row);
        for (int layer = network.Layers - 1; layer > 0; layer--)
        {
            int inputs = network.Widths[layer];
            int outputs = network.Widths[layer + 1];
            int weight = end - ((inputs + 1) * outputs);
            int input = output - inputs;
            for (int source = 0; source < inputs; source++)
            {
                float sum = BackwardSum(network, weight, inputs, outputs, output, source);
                network.Deltas[input + source] = o.Multiply(sum, activation.Derivative(network.Units[input + source], o));
            }

            end = weight;
            output = input;
        }
    }

    /// <summary>The derivative of the loss with respect to one input of a network.</summary>
    private static float InputDelta(NetworkView network, int row, int source) =>
        BackwardSum(network, 0, network.Inputs, network.Widths[1], network.InputOf(row) + network.Inputs, source);

    /// <summary>sum over units of w[unit, source] delta[unit], in order.</summary>
    private static float BackwardSum(NetworkView network, int weight, int inputs, int outputs, int output, int source)
    {
        DeviceOperations o = default;
        float sum = 0;
        for (int unit = 0; unit < outputs; unit++)
        {
            sum = o.Fma(network.Parameters[weight + (unit * inputs) + source], network.Deltas[output + unit], sum);
        }

        return sum;
    }
}
