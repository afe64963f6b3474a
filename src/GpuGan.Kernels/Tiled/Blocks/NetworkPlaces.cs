using GpuGan.Kernels.Networks;

namespace GpuGan.Kernels.Tiled.Blocks;

/// <summary>Where a network's numbers lie in the memory of its GAN.</summary>
internal sealed record NetworkPlaces
{
    /// <summary>The network.</summary>
    public required Network Network { get; init; }

    /// <summary>Words that its optimiser keeps of each parameter.</summary>
    public required int Words { get; init; }

    /// <summary><c>[parameter]</c>.</summary>
    public required int Parameters { get; init; }

    /// <summary>The weights again, those of each layer <c>[in, out]</c>, where the layer's parameters begin.</summary>
    public required int Transposed { get; init; }

    /// <summary><c>[parameter]</c>, of the last step.</summary>
    public required int Gradients { get; init; }

    /// <summary><c>[word, parameter]</c>.</summary>
    public required int State { get; init; }

    /// <summary><c>[parameter]</c>; nothing where there is no average.</summary>
    public required int Averages { get; init; }

    /// <summary><c>[row, unit]</c>: the inputs, then the activations of each layer.</summary>
    public required int Units { get; init; }

    /// <summary><c>[row, unit]</c>: the derivative of the loss with respect to each pre-activation.</summary>
    public required int Deltas { get; init; }

    /// <summary>Some columns of <see cref="Units"/>, of <see cref="Deltas"/> or of what is laid out like them.</summary>
    /// <param name="place">Where the first row begins.</param>
    /// <param name="unit">The first unit.</param>
    /// <param name="group">The first group of rows.</param>
    public Matrix From(int place, int unit, int group) => new(place + unit, Network.UnitCount, group);

    /// <summary>The columns of its outputs.</summary>
    public Matrix Outputs(int place, int group) => From(place, Network.Layers[^1].OutputOffset, group);
}
