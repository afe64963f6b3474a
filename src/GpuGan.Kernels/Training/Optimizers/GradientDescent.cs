using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Training.Optimizers;

/// <summary>
/// Stochastic gradient descent with momentum, as PyTorch's <c>SGD</c>: <c>m = mu m + g</c>, <c>p -= lr m</c>. Keeps m. The momentum may be
/// negative (Gidel et al., "Negative Momentum for Improved Game Dynamics", 2019).
/// </summary>
public readonly struct GradientDescent : IOptimizer
{
    /// <inheritdoc/>
    public string Word => "sgd";

    /// <inheritdoc/>
    public int StateWords => 1;

    /// <inheritdoc/>
    public bool UsesMomentum => true;

    /// <inheritdoc/>
    public OptimizerState<T> Move<T, TOps>(OptimizerState<T> state, T gradient, OptimizerStep<T> common, TOps o)
        where TOps : struct, IOperations<T>
    {
        T moved = o.Fma(common.Momentum, state.First, gradient);
        return state with { Parameter = o.Fma(o.Negate(common.LearningRate), moved, state.Parameter), First = moved };
    }
}
