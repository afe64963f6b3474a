using GpuGan.Kernels.Compiled.BackEnds;
using GpuGan.Kernels.Devices;

namespace GpuGan.Parity.Tests.Compiled;

/// <summary>What the tests of emitted code share: an accelerator, and lanes that it can have.</summary>
public abstract class EmittedFixture : IDisposable
{
    protected EmittedFixture(string accelerator, int lanes) => (Device, Lanes) = (Accelerators.Open(accelerator), LaneTable.Of(lanes));

    internal Device Device { get; }

    internal ILanes Lanes { get; }

    [OneTimeTearDown]
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => Device.Dispose();
}
