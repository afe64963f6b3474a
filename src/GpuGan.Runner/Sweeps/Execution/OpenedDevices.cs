namespace GpuGan.Runner.Sweeps.Execution;

/// <summary>The accelerators of a sweep, closed together.</summary>
internal sealed class OpenedDevices : IDisposable
{
    private readonly List<SweepDevice> devices = [];

    /// <summary>All of them, in the order in which they were named.</summary>
    public IReadOnlyList<SweepDevice> All => devices;

    /// <summary>Takes one more.</summary>
    public void Add(SweepDevice device) => devices.Add(device);

    public void Dispose() => devices.ForEach(device => device.Dispose());

    public override string ToString() => string.Join(", ", devices.Select(device => $"{device.Word} ({device.Name})"));
}
