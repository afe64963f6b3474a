namespace GpuGan.Kernels.Tiled;

/// <summary>
/// Threads that share the parts of a phase, each taking the next that is left, and wait for each other at its end. Who does a part changes no
/// bit: each has numbers of its own to write.
/// </summary>
/// <remarks>
/// A launch of ILGPU's CPU accelerator takes longer than a whole step of a small network here, and gives each thread a fixed share. These
/// threads spin for a moment before they sleep, and a thread that the machine does not run holds up no part that it has not begun.
/// </remarks>
internal sealed class Crew : IDisposable
{
    private const int SpinsBeforeSleep = 2000;

    private readonly Thread[] others;
    private readonly SemaphoreSlim wake = new(0);
    private Phase current = new((_, _) => { }, 0);
    private int sleepers;
    private volatile bool isOver;

    /// <summary>Starts the threads.</summary>
    /// <param name="count">How many, with the caller's.</param>
    public Crew(int count)
    {
        others = [.. Enumerable.Range(1, count - 1).Select(worker => new Thread(() => Work(worker)) { IsBackground = true, Name = $"tiled {worker}" })];
        foreach (Thread thread in others)
        {
            thread.Start();
        }
    }

    /// <summary>How many work, the caller included.</summary>
    public int Count => others.Length + 1;

    /// <summary>Does all parts of a phase.</summary>
    /// <param name="parts">How many.</param>
    /// <param name="isLarge">Whether they are worth the others' help.</param>
    /// <param name="part">Does one, by its number and the worker's, from 0.</param>
    public void Run(int parts, bool isLarge, Action<int, int> part)
    {
        if (!isLarge || others.Length == 0 || parts < 2)
        {
            for (int i = 0; i < parts; i++)
            {
                part(i, 0);
            }

            return;
        }

        Phase phase = new(part, parts);
        Interlocked.Exchange(ref current, phase);
        WakeSleepers();
        phase.Work(0);
        phase.Wait();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        isOver = true;
        Interlocked.MemoryBarrier();
        WakeSleepers();
        foreach (Thread thread in others)
        {
            thread.Join();
        }

        wake.Dispose();
    }

    private void WakeSleepers()
    {
        if (Volatile.Read(ref sleepers) > 0 && Interlocked.Exchange(ref sleepers, 0) is > 0 and int asleep)
        {
            wake.Release(asleep);
        }
    }

    private void Work(int worker)
    {
        Phase? last = null;
        while (!isOver)
        {
            for (int spin = 0; IsIdle(last) && spin < SpinsBeforeSleep; spin++)
            {
                Thread.SpinWait(10);
            }

            if (IsIdle(last))
            {
                Sleep(last);
                continue;
            }

            last = Volatile.Read(ref current);
            last.Work(worker);
        }
    }

    private bool IsIdle(Phase? last) => !isOver && ReferenceEquals(Volatile.Read(ref current), last);

    /// <summary>Sleeps, unless a phase has begun meanwhile; whoever counted this thread among the sleepers wakes it.</summary>
    private void Sleep(Phase? last)
    {
        Interlocked.Increment(ref sleepers);
        if (!IsIdle(last))
        {
            int asleep = Volatile.Read(ref sleepers);
            while (asleep > 0)
            {
                int seen = Interlocked.CompareExchange(ref sleepers, asleep - 1, asleep);
                if (seen == asleep)
                {
                    return;
                }

                asleep = seen;
            }
        }

        wake.Wait();
    }

    private sealed class Phase(Action<int, int> part, int parts)
    {
        private int next, done;
        private Exception? failure;

        public void Work(int worker)
        {
            int i;
            while ((i = Interlocked.Increment(ref next) - 1) < parts)
            {
                try
                {
                    part(i, worker);
                }
#pragma warning disable CA1031 // It is thrown where the phase was begun.
                catch (Exception exception)
#pragma warning restore CA1031
                {
                    failure = exception;
                }

                Interlocked.Increment(ref done);
            }
        }

        public void Wait()
        {
            SpinWait spin = default;
            while (Volatile.Read(ref done) < parts)
            {
                spin.SpinOnce(sleep1Threshold: -1);
            }

            if (failure is not null)
            {
                throw new InvalidOperationException("a part of a training step failed", failure);
            }
        }
    }
}
