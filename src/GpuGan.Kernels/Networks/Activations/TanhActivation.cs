using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Networks.Activations;

/// <summary>tanh x; derivative 1 - y², second derivative -2 y (1 - y²).</summary>
public readonly struct TanhActivation : IActivation
{
    /// <inheritdoc/>
    public string Word => "tanh";

    /// <inheritdoc/>
    public bool IsPiecewiseLinear => false;

    /// <inheritdoc/>
    public T Value<T, TOps>(T preactivation, T coefficient, TOps o)
        where TOps : struct, IOperations<T> => o.Tanh(preactivation);

    /// <inheritdoc/>
    public T Derivative<T, TOps>(T value, T coefficient, TOps o)
        where TOps : struct, IOperations<T> => o.Fma(o.Negate(value), value, o.Constant(1));

    /// <inheritdoc/>
    public T SecondDerivative<T, TOps>(T value, T coefficient, TOps o)
        where TOps : struct, IOperations<T> => o.Multiply(o.Multiply(o.Constant(-2), value), Derivative(value, coefficient, o));
}
