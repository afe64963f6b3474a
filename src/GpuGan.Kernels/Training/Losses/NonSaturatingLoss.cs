using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Training.Losses;

/// <summary>
/// Cross-entropy; the generator minimises -log D(G(z)), with strong gradients while the discriminator wins (Goodfellow et al.,
/// "Generative Adversarial Nets", 2014, section 3).
/// </summary>
public readonly struct NonSaturatingLoss : ILoss
{
    /// <inheritdoc/>
    public string Word => "non-saturating";

    /// <inheritdoc/>
    public bool TakesLabels => true;

    /// <inheritdoc/>
    public float Weight => 0.5f;

    /// <inheritdoc/>
    public T RealValue<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T> => BinaryCrossEntropy.AgainstOne(real, o);

    /// <inheritdoc/>
    public T RealDerivative<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T> => BinaryCrossEntropy.AgainstOneDerivative(real, o);

    /// <inheritdoc/>
    public T FakeValue<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T> => BinaryCrossEntropy.AgainstZero(generated, o);

    /// <inheritdoc/>
    public T FakeDerivative<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T> => BinaryCrossEntropy.AgainstZeroDerivative(generated, o);

    /// <inheritdoc/>
    public T GeneratorValue<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T> => BinaryCrossEntropy.AgainstOne(generated, o);

    /// <inheritdoc/>
    public T GeneratorDerivative<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T> => BinaryCrossEntropy.AgainstOneDerivative(generated, o);
}
