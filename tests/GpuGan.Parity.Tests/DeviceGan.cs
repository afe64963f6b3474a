using GpuGan.Kernels.Stepwise;
using ILGPU;
using ILGPU.Runtime;
using Device = GpuGan.Kernels.Devices.Device;

namespace GpuGan.Parity.Tests;

/// <summary>The copy of a <see cref="HostGan"/> on a device.</summary>
internal sealed class DeviceGan : IDisposable
{
    private readonly MemoryBuffer1D<int, Stride1D.Dense> divergedAt;

    public DeviceGan(Device device, HostGan host)
    {
        divergedAt = device.Accelerator.Allocate1D([int.MaxValue]);
        Generator = host.Generator.Upload(device, divergedAt);
        Discriminator = host.Discriminator.Upload(device, divergedAt);
    }

    public StepwiseNetwork Generator { get; }

    public StepwiseNetwork Discriminator { get; }

    /// <summary>The first step after which a parameter was not finite.</summary>
    public int DivergedAt => divergedAt.GetAsArray1D()[0];

    /// <summary>Holds all buffers equal to the host's.</summary>
    public void AssertSame(HostGan host)
    {
        host.Generator.AssertSame(Generator, $"{host}, generator");
        host.Discriminator.AssertSame(Discriminator, $"{host}, discriminator");
    }

    public void Dispose()
    {
        Generator.Dispose();
        Discriminator.Dispose();
        divergedAt.Dispose();
    }
}
