namespace GpuGan.Kernels.Networks.Initializers;

/// <summary>Weights and biases uniform within 1 / sqrt(inputs), as PyTorch's <c>Linear</c> begins.</summary>
public readonly struct PyTorchInitializer : IInitializer
{
    /// <inheritdoc/>
    public string Word => "pytorch";

    /// <inheritdoc/>
    public bool IsUniform => true;

    /// <inheritdoc/>
    public bool DrawsBiases => true;

    /// <inheritdoc/>
    public double? Scale(Layer layer) => 1 / Math.Sqrt(layer.Inputs);
}
