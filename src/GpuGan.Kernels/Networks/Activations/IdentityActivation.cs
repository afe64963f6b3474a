using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Networks.Activations;

/// <summary>x; derivative 1.</summary>
public readonly struct IdentityActivation : IActivation
{
    /// <inheritdoc/>
    public string Word => "identity";

    /// <inheritdoc/>
    public bool IsPiecewiseLinear => true;

    /// <inheritdoc/>
    public T Value<T, TOps>(T preactivation, T coefficient, TOps o)
        where TOps : struct, IOperations<T> => preactivation;

    /// <inheritdoc/>
    public T Derivative<T, TOps>(T value, T coefficient, TOps o)
        where TOps : struct, IOperations<T> => o.Constant(1);

    /// <inheritdoc/>
    public T SecondDerivative<T, TOps>(T value, T coefficient, TOps o)
        where TOps : struct, IOperations<T> => o.Constant(0);
}
