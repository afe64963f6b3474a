using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Networks.Activations;

namespace OwnGame;

/// <summary>x / (1 + c |x|), derivative (1 - c |y|)².</summary>
/// <param name="c">How soon it bends, positive.</param>
public readonly struct SoftSign(float c) : IActivation
{
    /// <inheritdoc/>
    public string Word => "softsign";

    /// <inheritdoc/>
    public bool IsPiecewiseLinear => false;

    /// <inheritdoc/>
    public float Coefficient { get; } = c;

    /// <inheritdoc/>
    public T Value<T, TOps>(T preactivation, T coefficient, TOps o)
        where TOps : struct, IOperations<T> =>
        o.Multiply(preactivation, o.Reciprocal(o.Fma(coefficient, o.Abs(preactivation), o.Constant(1))));

    /// <inheritdoc/>
    public T Derivative<T, TOps>(T value, T coefficient, TOps o)
        where TOps : struct, IOperations<T>
    {
        T root = Root(value, coefficient, o);
        return o.Multiply(root, root);
    }

    /// <inheritdoc/>
    public T SecondDerivative<T, TOps>(T value, T coefficient, TOps o)
        where TOps : struct, IOperations<T>
    {
        T root = Root(value, coefficient, o);
        T size = o.Multiply(o.Multiply(o.Constant(-2), coefficient), o.Multiply(root, o.Multiply(root, root)));
        return o.Multiply(size, o.CopySign(o.Constant(1), value));
    }

    private static T Root<T, TOps>(T value, T coefficient, TOps o)
        where TOps : struct, IOperations<T> => o.Fma(o.Negate(coefficient), o.Abs(value), o.Constant(1));
}
