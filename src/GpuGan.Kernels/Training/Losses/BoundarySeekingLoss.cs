using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Training.Losses;

/// <summary>
/// Cross-entropy; the generator minimises b² / 2, half the square of log D - log(1 - D): it seeks the boundary on which the discriminator
/// cannot decide (Hjelm et al., "Boundary-Seeking Generative Adversarial Networks", 2018, equation 15).
/// </summary>
public readonly struct BoundarySeekingLoss : ILoss
{
    /// <inheritdoc/>
    public string Word => "boundary-seeking";

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
        where TOps : struct, IOperations<T> => o.Multiply(o.Constant(0.5f), o.Multiply(generated, generated));

    /// <inheritdoc/>
    public T GeneratorDerivative<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T> => generated;
}
