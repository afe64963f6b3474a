using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Networks.Activations;

/// <summary>What stands between the layers of a network, by PyTorch's definitions; a type argument of the kernels.</summary>
/// <remarks>
/// A new one is a struct of its own: it works in all engines as it is, and with a line in <see cref="ActivationTable"/> it has a word in
/// options and files.
/// </remarks>
public interface IActivation
{
    /// <summary>The word, with its numbers, by which options and files name it, such as <c>leaky-relu:0.2</c>.</summary>
    string Word { get; }

    /// <summary>Whether the second derivative is zero wherever there is one, so that a gradient's gradient needs no second pass back.</summary>
    bool IsPiecewiseLinear { get; }

    /// <summary>The number that belongs to the word, which the formulas take; 0 where there is none.</summary>
    float Coefficient => 0;

    /// <summary>The activation of a pre-activation.</summary>
    T Value<T, TOps>(T preactivation, T coefficient, TOps o)
        where TOps : struct, IOperations<T>;

    /// <summary>The derivative, by the activation's own value: so only activations are stored.</summary>
    T Derivative<T, TOps>(T value, T coefficient, TOps o)
        where TOps : struct, IOperations<T>;

    /// <summary>The second derivative, by the activation's own value; 0 at a kink.</summary>
    T SecondDerivative<T, TOps>(T value, T coefficient, TOps o)
        where TOps : struct, IOperations<T>;
}
