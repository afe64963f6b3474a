using GpuGan.Runner.Plots;
using ScottPlot;
using ScottPlot.Plottables;
using SkiaSharp;

namespace GpuGan.Runner.Tests.Plots;

internal sealed class DecisionPictureTests
{
    [Test]
    public void SurfaceLiesTheRightWayUp()
    {
        // Only the upper right quarter is taken for real.
        var pictures = Pictures.Of(Pictures.Inputs() with { Probability = (x, y) => x > 0 && y > 0 ? 1 : 0 });
        using SKBitmap png = pictures.Png("decision");
        Color real = new ProbabilityColormap().GetColor(1);
        Color generated = new ProbabilityColormap().GetColor(0);
        Assert.That(Near(png, 690, 60), Is.EqualTo(real), "upper right");
        Assert.That(Near(png, 80, 60), Is.EqualTo(generated), "upper left");
        Assert.That(Near(png, 690, 470), Is.EqualTo(generated), "lower right");
        Assert.That(Near(png, 80, 470), Is.EqualTo(generated), "lower left");
    }

    [Test]
    public void UndecidedLineLiesAtOneHalf()
    {
        using Plot plot = DecisionPicture.Draw(Pictures.Spiral(100, 2), Pictures.Spiral(100, 2), (x, _) => (float)(0.5 + (0.1 * (x - 0.25))));
        ContourLine line = plot.GetPlottables<ContourLines>().Single().Lines.Single();
        Assert.That(line.Path.Points.Select(point => point.X), Is.All.EqualTo(0.25).Within(1e-4));
        AxisLimits shown = plot.Axes.GetLimits();
        Assert.That(line.Path.Points.Min(point => point.Y), Is.EqualTo(shown.Bottom).Within(1e-9));
        Assert.That(line.Path.Points.Max(point => point.Y), Is.EqualTo(shown.Top).Within(1e-9));
    }

    [TestCase(0f)]
    [TestCase(1f)]
    public void NoLineWhereTheDiscriminatorIsDecidedEverywhere(float probability)
    {
        var pictures = Pictures.Of(Pictures.Inputs() with { Probability = (_, _) => probability });
        Assert.That(pictures.Texts("decision").Select(text => text.Key), Has.None.Contains("undecided"));
    }

    [Test]
    public void HoleInTheSurfaceStaysEmpty()
    {
        var pictures = Pictures.Of(Pictures.Inputs() with { Probability = (x, _) => x > 0 ? float.NaN : 1 });
        using SKBitmap png = pictures.Png("decision");
        Assert.That(Near(png, 80, 60), Is.EqualTo(new ProbabilityColormap().GetColor(1)));
        Assert.That(Near(png, 690, 60), Is.EqualTo(Colors.White));
    }

    [TestCase(0, "#F6BC97")]
    [TestCase(0.5, "#FAFAFA")]
    [TestCase(1, "#85BEDF")]
    [TestCase(7, "#85BEDF")]
    public void ColormapRunsFromGeneratedToReal(double probability, string expected) =>
        Assert.That(new ProbabilityColormap().GetColor(probability).ToHex(), Is.EqualTo(expected));

    /// <summary>The colour that most pixels around a place have: a grid line or a point may lie there.</summary>
    private static Color Near(SKBitmap png, int horizontal, int vertical) => Enumerable.Range(0, 81)
        .Select(i => Color.FromSKColor(png.GetPixel(horizontal - 4 + (i % 9), vertical - 4 + (i / 9))))
        .GroupBy(color => color)
        .MaxBy(group => group.Count())!.Key;
}
