namespace GpuGan.Kernels.Networks.Initializers;

/// <summary>Normal weights of the standard deviation that the settings have; biases zero.</summary>
public readonly struct NormalInitializer : IInitializer
{
    /// <inheritdoc/>
    public string Word => "normal";

    /// <inheritdoc/>
    public double? Scale(Layer layer) => null;
}
