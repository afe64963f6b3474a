using System.Runtime.CompilerServices;
using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Training.Optimizers;

/// <summary>The step of the optimistic optimisers.</summary>
internal static class Optimism
{
    /// <summary><c>p - lr (2 d - d')</c>; in the first step, which has none before it, d' is d.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Move<T, TOps>(T parameter, T direction, T before, OptimizerStep<T> common, TOps o)
        where TOps : struct, IOperations<T>
    {
        T last = o.SelectLess(o.Constant(0), common.IsFirst, direction, before);
        return o.Fma(o.Negate(common.LearningRate), o.Fma(o.Constant(2), direction, o.Negate(last)), parameter);
    }
}
