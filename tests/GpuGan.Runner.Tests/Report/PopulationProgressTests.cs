using GpuGan.Runner.Report;

namespace GpuGan.Runner.Tests.Report;

internal sealed class PopulationProgressTests
{
    [TestCase(0, 100, 10, "beginning again")]
    [TestCase(50, 100, 10, "5.00e+0 GAN-steps/s, 0:10 left")]
    [TestCase(1, 100, 1, "1.00e+0 GAN-steps/s, 1:39 left")]
    [TestCase(1, 10_001, 3, "3.33e-1 GAN-steps/s, 8:20:00 left")]
    [TestCase(1, 100_001, 3, "3.33e-1 GAN-steps/s, 83:20:00 left")]
    public void Speed_and_remaining_time_follow_from_what_is_done(long done, long total, double seconds, string text)
    {
        Assert.That(PopulationProgress.Describe(done, total, TimeSpan.FromSeconds(seconds)), Is.EqualTo(text));
    }

    [Test]
    public void Plain_lines_are_at_most_twenty_and_the_last_one_is_the_end()
    {
        using StringWriter error = new();
        PopulationProgress.Show(error, quiet: false, before: 0, 1000, show =>
        {
            for (int launch = 0; launch < 1000; launch++)
            {
                show(1);
            }
        });
        string[] lines = error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Multiple(() =>
        {
            Assert.That(lines, Has.Length.EqualTo(20));
            Assert.That(lines[^1], Does.StartWith("100 %").And.EndsWith("0:00 left"));
        });
    }

    [Test]
    public void It_begins_where_the_work_stands()
    {
        using StringWriter error = new();
        PopulationProgress.Show(error, quiet: false, before: 900, 1000, show =>
        {
            for (int launch = 0; launch < 100; launch++)
            {
                show(1);
            }
        });
        Assert.That(error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[..5]), Is.EqualTo(new[] { " 95 %", "100 %" }));
    }
}
