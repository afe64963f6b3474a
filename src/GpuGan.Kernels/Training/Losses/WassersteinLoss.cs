using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Training.Losses;

/// <summary>
/// -a and b: the discriminator, a critic, widens the distance of the means of its logits, the generator minimises -b (Arjovsky et al.,
/// "Wasserstein GAN", 2017, equation 2). Meant for a discriminator with clipped weights or a penalty on its gradient.
/// </summary>
public readonly struct WassersteinLoss : ILoss
{
    /// <inheritdoc/>
    public string Word => "wasserstein";

    /// <inheritdoc/>
    public bool IsShiftInvariant => true;

    /// <inheritdoc/>
    public T RealValue<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T> => o.Negate(real);

    /// <inheritdoc/>
    public T RealDerivative<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T> => o.Constant(-1);

    /// <inheritdoc/>
    public T FakeValue<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T> => generated;

    /// <inheritdoc/>
    public T FakeDerivative<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T> => o.Constant(1);

    /// <inheritdoc/>
    public T GeneratorValue<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T> => o.Negate(generated);

    /// <inheritdoc/>
    public T GeneratorDerivative<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T> => o.Constant(-1);
}
