using System.Globalization;
using GpuGan.Runner.Sweeps.Results;
using GpuGan.Runner.Sweeps.Specification;

namespace GpuGan.Runner.Tests.Sweeps;

internal sealed class SweepBinsTests
{
    [Test]
    public void Values_keep_their_order_and_get_short_labels()
    {
        SweepBins bins = Of(["0.5", "0.00013895", "0.01"], "0.01", "0.5", "0.00013895");
        Assert.Multiple(() =>
        {
            Assert.That(bins.Labels, Is.EqualTo(new[] { "0.5", "0.000139", "0.01" }));
            Assert.That(bins.Numbers, Is.EqualTo(new[] { 0.5, 0.00013895, 0.01 }));
            Assert.That(bins.IsLogarithmic, Is.True);
        });
    }

    [Test]
    public void Whole_numbers_stand_as_they_are() =>
        Assert.That(Of(["200", "1000", "65536"], "200", "1000", "65536").Labels, Is.EqualTo(new[] { "200", "1000", "65536" }));

    [Test]
    public void Labels_that_would_coincide_stand_as_typed() =>
        Assert.That(Of(["0.10001", "0.10002"], "0.10001", "0.10002").Labels, Is.EqualTo(new[] { "0.10001", "0.10002" }));

    [Test]
    public void Words_have_no_numbers()
    {
        SweepBins bins = Of(["minimax", "non-saturating"], "minimax", "non-saturating");
        Assert.That((bins.Numbers, bins.IsLogarithmic, bins.Count), Is.EqualTo(((IReadOnlyList<double>?)null, false, 2)));
    }

    [Test]
    public void A_distribution_is_binned_by_what_was_drawn_of_it()
    {
        string[] drawn = [.. Enumerable.Range(0, 1000).Select(i => Math.Pow(10, -4 + (4.0 * (i * 7 % 1000) / 999)).ToString("R", CultureInfo.InvariantCulture))];
        SweepBins bins = Of(["loguniform:1e-4:1"], drawn);
        SweepResult result = Sweep(["loguniform:1e-4:1"], drawn);
        int[] counts = [.. result.Rows.CountBy(bins.PlaceOf).OrderBy(pair => pair.Key).Select(pair => pair.Value)];
        Assert.Multiple(() =>
        {
            Assert.That(bins.Count, Is.EqualTo(16));
            Assert.That(counts, Has.Length.EqualTo(16).And.All.InRange(61, 64), "what is uniform in the logarithm fills its bins evenly");
            Assert.That(bins.Labels[0], Is.EqualTo("≈0.000133"));
            Assert.That(bins.PlaceOf(result.Rows.MinBy(row => double.Parse(row.Settings["a"], CultureInfo.InvariantCulture))!), Is.Zero);
        });
    }

    [Test]
    public void Numbers_that_were_drawn_evenly_are_binned_evenly()
    {
        string[] drawn = [.. Enumerable.Range(0, 1000).Select(i => ((i + 1) / 1000.0).ToString("R", CultureInfo.InvariantCulture))];
        SweepBins bins = Of(["uniform:0:1"], drawn);
        Assert.That(Sweep(["uniform:0:1"], drawn).Rows.CountBy(bins.PlaceOf).Select(pair => pair.Value), Has.All.InRange(62, 63));
        Assert.That((bins.Count, bins.IsLogarithmic, Of(["loguniform:0.001:1"], drawn).IsLogarithmic), Is.EqualTo((16, false, true)));
    }

    [Test]
    public void A_long_list_is_not_binned()
    {
        string[] values = [.. Enumerable.Range(1, 100).Select(i => $"{i}")];
        Assert.That(Of(values, values).Labels, Is.EqualTo(values));
    }

    [Test]
    public void Few_drawn_values_stand_in_their_order() =>
        Assert.That(Of(["uniform:0:1"], "0.7", "0.1", "0.4").Labels, Is.EqualTo(new[] { "0.1", "0.4", "0.7" }));

    private static SweepBins Of(string[] values, params string[] drawn) => SweepBins.Of(new SweepAxis("a", values), Sweep(values, drawn).Rows);

    private static SweepResult Sweep(string[] values, string[] drawn) =>
        SmallSweep.Of([new SweepAxis("a", values)], [.. drawn.Select(value => (new[] { value }, false, (double?)1, (double?)1))]);
}
