namespace GpuGan.Runner.Sweeps.Specification;

/// <summary>Places in the order of work.</summary>
/// <param name="Start">The first.</param>
/// <param name="End">The one after the last.</param>
internal readonly record struct WorkRange(int Start, int End)
{
    public int Count => Math.Max(0, End - Start);

    /// <summary>What two ranges have in common; empty where they have nothing.</summary>
    public WorkRange Intersect(WorkRange other)
    {
        int start = Math.Max(Start, other.Start);
        return new WorkRange(start, Math.Max(start, Math.Min(End, other.End)));
    }

    /// <summary>What others leave of this range, in order.</summary>
    /// <param name="others">In any order; they may overlap.</param>
    public IEnumerable<WorkRange> Without(IEnumerable<WorkRange> others)
    {
        int start = Start;
        foreach (WorkRange other in others.OrderBy(range => range.Start))
        {
            if (other.Start > start)
            {
                WorkRange gap = new(start, Math.Min(other.Start, End));
                if (gap.Count > 0)
                {
                    yield return gap;
                }
            }

            start = Math.Max(start, other.End);
        }

        if (start < End)
        {
            yield return new WorkRange(start, End);
        }
    }
}
