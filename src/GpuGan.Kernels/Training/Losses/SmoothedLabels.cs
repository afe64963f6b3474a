using System.Runtime.CompilerServices;
using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Training.Losses;

/// <summary>
/// The loss of a real row against the label 1 - s, for losses that are cross-entropies: (1-s) times that against 1 and s times that against 0
/// (Szegedy et al. 2016; one-sided, Salimans et al., "Improved Techniques for Training GANs", 2016, section 3.4).
/// </summary>
internal static class SmoothedLabels
{
    /// <summary>The loss.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<TLoss, T, TOps>(TLoss loss, T real, T generated, T smoothing, TOps o)
        where TLoss : ILoss
        where TOps : struct, IOperations<T> =>
        Mean(loss.RealValue(real, generated, o), loss.FakeValue(real, real, o), smoothing, o);

    /// <summary>Its derivative with respect to the logit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Derivative<TLoss, T, TOps>(TLoss loss, T real, T generated, T smoothing, TOps o)
        where TLoss : ILoss
        where TOps : struct, IOperations<T> =>
        Mean(loss.RealDerivative(real, generated, o), loss.FakeDerivative(real, real, o), smoothing, o);

    private static T Mean<T, TOps>(T againstOne, T againstZero, T smoothing, TOps o)
        where TOps : struct, IOperations<T> =>
        o.Fma(smoothing, againstZero, o.Multiply(o.Subtract(o.Constant(1), smoothing), againstOne));
}
