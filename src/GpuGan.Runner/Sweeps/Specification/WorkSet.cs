namespace GpuGan.Runner.Sweeps.Specification;

/// <summary>
/// Places in the order of work that need not stand together: those of a chunk. Where a sweep was extended, what is new stands between
/// what was done before.
/// </summary>
/// <param name="ranges">At least one, none empty, in ascending order; none overlap.</param>
internal sealed class WorkSet(IReadOnlyList<WorkRange> ranges)
{
    // How many places stand before each range; made when it is needed.
    private int[]? before;

    /// <summary>The places, as ranges in ascending order.</summary>
    public IReadOnlyList<WorkRange> Ranges => ranges;

    /// <summary>The first place.</summary>
    public int Start => ranges[0].Start;

    /// <summary>The one after the last.</summary>
    public int End => ranges[^1].End;

    /// <summary>Number of places.</summary>
    public int Count { get; } = ranges.Sum(range => range.Count);

    /// <summary>All places, in ascending order.</summary>
    public IEnumerable<int> Places => ranges.SelectMany(range => Enumerable.Range(range.Start, range.Count));

    /// <summary>Makes ranges of places.</summary>
    /// <param name="places">At least one, in ascending order, none twice.</param>
    public static WorkSet Of(IEnumerable<int> places)
    {
        List<WorkRange> ranges = [];
        foreach (int place in places)
        {
            if (ranges.Count > 0 && ranges[^1].End == place)
            {
                ranges[^1] = ranges[^1] with { End = place + 1 };
            }
            else
            {
                ranges.Add(new WorkRange(place, place + 1));
            }
        }

        return new WorkSet(ranges);
    }

    /// <summary>Whether some of the places lie in a range.</summary>
    public bool Touches(WorkRange range) => Start < range.End && range.Start < End && ranges.Any(own => own.Intersect(range).Count > 0);

    /// <summary>Finds a place.</summary>
    /// <param name="place">May be none of these.</param>
    /// <param name="range">The range that it is in.</param>
    /// <param name="index">How many of the places stand before that range.</param>
    public bool TryFind(int place, out WorkRange range, out int index)
    {
        before ??= Sums();
        int low = 0, high = ranges.Count;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            (low, high) = ranges[middle].Start <= place ? (middle, high) : (low, middle);
        }

        (range, index) = (ranges[low], before[low]);
        return place >= range.Start && place < range.End;
    }

    private int[] Sums()
    {
        int[] sums = new int[ranges.Count];
        for (int i = 1; i < sums.Length; i++)
        {
            sums[i] = sums[i - 1] + ranges[i - 1].Count;
        }

        return sums;
    }
}
