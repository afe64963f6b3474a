using System.Runtime.CompilerServices;
using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Training.Optimizers;

/// <summary>
/// Adam (Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015, algorithm 1), in the order of operations
/// of PyTorch's: <c>m += (1-b1) (g-m)</c>, <c>v += (1-b2) (g²-v)</c>,
/// <c>p -= lr / (1-b1^t) * m / (sqrt(v) / sqrt(1-b2^t) + eps)</c>. Keeps m and v.
/// </summary>
public readonly struct Adam : IOptimizer
{
    /// <inheritdoc/>
    public string Word => "adam";

    /// <inheritdoc/>
    public int StateWords => 2;

    /// <inheritdoc/>
    public bool CorrectsBias => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public OptimizerState<T> Move<T, TOps>(OptimizerState<T> state, T gradient, OptimizerStep<T> common, TOps o)
        where TOps : struct, IOperations<T>
    {
        Moments(state, gradient, common, o, out T first, out T second, out T direction);
        return state with { Parameter = o.Fma(o.Negate(common.StepSize), direction, state.Parameter), First = first, Second = second };
    }

    /// <summary>The moments after a step, and the first, without its correction, over the root of the second, with its own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Moments<T, TOps>(OptimizerState<T> state, T gradient, OptimizerStep<T> common, TOps o, out T first, out T second, out T direction)
        where TOps : struct, IOperations<T>
    {
        first = FirstMoment.Next(state.First, gradient, common, o);
        second = SecondMoment.Next(state.Second, gradient, common, o);
        direction = o.Multiply(first, o.Reciprocal(o.Fma(o.SquareRoot(second), common.SecondCorrection, common.Epsilon)));
    }
}
