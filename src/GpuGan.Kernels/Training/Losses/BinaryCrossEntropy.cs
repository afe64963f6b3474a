using System.Runtime.CompilerServices;
using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Training.Losses;

/// <summary>
/// Binary cross-entropy of one row, from its logit: what PyTorch's <c>BCELoss</c> makes of a sigmoid, without the
/// sigmoid's rounding. It is finite for any finite logit and clamped at 100, as PyTorch clamps the logarithm at -100;
/// the derivative is not clamped.
/// </summary>
internal static class BinaryCrossEntropy
{
    private const float LargestLoss = 100;

    /// <summary>-log sigmoid(logit): the loss against the label 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T AgainstOne<T, TOps>(T logit, TOps o)
        where TOps : struct, IOperations<T> => AgainstZero(o.Negate(logit), o);

    /// <summary>-log(1 - sigmoid(logit)): the loss against the label 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T AgainstZero<T, TOps>(T logit, TOps o)
        where TOps : struct, IOperations<T> => o.Clamp(ExactFunctions.Softplus(logit, o), 0, LargestLoss);

    /// <summary>sigmoid(logit) - 1, which is -sigmoid(-logit): the derivative of <see cref="AgainstOne"/> with respect to the logit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T AgainstOneDerivative<T, TOps>(T logit, TOps o)
        where TOps : struct, IOperations<T> => o.Negate(AgainstZeroDerivative(o.Negate(logit), o));

    /// <summary>sigmoid(logit): the derivative of <see cref="AgainstZero"/> with respect to the logit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T AgainstZeroDerivative<T, TOps>(T logit, TOps o)
        where TOps : struct, IOperations<T> => o.Sigmoid(logit);
}
