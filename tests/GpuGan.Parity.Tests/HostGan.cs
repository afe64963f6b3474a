using GpuGan.Kernels.Networks.Activations;

namespace GpuGan.Parity.Tests;

/// <summary>Both networks on the host, with rows for a batch.</summary>
internal sealed class HostGan(GanCase shape, IActivation activation, Numbers numbers)
{
    public HostNetwork Generator { get; } = new(shape.GeneratorShape with { Hidden = activation }, shape.Batch, numbers, seed: 100);

    public HostNetwork Discriminator { get; } = new(shape.DiscriminatorShape with { Hidden = activation }, 3 * shape.Batch, numbers, seed: 200);

    /// <summary>Names the numbers in messages.</summary>
    public override string ToString() => $"{numbers} numbers";
}
