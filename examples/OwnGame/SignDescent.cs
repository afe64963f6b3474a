using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Training.Optimizers;

namespace OwnGame;

/// <summary>A step of the learning rate against the sign of a running sum of gradients.</summary>
public readonly struct SignDescent : IOptimizer
{
    /// <inheritdoc/>
    public string Word => "sign";

    /// <inheritdoc/>
    public int StateWords => 1;

    /// <inheritdoc/>
    public OptimizerState<T> Move<T, TOps>(OptimizerState<T> state, T gradient, OptimizerStep<T> common, TOps o)
        where TOps : struct, IOperations<T>
    {
        T sum = o.Fma(o.Constant(0.5f), state.First, gradient);
        return state with { Parameter = o.Subtract(state.Parameter, o.CopySign(common.LearningRate, sum)), First = sum };
    }
}
