using GpuGan.Kernels.Networks;

namespace GpuGan.Kernels.Files;

/// <summary>A network with all that it takes to evaluate it.</summary>
/// <param name="Shape">Its widths and activations.</param>
/// <param name="Values">Its parameters, as <see cref="Network"/> lays them out; all finite.</param>
/// <param name="Rounded">How many of the parameters lay between two floats where they were read.</param>
internal sealed record TrainedNetwork(Network Shape, float[] Values, int Rounded);
