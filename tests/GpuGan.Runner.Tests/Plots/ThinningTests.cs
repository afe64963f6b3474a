using GpuGan.Runner.Plots;

namespace GpuGan.Runner.Tests.Plots;

internal sealed class ThinningTests
{
    [TestCase(5, 10)]
    [TestCase(10, 10)]
    public void Few_rows_are_all_taken(int rows, int most) => Assert.That(Thinning.Of(rows, most), Is.EqualTo(Enumerable.Range(0, rows)));

    [TestCase(1000, 100)]
    [TestCase(101, 100)]
    [TestCase(2_000_000_000, 1000)]
    public void One_row_of_each_piece_is_taken(int rows, int most)
    {
        int[] chosen = [.. Thinning.Of(rows, most)];
        Assert.That(chosen, Has.Length.EqualTo(most).And.Unique.And.Ordered);
        Assert.That(chosen.Select((row, i) => (int)((double)row * most / rows) - i), Is.All.InRange(-1, 0));
    }

    // Real rows of a sorted file are of all kinds, and so are those of a file whose kinds take turns.
    [Test]
    public void Kinds_that_take_turns_are_all_seen() =>
        Assert.That(Thinning.Of(1000, 100).GroupBy(row => row % 10).Select(kind => kind.Count()), Has.Exactly(10).InRange(5, 15));
}
