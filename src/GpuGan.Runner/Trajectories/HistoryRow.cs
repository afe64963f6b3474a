using GpuGan.Kernels.Metrics;

namespace GpuGan.Runner.Trajectories;

/// <summary>Where a member stands after an epoch.</summary>
/// <param name="Member">From 0.</param>
/// <param name="Seed">Its own.</param>
/// <param name="Point">Where it stands.</param>
/// <param name="Columns">What its parameters are called.</param>
internal readonly record struct HistoryRow(long Member, ulong Seed, HistoryPoint Point, HistoryColumns Columns)
{
    /// <summary>The rows of a member.</summary>
    /// <param name="number">Its number, from 0.</param>
    /// <param name="member">Keeps a history.</param>
    /// <param name="columns">What its parameters are called.</param>
    public static IEnumerable<HistoryRow> Of(int number, TrainedMember member, HistoryColumns columns) =>
        member.History.Select(point => new HistoryRow(number, member.Settings.Seed, point, columns));
}
