using System.Runtime.CompilerServices;
using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Training.Optimizers;

/// <summary>
/// RMSProp, as PyTorch's: <c>v = b2 v + (1-b2) g²</c>, <c>p -= lr g / (sqrt(v) + eps)</c> (Tieleman and Hinton 2012). Keeps v.
/// </summary>
public readonly struct RmsProp : IOptimizer
{
    /// <inheritdoc/>
    public string Word => "rmsprop";

    /// <inheritdoc/>
    public int StateWords => 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public OptimizerState<T> Move<T, TOps>(OptimizerState<T> state, T gradient, OptimizerStep<T> common, TOps o)
        where TOps : struct, IOperations<T>
    {
        T moment = SecondMoment.Next(state.First, gradient, common, o);
        T direction = o.Multiply(gradient, o.Reciprocal(o.Add(o.SquareRoot(moment), common.Epsilon)));
        return state with { Parameter = o.Fma(o.Negate(common.LearningRate), direction, state.Parameter), First = moment };
    }
}
