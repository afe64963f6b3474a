using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Networks.Activations;
using ILGPU;

namespace GpuGan.Kernels.Stepwise;

/// <summary>
/// The forward pass: <c>y[unit] = activation(b[unit] + sum over inputs of w[unit, input] x[input])</c>, layer by layer;
/// behind the last layer of the discriminator stands nothing. Each sum begins with the bias and adds the inputs in order, by fused multiply-add.
/// One thread is one row, which it carries through all layers.
/// </summary>
internal static class Forward
{
    /// <summary>The generator alone: makes the fake rows, where the discriminator's phase has not made them.</summary>
    /// <param name="row">From 0: the fake rows of the batch.</param>
    /// <param name="noise"><c>[row, unit]</c>, the latent rows of this batch.</param>
    /// <param name="generator">Its units are filled.</param>
    public static void Make<TGenerator, TOutput>(Index1D row, ArrayView<float> noise, NetworkView generator)
        where TGenerator : struct, IActivation
        where TOutput : struct, IActivation
    {
        Copy(noise, row * generator.Inputs, generator.Units, generator.InputOf(row), generator.Inputs);
        Pass<TGenerator, TOutput>(generator, row);
    }

    /// <summary>The discriminator's phase: makes the fake rows, and judges both the real and the fake ones.</summary>
    /// <param name="row">From 0: the real rows of the batch, then the fake ones.</param>
    /// <param name="data"><c>[row, column]</c>, all real rows.</param>
    /// <param name="real">Which of them this batch has.</param>
    /// <param name="noise"><c>[row, unit]</c>, the latent rows of this batch.</param>
    /// <param name="added">What is added to the rows.</param>
    /// <param name="generator">Its units are filled.</param>
    /// <param name="discriminator">Its units are filled.</param>
    /// <param name="groups">Where its rows are.</param>
    public static void Discriminator<TGenerator, TOutput, TDiscriminator>(
        Index1D row,
        ArrayView<float> data,
        BatchRows real,
        ArrayView<float> noise,
        InputNoise added,
        NetworkView generator,
        NetworkView discriminator,
        RowGroups groups)
        where TGenerator : struct, IActivation
        where TOutput : struct, IActivation
        where TDiscriminator : struct, IActivation
    {
        if (row < groups.Fake)
        {
            Copy(data, real.Number(row) * discriminator.Inputs, discriminator.Units, discriminator.InputOf(row), discriminator.Inputs);
        }
        else
        {
            int fake = row - groups.Fake;
            Make<TGenerator, TOutput>(fake, noise, generator);
            Copy(generator.Units, generator.OutputOf(fake), discriminator.Units, discriminator.InputOf(row), discriminator.Inputs);
        }

        added.AddTo(discriminator, row, row);
        Pass<TDiscriminator, IdentityActivation>(discriminator, row);
    }

    /// <summary>Judges the rows between the real and the fake ones, <c>u x + (1-u) G(z)</c>, as the discriminator saw both.</summary>
    /// <param name="row">From 0: the rows of the batch.</param>
    /// <param name="mix"><c>[row]</c>, u, from 0 to below 1.</param>
    /// <param name="discriminator">Its units, from its phase; the group of these rows is filled.</param>
    /// <param name="groups">Where its rows are.</param>
    public static void Between<TDiscriminator>(Index1D row, ArrayView<float> mix, NetworkView discriminator, RowGroups groups)
        where TDiscriminator : struct, IActivation
    {
        DeviceOperations o = default;
        for (int i = 0; i < discriminator.Inputs; i++)
        {
            float real = discriminator.Units[discriminator.InputOf(row) + i];
            float fake = discriminator.Units[discriminator.InputOf(groups.Fake + row) + i];
            discriminator.Units[discriminator.InputOf(groups.Between + row) + i] = o.Fma(mix[row], o.Subtract(real, fake), fake);
        }

        Pass<TDiscriminator, IdentityActivation>(discriminator, groups.Between + row);
    }

    /// <summary>The generator's phase: the discriminator, as it is now, judges the fake rows, and the real ones where the loss compares them.</summary>
    /// <param name="row">From 0: the fake rows of the batch, then the real ones.</param>
    /// <param name="data"><c>[row, column]</c>, all real rows.</param>
    /// <param name="real">Which of them this batch has.</param>
    /// <param name="added">What is added to the rows.</param>
    /// <param name="generator">Its units, from the discriminator's phase or from <see cref="Make"/>.</param>
    /// <param name="discriminator">The groups of this phase are filled.</param>
    /// <param name="groups">Where its rows are.</param>
    public static void Generator<TDiscriminator>(
        Index1D row, ArrayView<float> data, BatchRows real, InputNoise added, NetworkView generator, NetworkView discriminator, RowGroups groups)
        where TDiscriminator : struct, IActivation
    {
        int judged = groups.Generated + row;
        if (row < groups.Batch)
        {
            Copy(generator.Units, generator.OutputOf(row), discriminator.Units, discriminator.InputOf(judged), discriminator.Inputs);
            added.AddTo(discriminator, judged, groups.Fake + row);
        }
        else
        {
            int again = row - groups.Batch;
            Copy(data, real.Number(again) * discriminator.Inputs, discriminator.Units, discriminator.InputOf(judged), discriminator.Inputs);
            added.AddTo(discriminator, judged, again);
        }

        Pass<TDiscriminator, IdentityActivation>(discriminator, judged);
    }

    /// <summary>Carries one row through all layers of a network.</summary>
    private static void Pass<THidden, TOutput>(NetworkView network, int row)
        where THidden : struct, IActivation
        where TOutput : struct, IActivation
    {
        DeviceOperations o = default;
        THidden hidden = default;
        TOutput last = default;
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
                float sum = network.Biases == 0 ? 0 : network.Parameters[bias + unit];
                for (int source = 0; source < inputs; source++)
                {
                    sum = o.Fma(network.Parameters[weight + (unit * inputs) + source], network.Units[input + source], sum);
                }

                network.Units[output + unit] = layer < network.Layers - 1
                    ? hidden.Value(sum, network.HiddenCoefficient, o)
                    : last.Value(sum, network.OutputCoefficient, o);
            }

            weight = bias + (network.Biases * outputs);
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
