using GpuGan.Kernels.Metrics;
using GpuGan.Runner.Sweeps.Results;

namespace GpuGan.Runner.HtmlReport;

/// <summary>Orders members from the best to the worst, and picks some from all over that order.</summary>
internal static class Ranking
{
    private const double Farthest = 1e300;

    /// <summary>
    /// How far a member is from converging: the largest of its figures, in parts of their limits. Up to 1 it has converged; what has no divergence is
    /// farther than all others, what diverged farthest.
    /// </summary>
    public static double Score(SweepRow row, VerdictLimits limits) =>
        row.DivergedAt is not null ? double.PositiveInfinity
        : row.KlDivergence is not double divergence ? Farthest
        : Math.Min(Farthest, Math.Max(Part(divergence, limits.KlDivergence), Part(row.NearestNeighborAccuracy ?? 0, limits.NearestNeighborAccuracy)));

    /// <summary>The best, the median and the worst, and between them as many as are wanted, at equal distances; from the best to the worst.</summary>
    /// <param name="rows">The members, at least one.</param>
    /// <param name="count">How many are wanted; of one, the median.</param>
    /// <param name="limits">Of the verdict.</param>
    public static IReadOnlyList<(SweepRow Row, string? Place)> Pick(IEnumerable<SweepRow> rows, int count, VerdictLimits limits)
    {
        SweepRow[] sorted = [.. rows.OrderBy(row => Score(row, limits)).ThenBy(row => row.KlDivergence).ThenBy(row => row.Member)];
        int last = sorted.Length - 1, median = last / 2;
        int[] places = count switch
        {
            0 => [],
            1 => [median],
            _ when count > last => [.. Enumerable.Range(0, sorted.Length)],
            2 => [0, last],
            _ => [.. Spaced(0, median, (count - 1) / 2), .. Spaced(median, last, count - 1 - ((count - 1) / 2)), last],
        };
        return [.. places.Select(place => (sorted[place], last < 2 ? null : NameOf(place)))];

        string? NameOf(int place) => place == 0 ? "best" : place == median ? "median" : place == last ? "worst" : null;
    }

    // So many places, the end not among them.
    private static IEnumerable<int> Spaced(int from, int to, int count) => Enumerable.Range(0, count).Select(i => from + (i * (to - from) / count));

    private static double Part(double value, double limit) => value <= limit ? limit > 0 ? value / limit : 0 : value / limit;
}
