using GpuGan.Runner.Plots;
using ScottPlot;
using SkiaSharp;

namespace GpuGan.Runner.Tests.Plots;

internal sealed class DrawingTests
{
    [TestCase("#FFFFFF", "#16181B")]
    [TestCase("#000000", "#FFFFFF")]
    [TestCase("#333333", "#D0D0D0")]
    [TestCase("#0077BB", "#4FBFFF")]
    public void A_dark_drawing_mirrors_lightness_and_keeps_hues(string color, string dark)
    {
        Plot plot = PlotFrame.New("", "", "");
        plot.DataBackground.Color = Color.FromHex(color);
        plot.HideGrid();
        plot.Axes.SetLimits(0, 1, 0, 1);
        using GpuGan.Runner.Plots.Drawing drawing = PlotFiles.Draw(plot, []);
        using SKBitmap light = SKBitmap.Decode(drawing.Png()), mirrored = SKBitmap.Decode(drawing.Png(dark: true));
        Assert.That(Color.FromSKColor(light.GetPixel(400, 300)).ToHex(), Is.EqualTo(color));
        Color seen = Color.FromSKColor(mirrored.GetPixel(400, 300)), expected = Color.FromHex(dark);
        Assert.That((double)Math.Abs(seen.R - expected.R), Is.InRange(0.0, 8.0), seen.ToHex());
        Assert.That((double)Math.Abs(seen.G - expected.G), Is.InRange(0.0, 8.0), seen.ToHex());
        Assert.That((double)Math.Abs(seen.B - expected.B), Is.InRange(0.0, 8.0), seen.ToHex());
    }
}
