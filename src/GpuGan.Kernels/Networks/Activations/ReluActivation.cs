using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Networks.Activations;

/// <summary>max(0, x); derivative 1 above zero, else 0, as PyTorch's. NaN passes through.</summary>
public readonly struct ReluActivation : IActivation
{
    /// <inheritdoc/>
    public string Word => "relu";

    /// <inheritdoc/>
    public bool IsPiecewiseLinear => true;

    /// <inheritdoc/>
    public T Value<T, TOps>(T preactivation, T coefficient, TOps o)
        where TOps : struct, IOperations<T> =>
        o.SelectLess(preactivation, o.Constant(0), o.Constant(0), preactivation);

    /// <inheritdoc/>
    public T Derivative<T, TOps>(T value, T coefficient, TOps o)
        where TOps : struct, IOperations<T> =>
        o.SelectLess(o.Constant(0), value, o.Constant(1), o.Constant(0));

    /// <inheritdoc/>
    public T SecondDerivative<T, TOps>(T value, T coefficient, TOps o)
        where TOps : struct, IOperations<T> => o.Constant(0);
}
