using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Networks.Activations;

/// <summary>tanh x; derivative 1 - y².</summary>
public readonly struct TanhActivation : IActivation
{
    /// <inheritdoc/>
    public T Value<T, TOps>(T preactivation, TOps o)
        where TOps : struct, IOperations<T> => o.Tanh(preactivation);

    /// <inheritdoc/>
    public T Derivative<T, TOps>(T value, TOps o)
        where TOps : struct, IOperations<T> => o.Fma(o.Negate(value), value, o.Constant(1));
}
