using System.Runtime.CompilerServices;
using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Training.Optimizers;

/// <summary>
/// Adam that anticipates the step to come: <c>p -= 2 lr d - lr d'</c>, d Adam's direction, d' that of the step before; the first step is a
/// plain one (Daskalakis et al., "Training GANs with Optimism", 2018, algorithm 1). Keeps m, v and d.
/// </summary>
public readonly struct OptimisticAdam : IOptimizer
{
    /// <inheritdoc/>
    public string Word => "optimistic-adam";

    /// <inheritdoc/>
    public int StateWords => 3;

    /// <inheritdoc/>
    public bool CorrectsBias => true;

    /// <inheritdoc/>
    public bool AsksWhetherFirst => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public OptimizerState<T> Move<T, TOps>(OptimizerState<T> state, T gradient, OptimizerStep<T> common, TOps o)
        where TOps : struct, IOperations<T>
    {
        Adam.Moments(state, gradient, common, o, out T first, out T second, out T direction);
        direction = o.Multiply(common.FirstCorrection, direction);
        return new(Optimism.Move(state.Parameter, direction, state.Third, common, o), first, second, direction);
    }
}
