using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Training.Losses;

/// <summary>-log D(G(z)) (Goodfellow et al. 2014, section 3); derivative sigmoid(logit) - 1.</summary>
public readonly struct NonSaturatingLoss : IGeneratorLoss
{
    /// <inheritdoc/>
    public T Value<T, TOps>(T logit, TOps o)
        where TOps : struct, IOperations<T> => BinaryCrossEntropy.AgainstOne(logit, o);

    /// <inheritdoc/>
    public T Derivative<T, TOps>(T logit, TOps o)
        where TOps : struct, IOperations<T> => BinaryCrossEntropy.AgainstOneDerivative(logit, o);
}
