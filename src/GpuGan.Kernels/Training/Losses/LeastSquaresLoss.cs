using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Training.Losses;

/// <summary>
/// (a - 1)² and b²; the generator minimises (b - 1)² / 2 (Mao et al., "Least Squares Generative Adversarial Networks", 2017, equation 9:
/// labels 0 and 1).
/// </summary>
public readonly struct LeastSquaresLoss : ILoss
{
    /// <inheritdoc/>
    public string Word => "least-squares";

    /// <inheritdoc/>
    public float Weight => 0.5f;

    /// <inheritdoc/>
    public float UndecidedLogit => 0.5f;

    /// <inheritdoc/>
    public T RealValue<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T> => Square(o.Subtract(real, o.Constant(1)), o);

    /// <inheritdoc/>
    public T RealDerivative<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T> => o.Multiply(o.Constant(2), o.Subtract(real, o.Constant(1)));

    /// <inheritdoc/>
    public T FakeValue<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T> => Square(generated, o);

    /// <inheritdoc/>
    public T FakeDerivative<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T> => o.Multiply(o.Constant(2), generated);

    /// <inheritdoc/>
    public T GeneratorValue<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T> => o.Multiply(o.Constant(0.5f), Square(o.Subtract(generated, o.Constant(1)), o));

    /// <inheritdoc/>
    public T GeneratorDerivative<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T> => o.Subtract(generated, o.Constant(1));

    private static T Square<T, TOps>(T x, TOps o)
        where TOps : struct, IOperations<T> => o.Multiply(x, x);
}
