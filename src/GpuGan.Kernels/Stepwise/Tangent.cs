using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Networks.Activations;
using GpuGan.Kernels.Training.Penalties;
using ILGPU;

namespace GpuGan.Kernels.Stepwise;

/// <summary>
/// The gradient of a penalty on g, the gradient of the logit with respect to a row, without a graph of derivatives: a pass back for g, a
/// tangent pass along v, and a second pass back over values and tangents (Pearlmutter, "Fast Exact Multiplication by the Hessian", 1994).
/// With s = W a + b, a' = f(s), layer by layer, and e the loss's derivative at the logit:
/// <code>
/// back      u = W'd of the layer above, d = f'(s) u; above the last layer d = 1; at the row u is g
/// tangent   r = W t, t = f'(s) r; at the row t is v = factor g / batch
/// back      m = f''(s) r u + f'(s) W'm of the layer above; above the last layer m = e
/// </code>
/// A weight's gradient is then the sum over rows of <c>d t + m a</c>, a bias's that of m. For piecewise linear f there is no second pass back:
/// f'' = 0, so m = e d, and a weight's is that of <c>d (t + e a)</c>. One thread is one row.
/// </summary>
internal static class Tangent
{
    /// <summary>The kernel.</summary>
    /// <param name="row">From 0: the real rows of the batch, the fake ones, those between them.</param>
    /// <param name="discriminator">Its units, from the forward pass, and the deltas of its outputs, e; the others are filled with m.</param>
    /// <param name="penalty">Filled for the rows that have one.</param>
    /// <param name="groups">Where the rows are.</param>
    /// <param name="ofRows">1 / batch.</param>
    public static void Kernel<TDiscriminator>(Index1D row, NetworkView discriminator, PenaltyView penalty, RowGroups groups, float ofRows)
        where TDiscriminator : struct, IActivation
    {
        if (penalty.Has(row, groups) == 0)
        {
            return;
        }

        float strength = penalty.Of(row, groups);
        if (row >= groups.Between)
        {
            discriminator.Deltas[discriminator.OutputOf(row)] = 0;
        }

        Back<TDiscriminator>(discriminator, penalty, row);
        float squared = SquaredNorm(discriminator, penalty, row);
        DeviceOperations o = default;
        float factor = row >= groups.Between
            ? default(UnitGradient).Factor(squared, strength, o)
            : default(SquaredGradient).Factor(squared, strength, o);
        Forward<TDiscriminator>(discriminator, penalty, row, o.Multiply(factor, ofRows));
        BackAgain<TDiscriminator>(discriminator, penalty, row);
    }

    private static void Back<TDiscriminator>(NetworkView network, PenaltyView penalty, int row)
        where TDiscriminator : struct, IActivation
    {
        DeviceOperations o = default;
        int end = network.Parameters.IntLength;
        int output = network.OutputOf(row);
        penalty.Slopes[output] = 1;
        for (int layer = network.Layers - 1; layer >= 0; layer--)
        {
            int inputs = network.Widths[layer];
            int weight = network.WeightsBefore(end, layer);
            int input = output - inputs;
            for (int source = 0; source < inputs; source++)
            {
                int unit = input + source;
                float sum = Backward.Sum(network, penalty.Slopes, weight, layer, output, source);
                penalty.Sums[unit] = sum;
                float derivative = default(TDiscriminator).Derivative(network.Units[unit], network.HiddenCoefficient, o);
                penalty.Slopes[unit] = o.Multiply(sum, derivative);
            }

            end = weight;
            output = input;
        }
    }

    private static float SquaredNorm(NetworkView network, PenaltyView penalty, int row)
    {
        DeviceOperations o = default;
        float squared = 0;
        for (int i = 0; i < network.Inputs; i++)
        {
            float g = penalty.Sums[network.InputOf(row) + i];
            squared = o.Fma(g, g, squared);
        }

        return squared;
    }

    private static void Forward<TDiscriminator>(NetworkView network, PenaltyView penalty, int row, float scale)
        where TDiscriminator : struct, IActivation
    {
        DeviceOperations o = default;
        int weight = 0;
        int input = network.InputOf(row);
        for (int i = 0; i < network.Inputs; i++)
        {
            penalty.Tangents[input + i] = o.Multiply(scale, penalty.Sums[input + i]);
        }

        for (int layer = 0; layer < network.Layers - 1; layer++)
        {
            int inputs = network.Widths[layer];
            int outputs = network.Widths[layer + 1];
            int output = input + inputs;
            for (int unit = 0; unit < outputs; unit++)
            {
                float sum = 0;
                for (int source = 0; source < inputs; source++)
                {
                    sum = o.Fma(network.Parameters[weight + (unit * inputs) + source], penalty.Tangents[input + source], sum);
                }

                penalty.Pretangents[output + unit] = sum;
                float derivative = default(TDiscriminator).Derivative(network.Units[output + unit], network.HiddenCoefficient, o);
                penalty.Tangents[output + unit] = o.Multiply(sum, derivative);
            }

            weight += (inputs + network.Biases) * outputs;
            input = output;
        }
    }

    private static void BackAgain<TDiscriminator>(NetworkView network, PenaltyView penalty, int row)
        where TDiscriminator : struct, IActivation
    {
        DeviceOperations o = default;
        int end = network.Parameters.IntLength;
        int output = network.OutputOf(row);
        float e = network.Deltas[output];
        for (int layer = network.Layers - 1; layer > 0; layer--)
        {
            int inputs = network.Widths[layer];
            int weight = network.WeightsBefore(end, layer);
            int input = output - inputs;
            for (int source = 0; source < inputs; source++)
            {
                int unit = input + source;
                if (penalty.IsPiecewiseLinear == 1)
                {
                    network.Deltas[unit] = o.Multiply(e, penalty.Slopes[unit]);
                }
                else
                {
                    float value = network.Units[unit];
                    float second = default(TDiscriminator).SecondDerivative(value, network.HiddenCoefficient, o);
                    float bent = o.Multiply(o.Multiply(second, penalty.Pretangents[unit]), penalty.Sums[unit]);
                    float derivative = default(TDiscriminator).Derivative(value, network.HiddenCoefficient, o);
                    network.Deltas[unit] = o.Fma(derivative, Backward.Sum(network, network.Deltas, weight, layer, output, source), bent);
                }
            }

            end = weight;
            output = input;
        }
    }
}
