using GpuGan.Runner.Sweeps.Specification;

namespace GpuGan.Runner.Sweeps.Results;

/// <summary>
/// The rows of a sweep in their order, read from chunk files: of each group of kernels those are in memory that hold places on both sides
/// of the row, which is one, and two where the sweep was extended.
/// </summary>
internal static class MemberRows
{
    /// <summary>Reads the rows of all members that are done.</summary>
    /// <param name="plan">The sweep's.</param>
    /// <param name="chunks">In any order; they may overlap.</param>
    public static IEnumerable<MemberRow> Read(SweepPlan plan, IReadOnlyList<ChunkFile> chunks)
    {
        Cursor[] cursors = [.. plan.Groups.Select(group => new Cursor(
            group.Work.Start, [.. chunks.Where(chunk => chunk.Work.Touches(group.Work)).OrderBy(chunk => chunk.Work.Start)]))];
        Func<int, KernelGroup> groupOf = plan.GroupOfPoint();
        int member = 0;
        for (int point = 0; point < plan.Points; point++)
        {
            MemberSettings settings = plan.SettingsOf(point);
            Cursor cursor = cursors[groupOf(point).Index];
            for (int seed = 0; seed < plan.Specification.Seeds; seed++, member++)
            {
                if (cursor.Next() is MemberResult result)
                {
                    yield return new MemberRow(member, plan.Specification.Seed + (ulong)seed, settings, result);
                }
            }
        }
    }

    // In a group the order of work is that of the rows.
    private sealed class Cursor(int next, ChunkFile[] chunks)
    {
        private readonly List<(WorkSet Work, MemberResult[] Results)> open = [];
        private int opened;

        // What is read at the moment, and where the result of place 0 would stand in it.
        private WorkRange range;
        private MemberResult[] results = [];
        private int origin;

        public MemberResult? Next()
        {
            int place = next++;
            return place < range.End || Find(place) ? results[place - origin] : null;
        }

        private bool Find(int place)
        {
            open.RemoveAll(chunk => chunk.Work.End <= place);
            while (true)
            {
                foreach ((WorkSet work, MemberResult[] all) in open)
                {
                    if (work.TryFind(place, out WorkRange found, out int index))
                    {
                        (range, results, origin) = (found, all, found.Start - index);
                        return true;
                    }
                }

                while (opened < chunks.Length && chunks[opened].Work.End <= place)
                {
                    opened++;
                }

                if (opened == chunks.Length || chunks[opened].Work.Start > place)
                {
                    return false;
                }

                open.Add((chunks[opened].Work, chunks[opened].Read()));
                opened++;
            }
        }
    }
}
