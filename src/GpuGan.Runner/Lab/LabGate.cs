using System.Diagnostics;

namespace GpuGan.Runner.Lab;

/// <summary>Lets one training at a time onto the device, and those that somebody waits for at a slider before those of maps.</summary>
internal sealed class LabGate : IDisposable
{
    // After a slider has moved, it moves again.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim free = new(1);
    private long lastTraining;

    /// <summary>Trains as soon as the device is free.</summary>
    public async Task<T> TrainAsync<T>(Func<T> train, CancellationToken cancellation)
    {
        Volatile.Write(ref lastTraining, Stopwatch.GetTimestamp());
        try
        {
            return await WaitAsync(train, cancellation).ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref lastTraining, Stopwatch.GetTimestamp());
        }
    }

    /// <summary>Trains when no slider has moved for a moment.</summary>
    public async Task<T> TrainLaterAsync<T>(Func<T> train, CancellationToken cancellation)
    {
        while (Rest - Stopwatch.GetElapsedTime(Volatile.Read(ref lastTraining)) is { Ticks: > 0 } left)
        {
            await Task.Delay(left, cancellation).ConfigureAwait(false);
        }

        return await WaitAsync(train, cancellation).ConfigureAwait(false);
    }

    public void Dispose() => free.Dispose();

    private async Task<T> WaitAsync<T>(Func<T> train, CancellationToken cancellation)
    {
        await free.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            cancellation.ThrowIfCancellationRequested();
            return await Task.Run(train, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            free.Release();
        }
    }
}
