using System.Runtime.CompilerServices;
using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Training.Optimizers;

/// <summary>The running mean of a gradient, which Adam follows.</summary>
internal static class FirstMoment
{
    // Where gradients have vanished, the mean would fall to a few units of the smallest denormal number and stay there, as .9 of those rounds
    // to as many; processors take a hundred cycles for each.
    private const float Negligible = SecondMoment.Smallest;

    /// <summary><c>m + (1-b1) (g-m)</c>; zero where its magnitude is below 2^-100.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Next<T, TOps>(T moment, T gradient, OptimizerStep<T> common, TOps o)
        where TOps : struct, IOperations<T>
    {
        T next = o.Fma(common.OneMinusBeta1, o.Subtract(gradient, moment), moment);
        return o.SelectLess(o.Abs(next), o.Constant(Negligible), o.Constant(0), next);
    }
}
