using System.Globalization;
using GpuGan.Runner.Sweeps.Results;
using GpuGan.Runner.Sweeps.Specification;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Sweeps.Execution;

/// <summary>Lets all accelerators work on what is left of a sweep, each on a chunk of its own from one queue.</summary>
/// <param name="plan">The sweep's.</param>
/// <param name="folder">Takes what is done.</param>
/// <param name="shard">The part that is done here.</param>
internal sealed class SweepRunner(SweepPlan plan, SweepFolder folder, Shard shard)
{
    private readonly Lock gate = new();
    private FileContentException? fileProblem;
    private string? lastProblem;

    /// <summary>Trains what a queue has, and writes each chunk when it is done.</summary>
    /// <param name="queue">What is left.</param>
    /// <param name="devices">At least one.</param>
    /// <param name="progress">Told how many steps of GANs were done; never by two threads at once.</param>
    /// <param name="warn">Told of an accelerator that is left out.</param>
    /// <param name="stopped">Whether no more chunks are begun.</param>
    /// <returns>Whether all is done.</returns>
    /// <exception cref="FileContentException">A chunk cannot be written.</exception>
    /// <exception cref="CommandException">Every accelerator failed.</exception>
    public bool Run(ChunkQueue queue, IReadOnlyList<ISweepDevice> devices, Action<long> progress, Action<string> warn, Func<bool> stopped)
    {
        int failed = 0;
        Thread[] workers = [.. devices.Select(device => new Thread(() =>
        {
            if (!Work(queue, device, progress, warn, () => stopped() || fileProblem is not null))
            {
                Interlocked.Increment(ref failed);
            }
        }) { Name = device.Word })];
        foreach (Thread worker in workers)
        {
            worker.Start();
        }

        foreach (Thread worker in workers)
        {
            worker.Join();
        }

        return fileProblem is not null ? throw fileProblem
            : failed < devices.Count ? !queue.HasWork
            : throw new CommandException(
                ExitCode.NoDevice, $"no device is left: {lastProblem}; what is done is kept, and the same command goes on with it");
    }

    // False where the device failed.
    private bool Work(ChunkQueue queue, ISweepDevice device, Action<long> progress, Action<string> warn, Func<bool> stopped)
    {
        KernelGroup? current = null;
        while (queue.TryTake(current, device.ChunkOf, stopped, out (KernelGroup Group, WorkSet Work) chunk))
        {
            long reported = 0;
            try
            {
                current = chunk.Group;
                MemberResult[] results = device.Train(plan, chunk.Group, chunk.Work, steps =>
                {
                    reported += steps;
                    Report(progress, steps);
                });
                folder.WriteChunk(chunk.Work, shard, results);
                queue.Finish();
            }
            catch (FileContentException exception)
            {
                fileProblem = exception;
                queue.GiveBack(chunk);
                return true;
            }
            catch (Exception exception)
            {
                // Whatever a driver throws: the others do its work, from the beginning.
                Report(progress, -reported);
                lastProblem = $"{device.Word}: {OneLine.Of(exception.Message)}";
                queue.GiveBack(chunk);
                lock (gate)
                {
                    warn(string.Create(
                        CultureInfo.InvariantCulture, $"{lastProblem}; the device is left out, and its {chunk.Work.Count} members are given to the others"));
                }

                return false;
            }
        }

        return true;
    }

    private void Report(Action<long> progress, long steps)
    {
        lock (gate)
        {
            progress(steps);
        }
    }
}
