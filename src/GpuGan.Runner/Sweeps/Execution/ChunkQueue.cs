using GpuGan.Runner.Sweeps.Results;
using GpuGan.Runner.Sweeps.Specification;

namespace GpuGan.Runner.Sweeps.Execution;

/// <summary>The work that is left, from which each accelerator takes as much as suits it.</summary>
internal sealed class ChunkQueue
{
    private readonly Lock gate = new();
    private readonly Left[] left;
    private int atWork;

    /// <summary>Divides what is left among the groups of the plan.</summary>
    public ChunkQueue(SweepPlan plan, IEnumerable<WorkRange> ranges)
    {
        WorkRange[] all = [.. ranges];
        left = [.. plan.Groups.Select(group => new Left(group, all.Select(range => range.Intersect(group.Work)).Where(range => range.Count > 0)))];
        Members = left.Sum(part => part.Members);
        Steps = left.Sum(part => (double)part.Members * part.Group.Settings.Steps);
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
                return left.Any(part => part.Members > 0) || atWork > 0;
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
    public bool TryTake(KernelGroup? current, Func<KernelGroup, int, int> wanted, Func<bool> stopped, out (KernelGroup Group, WorkSet Work) chunk)
    {
        while (!stopped())
        {
            lock (gate)
            {
                if ((First(part => part.Group == current) ?? First(part => part.Group.IsCompiled && part.Group.Code.Equals(current?.Code)) ?? First(_ => true)) is Left next)
                {
                    int count = Math.Clamp(wanted(next.Group, next.Members), 1, Math.Min(next.Members, ChunkFile.MostMembers));
                    chunk = (next.Group, next.Take(count));
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

        Left? First(Func<Left, bool> suits) => left.FirstOrDefault(part => part.Members > 0 && suits(part));
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
    public void GiveBack((KernelGroup Group, WorkSet Work) chunk)
    {
        lock (gate)
        {
            left[chunk.Group.Index].GiveBack(chunk.Work);
            atWork--;
        }
    }

    // What is left of a group; the first range is on top.
    private sealed class Left
    {
        private Stack<WorkRange> ranges = [];

        public Left(KernelGroup group, IEnumerable<WorkRange> work)
        {
            Group = group;
            Put([.. work]);
        }

        public KernelGroup Group { get; }

        public int Members { get; private set; }

        public WorkSet Take(int count)
        {
            List<WorkRange> taken = [];
            Members -= count;
            while (count > 0)
            {
                WorkRange range = ranges.Pop();
                if (range.Count > count)
                {
                    ranges.Push(range with { Start = range.Start + count });
                    range = range with { End = range.Start + count };
                }

                taken.Add(range);
                count -= range.Count;
            }

            return new WorkSet(taken);
        }

        public void GiveBack(WorkSet work) => Put(work.Ranges);

        private void Put(IReadOnlyList<WorkRange> work)
        {
            ranges = new Stack<WorkRange>(ranges.Concat(work).OrderByDescending(range => range.Start));
            Members += work.Sum(range => range.Count);
        }
    }
}
