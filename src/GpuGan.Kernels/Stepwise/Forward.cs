using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Networks;
using ILGPU;

namespace GpuGan.Kernels.Stepwise;

/// <summary>
/// The forward pass: <c>y[unit] = activation(b[unit] + sum over inputs of w[unit, input] x[input])</c>, layer by layer;
/// the last layer is linear. Each sum begins with the bias and adds the inputs in order, by fused multiply-add.
/// One thread is one row, which it carries through all layers.
/// </summary>
/// <remarks>
/// The discriminator holds three groups of rows: the real ones, the fake ones, and the fake ones again as it sees
/// them after its update. So the loss of both phases can be computed at the end of the step.
/// </remarks>
internal static class Forward
{
    /// <summary>The discriminator's phase: makes the fake rows, and judges both the real and the fake ones.</summary>
    /// <param name="row">From 0: the real rows of the batch, then the fake ones.</param>
    /// <param name="data"><c>[row, column]</c>, all real rows.</param>
    /// <param name="real">Which of them this batch has.</param>
    /// <param name="noise"><c>[row, unit]</c>, the latent rows of this batch.</param>
    /// <param name="generator">Its units are filled.</param>
    /// <param name="discriminator">Its units are filled.</param>
    /// <param name="batch">Number of rows of this batch.</param>
    public static void Discriminator<TActivation>(
        Index1D row, ArrayView<float> data, BatchRows real, ArrayView<float> noise, NetworkView generator, NetworkView discriminator, int batch)
        where TActivation : struct, IActivation
    {
        if (row < batch)
        {
            Copy(data, real.Number(row) * discriminator.Inputs, discriminator.Units, discriminator.InputOf(row), discriminator.Inputs);
        }
        else
        {
            int fake = row - batch;
            Copy(noise, fake * generator.Inputs, generator.Units, generator.InputOf(fake), generator.Inputs);
            Pass<TActivation>(generator, fake);
            Copy(generator.Units, generator.OutputOf(fake), discriminator.Units, discriminator.InputOf(row), discriminator.Inputs);
        }

        Pass<TActivation>(discriminator, row);
    }

    /// <summary>The generator's phase: the updated discriminator judges the same fake rows.</summary>
    /// <param name="row">From 0: the fake rows of the batch.</param>
    /// <param name="generator">Its units, from the discriminator's phase.</param>
    /// <param name="discriminator">Its third group of rows is filled.</param>
    /// <param name="batch">Number of rows of this batch.</param>
    public static void Generator<TActivation>(Index1D row, NetworkView generator, NetworkView discriminator, int batch)
        where TActivation : struct, IActivation
    {
        int judged = (2 * batch) + row;
        Copy(generator.Units, generator.OutputOf(row), discriminator.Units, discriminator.InputOf(judged), discriminator.Inputs);
        Pass<TActivation>(discriminator, judged);
    }

    /// <summary>Carries one row through all layers of a network.</summary>
    private static void Pass<TActivation>(NetworkView network, int row)
        where TActivation : struct, IActivation
    {
        DeviceOperations o = default;
        TActivation activation = default;
        int weight = 0;
        int input = network.InputOf(row);
        for (int layer = 0; layer < network.Layers; layer++)
        {
            int inputs = network.Widths[layer];
            int outputs = network.Widths[layer + 1];
            int bias = weight + (inputs * outputs);
            int output = input + inputs;
            for (int unit = 0; unit < outputs; unit++)
            {
                float sum = network.Parameters[bias + unit];
                for (int source = 0; source < inputs; source++)
                {
                    sum = o.Fma(network.Parameters[weight + (unit * inputs) + source], network.Units[input + source], sum);
                }

                network.Units[output + unit] = layer < network.Layers - 1 ? activation.Value(sum, o) : sum;
            }

            weight = bias + outputs;
            input = output;
        }
    }

    private static void Copy(ArrayView<float> source, int from, ArrayView<float> target, int to, int count)
    {
        for (int i = 0; i < count; i++)
        {
            target[to + i] = source[from + i];
        }
    }
}
