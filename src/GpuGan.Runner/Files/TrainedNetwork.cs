using GpuGan.Kernels.Networks;

namespace GpuGan.Runner.Files;

/// <summary>A network with all that it takes to evaluate it.</summary>
/// <param name="Shape">Its widths.</param>
/// <param name="Values">Its parameters, as <see cref="NetworkShape"/> lays them out; all finite.</param>
/// <param name="HiddenActivation">What stands between its layers.</param>
/// <param name="Rounded">How many of the parameters lay between two floats where they were read.</param>
internal sealed record TrainedNetwork(NetworkShape Shape, float[] Values, Activation HiddenActivation, int Rounded);
