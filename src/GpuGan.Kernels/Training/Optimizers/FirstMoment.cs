using System.Runtime.CompilerServices;
using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Training.Optimizers;

/// <summary>The running mean of a gradient, which Adam follows.</summary>
internal static class FirstMoment
{
    /// <summary><c>m + (1-b1) (g-m)</c>; zero where its magnitude is below 2^-100.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Next<T, TOps>(T moment, T gradient, OptimizerStep<T> common, TOps o)
        where TOps : struct, IOperations<T> => o.ZeroIfTiny(o.Fma(common.OneMinusBeta1, o.Subtract(gradient, moment), moment));
}
