namespace GpuGan.Kernels.Networks;

/// <summary>A named part of a network's parameters.</summary>
/// <param name="Name">PyTorch's name, such as <c>generator.0.weight</c>.</param>
/// <param name="Shape"><c>[out, in]</c> or <c>[out]</c>.</param>
/// <param name="Values">The values, row by row; a window on the parameters.</param>
internal sealed record Tensor(string Name, int[] Shape, ReadOnlyMemory<float> Values)
{
    /// <summary>The tensors of a network, by the names that PyTorch gives them in a chain of layers.</summary>
    /// <param name="shape">The network's widths.</param>
    /// <param name="values">Its parameters, as <see cref="Network"/> lays them out.</param>
    /// <param name="numbering">How the names count the layers.</param>
    /// <param name="prefix">What stands before the number.</param>
    /// <exception cref="ArgumentException">The number of values does not fit the shape.</exception>
    public static IEnumerable<Tensor> Of(Network shape, ReadOnlyMemory<float> values, LayerNumbering numbering, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(prefix);
        numbering.NumberOf(0);
        return values.Length == shape.ParameterCount
            ? Each(shape, values, numbering, prefix)
            : throw new ArgumentException($"{shape} has {shape.ParameterCount} parameters, not {values.Length}");
    }

    private static IEnumerable<Tensor> Each(Network shape, ReadOnlyMemory<float> values, LayerNumbering numbering, string prefix)
    {
        for (int i = 0; i < shape.Layers.Count; i++)
        {
            Layer layer = shape.Layers[i];
            string name = $"{prefix}{numbering.NumberOf(i)}";
            yield return new Tensor(
                $"{name}.weight", [layer.Outputs, layer.Inputs], values.Slice(layer.WeightOffset, layer.Inputs * layer.Outputs));
            if (layer.HasBias)
            {
                yield return new Tensor($"{name}.bias", [layer.Outputs], values.Slice(layer.BiasOffset, layer.Outputs));
            }
        }
    }
}
