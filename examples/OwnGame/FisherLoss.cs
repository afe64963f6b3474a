using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Training.Losses;

namespace OwnGame;

/// <summary>a² - a and b² + b: pulls logits to 1/2 and -1/2.</summary>
public readonly struct FisherLoss : ILoss
{
    /// <inheritdoc/>
    public string Word => "fisher";

    /// <inheritdoc/>
    public T RealValue<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T> => o.Fma(real, real, o.Negate(real));

    /// <inheritdoc/>
    public T RealDerivative<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T> => o.Fma(o.Constant(2), real, o.Constant(-1));

    /// <inheritdoc/>
    public T FakeValue<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T> => o.Fma(generated, generated, generated);

    /// <inheritdoc/>
    public T FakeDerivative<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T> => o.Fma(o.Constant(2), generated, o.Constant(1));

    /// <inheritdoc/>
    public T GeneratorValue<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T> => o.Negate(generated);

    /// <inheritdoc/>
    public T GeneratorDerivative<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T> => o.Constant(-1);
}
