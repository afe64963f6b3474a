using GpuGan.Runner.Reproductions;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Tests.Reproductions;

internal sealed class FindingTests
{
    [TestCase("3.097", 3.0974, true)]
    [TestCase("3.097", 3.0976, false)]
    [TestCase("2.643e-6", 2.6434e-6, true)]
    [TestCase("2.643e-6", 2.6436e-6, false)]
    [TestCase("2.643e-6", 0, false)]
    [TestCase("-2.161611", -2.16165, true)]
    [TestCase("-2.161611", -2.162, false)]
    [TestCase("12", 12.4, true)]
    [TestCase("12", double.NaN, false)]
    public void A_deterministic_number_agrees_to_its_last_digit_or_a_ten_thousandth(string published, double ours, bool holds) =>
        Assert.That(Finding.Exact("number", Published.Number(published), ours).Holds, Is.EqualTo(holds));

    [TestCase("0.5", true)]
    [TestCase("-1", false)]
    [TestCase("2000", false)]
    public void A_single_run_lies_in_the_middle_99_percent_or_not(string published, bool holds)
    {
        Finding finding = Finding.Among("number", Published.Number(published), [.. Enumerable.Range(0, 1000).Select(i => i / 1000.0), double.NaN]);
        Assert.That(finding.Holds, Is.EqualTo(holds));
        Assert.That(finding.Ours, Is.InRange(0.499, 0.501));
    }

    [Test]
    public void Shares_are_compatible_where_their_intervals_meet()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Finding.OfShare("share", Published.ShareOf(46, 100), new Share(35, 100)).Holds, Is.True);
            Assert.That(Finding.OfShare("share", Published.ShareOf(46, 100), new Share(5, 100)).Holds, Is.False);
            Assert.That(Finding.OfShare("share", Published.Formula("0", 0), new Share(0, 4)).Holds, Is.True);
            Assert.That(Finding.OfShare("share", null, new Share(0, 4)).Holds, Is.Null);
        });
    }

    [Test]
    public void Where_all_diverged_nothing_agrees() =>
        Assert.That(Finding.Over("modes", Published.Range("0 to 1", 0, 1), [double.NaN, double.NaN]).Holds, Is.False);
}
