using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Training.Optimizers;

/// <summary>
/// Gradient descent that anticipates the step to come: <c>p -= 2 lr g - lr g'</c>, g' the gradient of the step before; the first step is a
/// plain one (Daskalakis et al., "Training GANs with Optimism", 2018, equation 3). Keeps g.
/// </summary>
public readonly struct OptimisticGradientDescent : IOptimizer
{
    /// <inheritdoc/>
    public string Word => "optimistic-sgd";

    /// <inheritdoc/>
    public int StateWords => 1;

    /// <inheritdoc/>
    public bool AsksWhetherFirst => true;

    /// <inheritdoc/>
    public OptimizerState<T> Move<T, TOps>(OptimizerState<T> state, T gradient, OptimizerStep<T> common, TOps o)
        where TOps : struct, IOperations<T>
    {
        return state with { Parameter = Optimism.Move(state.Parameter, gradient, state.First, common, o), First = gradient };
    }
}
