using GpuGan.Runner.Sweeps.Specification;

namespace GpuGan.Runner.Tests.Sweeps;

internal sealed class WorkSetTests
{
    private static readonly WorkSet Set = new([new(2, 5), new(7, 8), new(10, 13)]);

    [Test]
    public void Places_make_ranges_and_ranges_places()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Set.Places, Is.EqualTo(new[] { 2, 3, 4, 7, 10, 11, 12 }));
            Assert.That((Set.Start, Set.End, Set.Count), Is.EqualTo((2, 13, 7)));
            Assert.That(WorkSet.Of(Set.Places).Ranges, Is.EqualTo(Set.Ranges));
        });
    }

    [Test]
    public void A_place_is_found_with_its_index()
    {
        int[] places = [.. Set.Places];
        for (int place = 0; place < 20; place++)
        {
            bool found = Set.TryFind(place, out WorkRange range, out int index);
            Assert.That(found, Is.EqualTo(places.Contains(place)), $"{place}");
            Assert.That(Set.Touches(new WorkRange(place, place + 1)), Is.EqualTo(found), $"{place}");
            if (found)
            {
                Assert.That(index + place - range.Start, Is.EqualTo(Array.IndexOf(places, place)), $"{place}");
            }
        }
    }

    [Test]
    public void A_range_between_touches_nothing() => Assert.Multiple(() =>
    {
        Assert.That(Set.Touches(new WorkRange(8, 10)), Is.False);
        Assert.That(Set.Touches(new WorkRange(5, 8)), Is.True);
        Assert.That(Set.Touches(new WorkRange(13, 20)), Is.False);
    });
}
