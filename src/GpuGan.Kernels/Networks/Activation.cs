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
