using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Training.Optimizers;
using ILGPU;

namespace GpuGan.Kernels.Stepwise;

/// <summary>
/// The update of a network: its gradient, <c>sum over rows of delta[row] * input[row]</c> (of <c>delta[row]</c> alone for a
/// bias), then <see cref="AdamRule"/>. The sum begins with zero and adds the rows in order, by fused multiply-add: no
/// atomics, so it has one result. One thread is one parameter.
/// </summary>
internal static class Adam
{
    /// <summary>The kernel.</summary>
    /// <param name="parameter">Which one.</param>
    /// <param name="network">Units and deltas of its first rows make the gradient; its parameters are updated.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="optimizer">Its buffers, <c>[parameter]</c>, are updated.</param>
    /// <param name="adam">What all parameters share in this step.</param>
    /// <param name="step">Which step, from 1.</param>
    public static void Kernel(
        Index1D parameter, NetworkView network, int rows, OptimizerView optimizer, AdamStep<float> adam, int step)
    {
        float gradient = Gradient(network, rows, parameter);
        optimizer.Gradients[parameter] = gradient;
        var state = new AdamState<float>(
            network.Parameters[parameter], optimizer.FirstMoments[parameter], optimizer.SecondMoments[parameter]);
        state = AdamRule.Step(state, gradient, adam, default(DeviceOperations));
        network.Parameters[parameter] = state.Parameter;
        optimizer.FirstMoments[parameter] = state.FirstMoment;
        optimizer.SecondMoments[parameter] = state.SecondMoment;
        if (!float.IsFinite(state.Parameter))
        {
            Atomic.Min(ref optimizer.DivergedAt[0], step);
        }
    }

    private static float Gradient(NetworkView network, int rows, int parameter)
    {
        // The layer that the parameter lies in.
        int layer = 0;
        int weight = 0;
        int input = 0;
        while (parameter >= weight + ((network.Widths[layer] + 1) * network.Widths[layer + 1]))
        {
            weight += (network.Widths[layer] + 1) * network.Widths[layer + 1];
            input += network.Widths[layer];
            layer++;
        }

        int inputs = network.Widths[layer];
        int weights = inputs * network.Widths[layer + 1];
        int index = parameter - weight;
        return index < weights
            ? WeightGradient(network, rows, input + inputs + (index / inputs), input + (index % inputs))
            : BiasGradient(network, rows, input + inputs + (index - weights));
    }

    private static float WeightGradient(NetworkView network, int rows, int unit, int input)
    {
        DeviceOperations o = default;
        float sum = 0;
        for (int row = 0; row < rows; row++)
        {
            int first = network.InputOf(row);
            sum = o.Fma(network.Deltas[first + unit], network.Units[first + input], sum);
        }

        return sum;
    }

    private static float BiasGradient(NetworkView network, int rows, int unit)
    {
        DeviceOperations o = default;
        float sum = 0;
        for (int row = 0; row < rows; row++)
        {
            sum = o.Add(sum, network.Deltas[network.InputOf(row) + unit]);
        }

        return sum;
    }
}

/// <summary>What the optimiser keeps of a network, <c>[parameter]</c> each.</summary>
/// <param name="gradients">The gradients of the last step.</param>
/// <param name="firstMoments">Running means of the gradients.</param>
/// <param name="secondMoments">Running means of the squared gradients.</param>
/// <param name="divergedAt">One number: the first step after which a parameter was not finite.</param>
internal readonly struct OptimizerView(
    ArrayView<float> gradients, ArrayView<float> firstMoments, ArrayView<float> secondMoments, ArrayView<int> divergedAt)
{
    public readonly ArrayView<float> Gradients = gradients;
    public readonly ArrayView<float> FirstMoments = firstMoments;
    public readonly ArrayView<float> SecondMoments = secondMoments;
    public readonly ArrayView<int> DivergedAt = divergedAt;
}
