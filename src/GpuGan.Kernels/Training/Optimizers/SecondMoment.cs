using System.Runtime.CompilerServices;
using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Training.Optimizers;

/// <summary>The running mean of a squared gradient, which Adam and RMSProp divide by.</summary>
internal static class SecondMoment
{
    /// <summary>
    /// 2^-100: where the square root begins. Its root, 1e-15, is nothing beside the usual epsilon, and no division is by zero where there is none.
    /// </summary>
    public const float Smallest = ExactFunctions.Tiny;

    /// <summary><c>v + (1-b2) (g²-v)</c>, at least 2^-100.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Next<T, TOps>(T moment, T gradient, OptimizerStep<T> common, TOps o)
        where TOps : struct, IOperations<T> =>
        o.AtLeast(o.Fma(common.OneMinusBeta2, o.Fma(gradient, gradient, o.Negate(moment)), moment), Smallest);
}
