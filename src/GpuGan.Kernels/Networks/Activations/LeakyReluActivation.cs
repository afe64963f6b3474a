using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Networks.Activations;

/// <summary>x above zero, else 0.01 x; derivative 1 above zero, else 0.01, as PyTorch's.</summary>
public readonly struct LeakyReluActivation : IActivation
{
    private const float Slope = 0.01f;

    /// <inheritdoc/>
    public T Value<T, TOps>(T preactivation, TOps o)
        where TOps : struct, IOperations<T> =>
        o.SelectLess(o.Constant(0), preactivation, preactivation, o.Multiply(o.Constant(Slope), preactivation));

    /// <inheritdoc/>
    public T Derivative<T, TOps>(T value, TOps o)
        where TOps : struct, IOperations<T> =>
        o.SelectLess(o.Constant(0), value, o.Constant(1), o.Constant(Slope));
}
