namespace GpuGan.Kernels.Networks;

/// <summary>How the names of tensors count the layers of a network.</summary>
internal enum LayerNumbering
{
    /// <summary>Layers of weights alone: 0, 1, 2, …</summary>
    Layers,

    /// <summary>As PyTorch's <c>nn.Sequential</c> counts, where an activation stands between two layers of weights: 0, 2, 4, …</summary>
    Sequential,
}

/// <summary>The numbers of a <see cref="LayerNumbering"/>.</summary>
internal static class LayerNumbers
{
    /// <summary>The word by which metadata name a numbering.</summary>
    public static string Word(this LayerNumbering numbering) => numbering.ToString().ToLowerInvariant();

    /// <summary>The number of a layer of weights.</summary>
    /// <param name="numbering">How to count.</param>
    /// <param name="layer">Counts the layers of weights from 0.</param>
    public static int NumberOf(this LayerNumbering numbering, int layer)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(layer);
        return numbering switch
        {
            LayerNumbering.Layers => layer,
            LayerNumbering.Sequential => 2 * layer,
            _ => throw new ArgumentOutOfRangeException(nameof(numbering), numbering, "it is none that there is"),
        };
    }
}
