using GpuGan.Kernels.Devices;

namespace GpuGan.Parity.Tests;

/// <summary>Says which kinds of accelerators the other tests could not reach, and why.</summary>
[TestFixture]
public class PresenceTests
{
    [TestCase("cuda")]
    [TestCase("opencl")]
    public void An_accelerator_of_each_kind_is_here(string kind)
    {
        if (!Accelerators.All.Any(name => name.StartsWith(kind, StringComparison.Ordinal)))
        {
            Assert.Ignore(Assert.Throws<DeviceNotFoundException>(() => Device.Open(kind))!.Message);
        }
    }
}
