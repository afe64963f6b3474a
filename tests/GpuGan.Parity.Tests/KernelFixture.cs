using GpuGan.Kernels.Devices;

namespace GpuGan.Parity.Tests;

/// <summary>What the tests of single kernels share: they run on every accelerator, and the host says what is right.</summary>
[TestFixtureSource(typeof(Accelerators), nameof(Accelerators.All))]
public abstract class KernelFixture : IDisposable
{
    protected KernelFixture(string accelerator) => Device = Accelerators.Open(accelerator);

    protected static IEnumerable<GanCase> Shapes => GanCase.All;

    internal Device Device { get; }

    [OneTimeTearDown]
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => Device.Dispose();
}
