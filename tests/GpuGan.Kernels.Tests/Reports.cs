namespace GpuGan.Kernels.Tests;

/// <summary>Keeps what it is told, on the thread that tells it.</summary>
/// <param name="also">Is told too.</param>
internal sealed class Reports<T>(Action<T>? also = null) : IProgress<T>
{
    private readonly Lock told = new();
    private readonly List<T> all = [];

    /// <summary>In their order.</summary>
    public IReadOnlyList<T> All => all;

    public void Report(T value)
    {
        lock (told)
        {
            all.Add(value);
        }

        also?.Invoke(value);
    }
}
