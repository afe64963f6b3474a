namespace GpuGan.Kernels.Networks.Initializers;

/// <summary>Normal weights of standard deviation sqrt(2 / inputs); biases zero (He et al. 2015, equation 10; PyTorch's <c>kaiming_normal_</c>).</summary>
public readonly struct HeInitializer : IInitializer
{
    /// <inheritdoc/>
    public string Word => "he";

    /// <inheritdoc/>
    public double? Scale(Layer layer) => Math.Sqrt(2.0 / layer.Inputs);
}
