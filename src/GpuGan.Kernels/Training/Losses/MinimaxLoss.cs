using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Training.Losses;

/// <summary>log(1 - D(G(z))) (Goodfellow et al. 2014, equation 1); derivative -sigmoid(logit).</summary>
public readonly struct MinimaxLoss : IGeneratorLoss
{
    /// <inheritdoc/>
    public T Value<T, TOps>(T logit, TOps o)
        where TOps : struct, IOperations<T> => o.Negate(BinaryCrossEntropy.AgainstZero(logit, o));

    /// <inheritdoc/>
    public T Derivative<T, TOps>(T logit, TOps o)
        where TOps : struct, IOperations<T> => o.Negate(BinaryCrossEntropy.AgainstZeroDerivative(logit, o));
}
