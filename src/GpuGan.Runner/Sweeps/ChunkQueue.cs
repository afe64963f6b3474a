namespace GpuGan.Runner.Sweeps;

/// <summary>The work that is left, from which each accelerator takes as much as suits it.</summary>
internal sealed class ChunkQueue
{
    private readonly Lock gate = new();
    private readonly LinkedList<(KernelGroup Group, WorkRange Work)> left = [];
    private int atWork;

    /// <summary>Divides what is left among the groups of the plan.</summary>
    public ChunkQueue(SweepPlan plan, IEnumerable<WorkRange> ranges)
    {
        WorkRange[] all = [.. ranges];
        foreach (KernelGroup group in plan.Groups)
        {
            foreach (WorkRange range in all.Select(range => range.Intersect(group.Work)).Where(range => range.Count > 0))
            {
                left.AddLast((group, range));
            }
        }

        Members = all.Sum(range => range.Count);
        Steps = left.Aggregate(0.0, (sum, part) => sum + ((double)part.Work.Count * part.Group.Settings.Steps));
    }

    /// <summary>Members that were left at the beginning.</summary>
    public int Members { get; }

    /// <summary>Steps of all of these.</summary>
    public double Steps { get; }

    /// <summary>Whether something is not done.</summary>
    public bool HasWork
    {
        get
        {
            lock (gate)
            {
                return left.Count > 0 || atWork > 0;
            }
        }
    }

    /// <summary>
    /// Takes a chunk; waits while there is none but another accelerator may still give one back. Ends with false when all is done.
    /// </summary>
    /// <param name="current">The group that the accelerator has kernels for; it is gone on with while there is work of it, then others of its code.</param>
    /// <param name="wanted">How many members of a group suit the accelerator, at least 1.</param>
    /// <param name="stopped">Whether no more work is begun.</param>
    /// <param name="chunk">What was taken; must be finished or given back.</param>
    public bool TryTake(KernelGroup? current, Func<KernelGroup, int, int> wanted, Func<bool> stopped, out (KernelGroup Group, WorkRange Work) chunk)
    {
        while (!stopped())
        {
            lock (gate)
            {
                LinkedListNode<(KernelGroup Group, WorkRange Work)>? node =
                    First(group => group == current) ?? First(group => group.IsCompiled && group.Code.Equals(current?.Code)) ?? left.First;

                if (node is not null)
                {
                    (KernelGroup group, WorkRange work) = node.Value;
                    int count = Math.Clamp(wanted(group, work.Count), 1, Math.Min(work.Count, ChunkFile.MostMembers));
                    chunk = (group, work with { End = work.Start + count });
                    if (count < work.Count)
                    {
                        node.Value = (group, work with { Start = work.Start + count });
                    }
                    else
                    {
                        left.Remove(node);
                    }

                    atWork++;
                    return true;
                }

                if (atWork == 0)
                {
                    break;
                }
            }

            Thread.Sleep(20);
        }

        chunk = default;
        return false;

        LinkedListNode<(KernelGroup Group, WorkRange Work)>? First(Func<KernelGroup, bool> wanted)
        {
            LinkedListNode<(KernelGroup Group, WorkRange Work)>? node = left.First;
            while (node is not null && !wanted(node.Value.Group))
            {
                node = node.Next;
            }

            return node;
        }
    }

    /// <summary>A chunk is done.</summary>
    public void Finish()
    {
        lock (gate)
        {
            atWork--;
        }
    }

    /// <summary>A chunk is for another accelerator.</summary>
    public void GiveBack((KernelGroup Group, WorkRange Work) chunk)
    {
        lock (gate)
        {
            left.AddFirst(chunk);
            atWork--;
        }
    }
}
