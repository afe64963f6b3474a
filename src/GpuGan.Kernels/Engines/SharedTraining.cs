using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Metrics;

namespace GpuGan.Kernels.Engines;

/// <summary>
/// A population that several accelerators train together: each takes the next part of the members when it is free, so that a quick one does more.
/// Parts are kept until they are asked for, few of them ahead.
/// </summary>
internal sealed class SharedTraining : IDisposable
{
    // So many parts for each accelerator, where there are several: the last to end is not waited for long.
    private const int PartsOfDevice = 8;

    // Parts are whole vectors of members.
    private const int Whole = 16;

    private const int AheadOfDevice = 2;

    private readonly CancellationTokenSource stop;
    private readonly List<Device> devices = [];
    private readonly Members members;
    private readonly int size;
    private readonly Func<IPopulation, CancellationToken, TrainedMember[]> train;
    private readonly TaskCompletionSource<TrainedMember[]>[] trained;
    private readonly Task[] workers;
    private readonly SemaphoreSlim ahead;
    private int next;

    /// <summary>Opens the accelerators and begins to train.</summary>
    /// <param name="words">The accelerators; one may stand there twice.</param>
    /// <param name="threads">Most threads of each CPU accelerator; 0 for one for each core.</param>
    /// <param name="populator">Compiles for an accelerator what makes populations of any members.</param>
    /// <param name="members">All of them.</param>
    /// <param name="train">Trains a part of them.</param>
    /// <param name="cancellations">Each ends the training.</param>
    /// <exception cref="ArgumentException">A word is none.</exception>
    /// <exception cref="DeviceNotFoundException">There is no such accelerator here.</exception>
    public SharedTraining(
        IReadOnlyList<string> words,
        int threads,
        Func<Device, Func<Members, IPopulation>> populator,
        Members members,
        Func<IPopulation, CancellationToken, TrainedMember[]> train,
        params CancellationToken[] cancellations)
    {
        (this.members, this.train) = (members, train);
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellations);
        try
        {
            devices.AddRange(words.Select(word => Device.Open(word, threads)));
            Func<Members, IPopulation>[] populators = [.. devices.Select(populator)];
            int most = populators.Min(populate => populate(members).ChunkSize);
            int share = ((members.Count - 1) / (devices.Count * PartsOfDevice)) + 1;
            size = devices.Count == 1 ? most : Math.Min(most, (share + Whole - 1) / Whole * Whole);
            trained = [.. Enumerable.Range(0, ((members.Count - 1) / size) + 1).Select(_ => new TaskCompletionSource<TrainedMember[]>(TaskCreationOptions.RunContinuationsAsynchronously))];
            ahead = new SemaphoreSlim(devices.Count * AheadOfDevice);
            workers = Array.ConvertAll(populators, populate => Task.Factory.StartNew(() => Work(populate), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        }
        catch
        {
            Close();
            throw;
        }
    }

    /// <summary>In how many parts the members are trained.</summary>
    public int Parts => trained.Length;

    /// <summary>The members of a part, when they have been trained; parts are asked for in their order, each once.</summary>
    public async Task<TrainedMember[]> PartAsync(int part)
    {
        TrainedMember[] ended = await trained[part].Task.ConfigureAwait(false);
        trained[part] = null!;
        ahead.Release();
        return ended;
    }

    /// <summary>Ends what is being trained, and closes the accelerators.</summary>
    public void Dispose()
    {
        stop.Cancel();
        Task.WaitAll(workers);
        ahead.Dispose();
        Close();
    }

    private void Close()
    {
        devices.ForEach(device => device.Dispose());
        stop.Dispose();
    }

    private void Work(Func<Members, IPopulation> populate)
    {
        try
        {
            while (true)
            {
                ahead.Wait(stop.Token);
                int part = Interlocked.Increment(ref next) - 1;
                if (part >= Parts)
                {
                    return;
                }

                int first = part * size;
                IPopulation population = populate(members with { Count = Math.Min(size, members.Count - first), Settings = i => members.Settings(first + i) });
                trained[part].SetResult(train(population, stop.Token));
            }
        }
        catch (Exception exception)
        {
            // Whoever waits for a part is told of the first failure; the others end by it.
            foreach (TaskCompletionSource<TrainedMember[]>? part in trained)
            {
                part?.TrySetException(exception);
            }

            stop.Cancel();
        }
    }
}
