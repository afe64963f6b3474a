using GpuGan.Runner.Plots;
using ScottPlot;

namespace GpuGan.Runner.Tests.Plots;

internal sealed class PlotFontTests
{
    [TestCase("Inter")]
    [TestCase("DejaVu Sans")]
    [TestCase("Arial")]
    [TestCase("no such font")]
    public void EveryNameGivesTheShippedFont(string name)
    {
        PlotFont.Register();
        Assert.That(Fonts.GetTypeface(name, bold: false, italic: false).FamilyName, Is.EqualTo("Inter"));
        Assert.That(Fonts.GetTypeface(name, bold: true, italic: true).FamilyName, Does.StartWith("Inter"));
    }

    [Test]
    public void BoldIsHeavier()
    {
        PlotFont.Register();
        Assert.That(Fonts.GetTypeface("Inter", bold: false, italic: false).FontWeight, Is.EqualTo(400));
        Assert.That(Fonts.GetTypeface("Inter", bold: true, italic: false).FontWeight, Is.EqualTo(600));
    }

    [Test]
    public void PlotsUseItUnlessTold()
    {
        using Plot plot = PlotFrame.New("title", "horizontal", "vertical");
        Assert.That(new[] { plot.Axes.Title.Label.FontName, plot.Axes.Left.Label.FontName, plot.Axes.Bottom.TickLabelStyle.FontName }, Is.All.EqualTo("Inter"));
    }

    [Test]
    public void HasALetterForAllThatIsWritten()
    {
        PlotFont.Register();
        string written = string.Concat(Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code));
        Assert.That(Fonts.GetTypeface("Inter", bold: false, italic: false).ContainsGlyphs(written), Is.True);
    }

    [Test]
    public void LicenceLiesBesideTheProgram()
    {
        string notices = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "THIRD-PARTY-NOTICES.txt"));
        Assert.That(notices, Does.Contain("The Inter Project Authors").And.Contain("SIL OPEN FONT LICENSE Version 1.1"));
    }
}
