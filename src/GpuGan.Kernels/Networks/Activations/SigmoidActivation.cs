using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Networks.Activations;

/// <summary>1 / (1 + exp(-x)); derivative y (1 - y), second derivative y (1 - y) (1 - 2 y).</summary>
public readonly struct SigmoidActivation : IActivation
{
    /// <inheritdoc/>
    public string Word => "sigmoid";

    /// <inheritdoc/>
    public bool IsPiecewiseLinear => false;

    /// <inheritdoc/>
    public T Value<T, TOps>(T preactivation, T coefficient, TOps o)
        where TOps : struct, IOperations<T> => o.Sigmoid(preactivation);

    /// <inheritdoc/>
    public T Derivative<T, TOps>(T value, T coefficient, TOps o)
        where TOps : struct, IOperations<T> => o.Fma(o.Negate(value), value, value);

    /// <inheritdoc/>
    public T SecondDerivative<T, TOps>(T value, T coefficient, TOps o)
        where TOps : struct, IOperations<T> => o.Multiply(Derivative(value, coefficient, o), o.Fma(o.Constant(-2), value, o.Constant(1)));
}
