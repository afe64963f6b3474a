using GpuGan.Runner.Sweeps.Results;
using GpuGan.Runner.Sweeps.Specification;

namespace GpuGan.Runner.Tests.Sweeps;

internal sealed class OutcomesTests
{
    private static readonly SweepAxis[] NoAxes = [];

    [Test]
    public void Shares_count_the_verdict_and_the_losses_apart()
    {
        double near = Math.Log(2) + 0.019, far = Math.Log(2) + 0.021;
        Outcomes cell = Outcomes.Of([.. SmallSweep.Of(NoAxes, ([], true, far, 0.1), ([], false, near, 0.5), ([], true, near, 0.6), ([], false, null, null)).Rows]);
        Assert.Multiple(() =>
        {
            Assert.That((cell.Converged.Count, cell.Converged.Of), Is.EqualTo((2, 4)));
            Assert.That((cell.LooksConverged.Count, cell.LooksConverged.Of), Is.EqualTo((2, 4)));
            Assert.That((cell.OnlyLooksConverged.Count, cell.OnlyLooksConverged.Of), Is.EqualTo((1, 4)));
            Assert.That(cell.Diverged, Is.EqualTo(1));
        });
    }

    [Test]
    public void Diverged_members_have_no_distance()
    {
        static Outcomes Of(params double?[] distances) => Outcomes.Of([.. SmallSweep.Of(NoAxes, [.. distances.Select(one => (Array.Empty<string>(), false, one, one))]).Rows]);
        Assert.That(Of(3, 1, 2, null, null).Wasserstein2, Is.EqualTo((1.5, 2.0, 2.5)));
        Assert.That(Of(1, 2).Wasserstein2, Is.EqualTo((1.25, 1.5, 1.75)));
        Assert.That(Of(null, null).Wasserstein2.Median, Is.NaN);
    }
}
