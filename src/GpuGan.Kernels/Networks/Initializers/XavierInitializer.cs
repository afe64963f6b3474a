namespace GpuGan.Kernels.Networks.Initializers;

/// <summary>Weights uniform within sqrt(6 / (inputs + outputs)); biases zero (Glorot and Bengio 2010, equation 16; PyTorch's <c>xavier_uniform_</c>).</summary>
public readonly struct XavierInitializer : IInitializer
{
    /// <inheritdoc/>
    public string Word => "xavier";

    /// <inheritdoc/>
    public bool IsUniform => true;

    /// <inheritdoc/>
    public double? Scale(Layer layer) => Math.Sqrt(6.0 / (layer.Inputs + layer.Outputs));
}
