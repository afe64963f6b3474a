using GpuGan.Runner.Plots;

namespace GpuGan.Runner.Tests.Plots;

internal sealed class LogTicksTests
{
    [TestCase(-2, 1.2, "0.01 0.1 1 10")]
    [TestCase(-0.2, 0.4, "1 2")]
    [TestCase(-9, 30, "1e-8 0.0001 1 10000 1e8 1e12 1e16 1e20 1e24 1e28")]
    public void Ticks_stand_at_round_numbers_and_leave_room_for_each_other(double from, double to, string labels)
    {
        string[] ticks = [.. LogTicks.At(new Interval(from, to)).Select(tick => tick.Label)];
        Assert.That(labels.Split(' '), Is.SubsetOf(ticks));
        Assert.That(ticks, Has.Length.InRange(0, Math.Max(labels.Split(' ').Length, 11)));
    }
}
