using System.Globalization;
using GpuGan.Runner.Plots;
using ScottPlot;

namespace GpuGan.Runner.Tests.Plots;

/// <summary>What the axes say. ScottPlot's own ticks of 1000 to 1000.0001 all read 1,000.</summary>
internal sealed class TickTests
{
    [TestCase(0, 1)]
    [TestCase(1000, 1000.0001)]
    [TestCase(1000, 1000)]
    [TestCase(1_700_000_000, 1_700_000_001)]
    [TestCase(-5, -4.999999999999)]
    [TestCase(0.3624, 0.3624000000001)]
    [TestCase(1e-30, 1.0000001e-30)]
    [TestCase(-3e38, 3e38)]
    [TestCase(99_999_999, 100_000_001)]
    public void Every_tick_reads_otherwise(double from, double to)
    {
        Tick[] ticks = Drawn(new Interval(from, to).WithMargin(), null);
        Assert.That(ticks.Select(tick => tick.Label), Is.Unique);
        Assert.That(ticks, Has.Length.InRange(2, 30));
    }

    [TestCase(1e-6, 1e3, 3)]
    [TestCase(0.2, 4, 3)]
    [TestCase(0.36241, 0.36243, 3)]
    [TestCase(0.362, 0.374, 3)]
    [TestCase(1, 1.00000001, 2)]
    [TestCase(1, 1.0000000000001, 1)]
    [TestCase(1, 1.00000000000000022, 1)]
    [TestCase(3e-12, 5e-12, 3)]
    public void Every_logarithmic_tick_reads_otherwise_and_stands_where_it_says(double from, double to, int least)
    {
        Interval range = new(Math.Log10(from), Math.Log10(to));
        Tick[] ticks = Drawn(range, LogTicks.Over(range));
        Assert.That(ticks.Select(tick => tick.Label), Is.Unique);
        Assert.That(ticks, Has.Length.InRange(least, 30));
        Assert.That(
            ticks.Select(tick => Math.Pow(10, tick.Position) / double.Parse(tick.Label, CultureInfo.InvariantCulture)),
            Is.All.EqualTo(1.0).Within(1e-8));
    }

    private static Tick[] Drawn(Interval range, ITickGenerator? generator)
    {
        using Plot plot = PlotFrame.New("title", "horizontal", "vertical");
        plot.Axes.SetLimits(0, 1, range.From, range.To);
        plot.Axes.Left.TickGenerator = generator ?? plot.Axes.Left.TickGenerator;
        PlotFiles.LayOut(plot, PlotFiles.Width, PlotFiles.Height);
        return [.. plot.Axes.Left.TickGenerator.Ticks.Where(tick => tick.IsMajor)];
    }
}
