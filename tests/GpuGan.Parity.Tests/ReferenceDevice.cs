using GpuGan.Kernels.Devices;

namespace GpuGan.Parity.Tests;

/// <summary>The reference, opened once for all tests: compiling its kernels takes longer than most trainings on it.</summary>
[SetUpFixture]
public sealed class ReferenceDevice
{
    internal static Device Device { get; private set; } = null!;

    [OneTimeSetUp]
    public void Open() => Device = Accelerators.Open(Accelerators.Reference);

    [OneTimeTearDown]
    public void Close() => Device.Dispose();
}
