using GpuGan.Runner.Files;
using GpuGan.Runner.Plots;
using GpuGan.Runner.Sweeps.Results;
using GpuGan.Runner.Sweeps.Specification;
using GpuGan.Runner.Trajectories;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Trainings;

/// <summary>Writes the results of a sweep whose members are all done, in their order, whatever order they were done in.</summary>
internal static class SweepOutput
{
    // Pictures are drawn of rows in memory, some 500 bytes each; gpugan plot draws those of more, where there is room for them.
    private const int MostDrawn = 1_000_000;

    /// <summary>Writes the table and the summary, and draws the pictures.</summary>
    /// <param name="folder">Takes the files.</param>
    /// <param name="plan">The sweep's.</param>
    /// <param name="chunks">Hold every member.</param>
    /// <param name="csv">Whether the table is written as CSV too.</param>
    /// <param name="plots">Whether pictures are drawn.</param>
    public static SweepSummary Write(SweepFolder folder, SweepPlan plan, IReadOnlyList<ChunkFile> chunks, bool csv, bool plots)
    {
        SweepSummary summary = new(plan.Specification.Axes, plan.Specification.Limits);
        folder.Write(SweepFolder.MembersName, stream => MembersParquet.Write(stream, Summed(MemberRows.Read(plan, chunks)), plan.Specification));
        summary.Close();
        if (plan.Specification.History is not null)
        {
            HistoryColumns[] columns = [.. plan.Groups.Select(group => HistoryColumns.Of(group.History!, group.Settings.Training))];
            Func<int, KernelGroup> groupOf = plan.GroupOfPoint();
            folder.Write(HistoryParquet.FileName, stream => HistoryParquet.Write(
                stream,
                MemberRows.Read(plan, chunks).SelectMany(row => (row.Result.Points ?? []).Select(point =>
                    new HistoryRow(row.Member, row.Seed, point, columns[groupOf(row.Member / plan.Specification.Seeds).Index]))),
                [.. columns.SelectMany(group => group.Names).Distinct()],
                MembersParquet.MetadataOf(plan.Specification)));
        }

        if (csv)
        {
            folder.Write(SweepFolder.CsvName, stream =>
            {
                using StreamWriter writer = new(stream, leaveOpen: true);
                IReadOnlyList<SweepSetting> columns = plan.Specification.Columns;
                bool hasMixture = plan.Specification.HasMixture;
                writer.Write(MembersCsv.Header(plan.Specification));
                foreach (MemberRow row in MemberRows.Read(plan, chunks))
                {
                    writer.Write(MembersCsv.Line(columns, row, hasMixture));
                }
            });
        }

        folder.Write(RunFolder.SummaryName, Json.Document(summary.ToJson()));

        // Pictures last: the table is worth more than they.
        if (plots && plan.Members <= MostDrawn)
        {
            SweepPlots.Write(SweepResult.Read(folder.Path), (name, bytes) => folder.Write(name, stream => stream.Write(bytes)));
        }

        return summary;

        IEnumerable<MemberRow> Summed(IEnumerable<MemberRow> rows)
        {
            foreach (MemberRow row in rows)
            {
                summary.Add(row);
                yield return row;
            }
        }
    }
}
