using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Training.Losses;

/// <summary>
/// Cross-entropy, the zero-sum game: the generator minimises log(1 - D(G(z))), which is negative (Goodfellow et al., "Generative
/// Adversarial Nets", 2014, equation 1).
/// </summary>
public readonly struct MinimaxLoss : ILoss
{
    /// <inheritdoc/>
    public string Word => "minimax";

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
        where TOps : struct, IOperations<T> => o.Negate(BinaryCrossEntropy.AgainstZero(generated, o));

    /// <inheritdoc/>
    public T GeneratorDerivative<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T> => o.Negate(BinaryCrossEntropy.AgainstZeroDerivative(generated, o));
}
