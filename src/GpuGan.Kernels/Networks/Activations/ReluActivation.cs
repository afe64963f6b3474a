using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Networks.Activations;

/// <summary>max(0, x); derivative 1 above zero, else 0, as PyTorch's. NaN passes through.</summary>
public readonly struct ReluActivation : IActivation
{
    /// <inheritdoc/>
    public T Value<T, TOps>(T preactivation, TOps o)
        where TOps : struct, IOperations<T> =>
        o.SelectLess(preactivation, o.Constant(0), o.Constant(0), preactivation);

    /// <inheritdoc/>
    public T Derivative<T, TOps>(T value, TOps o)
        where TOps : struct, IOperations<T> =>
        o.SelectLess(o.Constant(0), value, o.Constant(1), o.Constant(0));
}
