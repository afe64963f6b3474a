namespace GpuGan.Kernels.Networks.Initializers;

/// <summary>Normal weights and biases of the standard deviation that the settings have, as where all that <c>parameters()</c> lists is drawn alike.</summary>
public readonly struct NormalBiasesInitializer : IInitializer
{
    /// <inheritdoc/>
    public string Word => "normal-biases";

    /// <inheritdoc/>
    public bool DrawsBiases => true;

    /// <inheritdoc/>
    public double? Scale(Layer layer) => null;
}
