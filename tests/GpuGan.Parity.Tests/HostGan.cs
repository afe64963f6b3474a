using GpuGan.Kernels.Networks;

namespace GpuGan.Parity.Tests;

/// <summary>Both networks on the host, with rows for a batch.</summary>
internal sealed class HostGan(GanCase shape, Activation activation, Numbers numbers)
{
    public HostNetwork Generator { get; } = new(shape.GeneratorShape, activation, shape.Batch, numbers, seed: 100);

    public HostNetwork Discriminator { get; } = new(shape.DiscriminatorShape, activation, 3 * shape.Batch, numbers, seed: 200);

    /// <summary>Names the numbers in messages.</summary>
    public override string ToString() => $"{numbers} numbers";
}
