using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Networks.Activations;

/// <summary>1 / (1 + exp(-x)); derivative y (1 - y).</summary>
public readonly struct SigmoidActivation : IActivation
{
    /// <inheritdoc/>
    public T Value<T, TOps>(T preactivation, TOps o)
        where TOps : struct, IOperations<T> => o.Sigmoid(preactivation);

    /// <inheritdoc/>
    public T Derivative<T, TOps>(T value, TOps o)
        where TOps : struct, IOperations<T> => o.Fma(o.Negate(value), value, value);
}
