namespace GpuGan.Kernels.Networks.Initializers;

/// <summary>How the parameters are drawn that a training begins with.</summary>
public interface IInitializer
{
    /// <summary>The word by which options and files name it.</summary>
    string Word { get; }

    /// <summary>Whether the variates are uniform in [-1, 1), not standard normal.</summary>
    bool IsUniform => false;

    /// <summary>Whether biases are drawn as the weights are; else they are zero.</summary>
    bool DrawsBiases => false;

    /// <summary>What the variates of a layer are multiplied by; null where it is the standard deviation of the settings.</summary>
    /// <param name="layer">The layer.</param>
    double? Scale(Layer layer);
}
