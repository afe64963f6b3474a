using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Networks.Activations;

/// <summary>x; derivative 1.</summary>
public readonly struct IdentityActivation : IActivation
{
    /// <inheritdoc/>
    public T Value<T, TOps>(T preactivation, TOps o)
        where TOps : struct, IOperations<T> => preactivation;

    /// <inheritdoc/>
    public T Derivative<T, TOps>(T value, TOps o)
        where TOps : struct, IOperations<T> => o.Constant(1);
}
