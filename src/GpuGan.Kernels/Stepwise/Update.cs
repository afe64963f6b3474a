using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Training.Optimizers;
using ILGPU;

namespace GpuGan.Kernels.Stepwise;

/// <summary>
/// The update of a network: its gradient, <c>sum over rows of delta[row] * input[row]</c> (of <c>delta[row]</c> alone for a
/// bias), then the optimiser. The sum begins with zero and adds the rows in order, by fused multiply-add: no
/// atomics, so it has one result. What rows with a penalty add, <see cref="Tangent"/> says. One thread is one parameter.
/// </summary>
internal static class Update
{
    /// <summary>The kernel.</summary>
    /// <param name="parameter">Which one.</param>
    /// <param name="network">Units and deltas of its first rows make the gradient; its parameters are updated.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="penalty">Of the rows that have one.</param>
    /// <param name="groups">Where the rows are, and in which order they are added.</param>
    /// <param name="optimizer">Its buffers, <c>[parameter]</c>, are updated.</param>
    /// <param name="shared">What all parameters share in this step.</param>
    /// <param name="isClipped">1 where the parameter is clamped, else 0.</param>
    /// <param name="clip">What it is clamped to, on both sides of zero.</param>
    /// <param name="step">Which step, from 1.</param>
    public static void Kernel<TOptimizer>(
        Index1D parameter,
        NetworkView network,
        int rows,
        PenaltyView penalty,
        RowGroups groups,
        OptimizerView optimizer,
        OptimizerStep<float> shared,
        int isClipped,
        float clip,
        int step)
        where TOptimizer : struct, IOptimizer
    {
        float gradient = Gradient(network, rows, penalty, groups, parameter);
        optimizer.Gradients[parameter] = gradient;
        OptimizerState<float> state = default(TOptimizer).Move(optimizer.Read(parameter, network.Parameters[parameter]), gradient, shared, default(DeviceOperations));
        float updated = isClipped == 0 ? state.Parameter : WeightClip.Clamp(state.Parameter, clip, default(DeviceOperations));
        network.Parameters[parameter] = updated;
        optimizer.Write(parameter, state);
        if (!float.IsFinite(updated))
        {
            Atomic.Min(ref optimizer.DivergedAt[0], step);
        }

        if (optimizer.IsAveraged == 1)
        {
            optimizer.Averages[parameter] = ParameterAverage.Next(optimizer.Averages[parameter], updated, optimizer.AverageTaken, default(DeviceOperations));
        }
    }

    private static float Gradient(NetworkView network, int rows, PenaltyView penalty, RowGroups groups, int parameter)
    {
        // The layer that the parameter lies in.
        int layer = 0;
        int weight = 0;
        int input = 0;
        while (parameter >= weight + ((network.Widths[layer] + network.Biases) * network.Widths[layer + 1]))
        {
            weight += (network.Widths[layer] + network.Biases) * network.Widths[layer + 1];
            input += network.Widths[layer];
            layer++;
        }

        int inputs = network.Widths[layer];
        int weights = inputs * network.Widths[layer + 1];
        int index = parameter - weight;
        return index < weights
            ? WeightGradient(network, rows, penalty, groups, input + inputs + (index / inputs), input + (index % inputs))
            : BiasGradient(network, rows, groups, input + inputs + (index - weights));
    }

    private static float WeightGradient(NetworkView network, int rows, PenaltyView penalty, RowGroups groups, int unit, int input)
    {
        DeviceOperations o = default;
        float sum = 0;
        for (int place = 0; place < rows; place++)
        {
            int row = groups.Ordered(place);
            int first = network.InputOf(row);
            float delta = network.Deltas[first + unit];
            float value = network.Units[first + input];
            if (penalty.Has(row, groups) == 0)
            {
                sum = o.Fma(delta, value, sum);
            }
            else if (penalty.IsPiecewiseLinear == 1)
            {
                float e = network.Deltas[network.OutputOf(row)];
                sum = o.Fma(penalty.Slopes[first + unit], o.Fma(e, value, penalty.Tangents[first + input]), sum);
            }
            else
            {
                sum = o.Fma(delta, value, o.Fma(penalty.Slopes[first + unit], penalty.Tangents[first + input], sum));
            }
        }

        return sum;
    }

    private static float BiasGradient(NetworkView network, int rows, RowGroups groups, int unit)
    {
        DeviceOperations o = default;
        float sum = 0;
        for (int place = 0; place < rows; place++)
        {
            sum = o.Add(sum, network.Deltas[network.InputOf(groups.Ordered(place)) + unit]);
        }

        return sum;
    }
}
