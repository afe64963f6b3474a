using GpuGan.Kernels.Metrics;
using GpuGan.Runner.HtmlReport;
using GpuGan.Runner.Sweeps.Results;
using GpuGan.Runner.Tests.Sweeps;

namespace GpuGan.Runner.Tests.HtmlReport;

internal sealed class RankingTests
{
    private static readonly SweepRow One = SmallSweep.Of([], ([], true, 0.69, 0.1)).Rows[0];

    [Test]
    public void A_member_is_as_far_as_its_worst_figure()
    {
        SweepRow[] rows =
        [
            One with { Member = 5, DivergedAt = 3, KlDivergence = null },
            One with { Member = 4, KlDivergence = null },
            One with { Member = 3, KlDivergence = 0.05, NearestNeighborAccuracy = 0.9 },
            One with { Member = 2, KlDivergence = 0.25 },
            One with { Member = 1, KlDivergence = 0.2, NearestNeighborAccuracy = 0.5 },
            One with { Member = 0, KlDivergence = 0.01, NearestNeighborAccuracy = 0.55 },
        ];
        Assert.That(Ranking.Pick(rows, 9, VerdictLimits.Default).Select(pick => pick.Row.Member), Is.EqualTo(new long[] { 0, 1, 2, 3, 4, 5 }));
        Assert.That(Ranking.Score(rows[4], VerdictLimits.Default), Is.EqualTo(1), "a member that just converges");
        Assert.That(Ranking.Score(rows[0] with { DivergedAt = null, KlDivergence = 1 }, new VerdictLimits(0, 0)), Is.GreaterThan(1e200), "a limit of zero");
    }

    [TestCase(0, "")]
    [TestCase(1, "49 median")]
    [TestCase(2, "0 best,99 worst")]
    [TestCase(3, "0 best,49 median,99 worst")]
    [TestCase(4, "0 best,49 median,74,99 worst")]
    [TestCase(5, "0 best,24,49 median,74,99 worst")]
    public void The_best_the_median_and_the_worst_are_picked(int count, string expected)
    {
        SweepRow[] rows = [.. Enumerable.Range(0, 100).Select(i => One with { Member = i, KlDivergence = i / 10.0 })];
        Assert.That(
            string.Join(',', Ranking.Pick(rows.Reverse(), count, VerdictLimits.Default).Select(pick => $"{pick.Row.Member} {pick.Place}".TrimEnd())),
            Is.EqualTo(expected));
    }

    [TestCase(1, "0")]
    [TestCase(2, "0,1")]
    [TestCase(3, "0 best,1 median,2 worst")]
    public void Few_members_are_all_picked(int members, string expected)
    {
        SweepRow[] rows = [.. Enumerable.Range(0, members).Select(i => One with { Member = i, KlDivergence = i })];
        Assert.That(string.Join(',', Ranking.Pick(rows, 16, VerdictLimits.Default).Select(pick => $"{pick.Row.Member} {pick.Place}".TrimEnd())), Is.EqualTo(expected));
    }
}
