using GpuGan.Kernels.Devices;

namespace GpuGan.Kernels.Tests.Devices;

[TestFixture]
public class LaunchPaceTests
{
    [Test]
    public void Launches_come_to_last_a_fifth_of_a_second()
    {
        LaunchPace pace = new();
        for (int launch = 0; launch < 10; launch++)
        {
            pace.Learn(pace.Steps, TimeSpan.FromMilliseconds(0.5 * pace.Steps));
        }

        Assert.That(pace.Steps, Is.EqualTo(400));
    }

    [Test]
    public void A_slow_launch_is_answered_at_once_and_never_by_none()
    {
        LaunchPace pace = new();
        pace.Learn(1, TimeSpan.FromMilliseconds(1));
        Assert.That(pace.Steps, Is.EqualTo(8));
        pace.Learn(8, TimeSpan.FromSeconds(100));
        Assert.That(pace.Steps, Is.EqualTo(1));
    }

    [Test]
    public void A_launch_cut_short_slows_nothing_down()
    {
        LaunchPace pace = new();
        pace.Learn(1, TimeSpan.FromMilliseconds(1));
        pace.Learn(2, TimeSpan.FromMilliseconds(1));
        Assert.That(pace.Steps, Is.EqualTo(8));
    }
}
