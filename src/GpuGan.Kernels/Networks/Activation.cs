using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Networks.Activations;

namespace GpuGan.Kernels.Networks;

/// <summary>What stands between the layers of a network, by PyTorch's definitions.</summary>
public enum Activation
{
    /// <summary>Hyperbolic tangent.</summary>
    Tanh,

    /// <summary>max(0, x).</summary>
    Relu,

    /// <summary>x where positive, else 0.01 x.</summary>
    LeakyRelu,

    /// <summary>1 / (1 + exp(-x)).</summary>
    Sigmoid,

    /// <summary>x itself: the network is linear.</summary>
    Identity,
}

/// <summary>The formulas of an <see cref="Activation"/>, a type argument of the kernels.</summary>
public interface IActivation
{
    /// <summary>The activation of a pre-activation.</summary>
    T Value<T, TOps>(T preactivation, TOps o)
        where TOps : struct, IOperations<T>;

    /// <summary>The derivative, by the activation's own value: so only activations are stored.</summary>
    T Derivative<T, TOps>(T value, TOps o)
        where TOps : struct, IOperations<T>;
}

/// <summary>Finds the formulas of an <see cref="Activation"/>.</summary>
public static class ActivationTable
{
    /// <summary>The formulas by their names.</summary>
    public static IReadOnlyDictionary<Activation, IActivation> All { get; } = new Dictionary<Activation, IActivation>
    {
        [Activation.Tanh] = default(TanhActivation),
        [Activation.Relu] = default(ReluActivation),
        [Activation.LeakyRelu] = default(LeakyReluActivation),
        [Activation.Sigmoid] = default(SigmoidActivation),
        [Activation.Identity] = default(IdentityActivation),
    };
}
