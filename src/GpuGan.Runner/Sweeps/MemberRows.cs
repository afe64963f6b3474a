namespace GpuGan.Runner.Sweeps;

/// <summary>The rows of a sweep in their order, read from chunk files: of each group of kernels one file is in memory at a time.</summary>
internal static class MemberRows
{
    /// <summary>Reads all rows.</summary>
    /// <param name="plan">The sweep's.</param>
    /// <param name="chunks">In any order; they may overlap, and must hold every member.</param>
    public static IEnumerable<MemberRow> Read(SweepPlan plan, IReadOnlyList<ChunkFile> chunks)
    {
        Cursor[] cursors = [.. plan.Groups.Select(group => new Cursor(
            group.Work.Start, [.. chunks.Where(chunk => chunk.Work.Intersect(group.Work).Count > 0).OrderBy(chunk => chunk.Work.Start)]))];
        Func<int, KernelGroup> groupOf = plan.GroupOfPoint();
        int member = 0;
        for (int point = 0; point < plan.Points; point++)
        {
            MemberSettings settings = plan.SettingsOf(point);
            Cursor cursor = cursors[groupOf(point).Index];
            for (int seed = 0; seed < plan.Specification.Seeds; seed++)
            {
                yield return new MemberRow(member++, plan.Specification.Seed + (ulong)seed, settings, cursor.Next());
            }
        }
    }

    // In a group the order of work is that of the rows.
    private sealed class Cursor(int next, ChunkFile[] chunks)
    {
        private int chunk = -1;
        private MemberResult[] results = [];

        public MemberResult Next()
        {
            if (chunk < 0 || chunks[chunk].Work.End <= next)
            {
                // The first that does not end before: of those that hold the place, the one that starts first.
                do
                {
                    chunk++;
                }
                while (chunks[chunk].Work.End <= next);

                results = chunks[chunk].Read();
            }

            return results[next++ - chunks[chunk].Work.Start];
        }
    }
}
