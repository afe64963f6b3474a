using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Training.Losses;

/// <summary>
/// max(0, 1 - a) and max(0, 1 + b), with derivative 0 at the kinks; the generator minimises -b (Lim and Ye, "Geometric GAN", 2017).
/// </summary>
public readonly struct HingeLoss : ILoss
{
    /// <inheritdoc/>
    public string Word => "hinge";

    /// <inheritdoc/>
    public T RealValue<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T> => o.SelectLess(real, o.Constant(1), o.Subtract(o.Constant(1), real), PassNaN(real, o));

    /// <inheritdoc/>
    public T RealDerivative<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T> => o.SelectLess(real, o.Constant(1), o.Constant(-1), PassNaN(real, o));

    /// <inheritdoc/>
    public T FakeValue<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T> => o.SelectLess(o.Constant(-1), generated, o.Add(o.Constant(1), generated), PassNaN(generated, o));

    /// <inheritdoc/>
    public T FakeDerivative<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T> => o.SelectLess(o.Constant(-1), generated, o.Constant(1), PassNaN(generated, o));

    /// <inheritdoc/>
    public T GeneratorValue<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T> => o.Negate(generated);

    /// <inheritdoc/>
    public T GeneratorDerivative<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T> => o.Constant(-1);

    // 0, or NaN where there was one: a training that diverged must not look well.
    private static T PassNaN<T, TOps>(T x, TOps o)
        where TOps : struct, IOperations<T> => o.Multiply(x, o.Constant(0));
}
