using System.Xml.Linq;
using GpuGan.Kernels.Distributions;
using GpuGan.Runner.Plots;
using ScottPlot;
using SkiaSharp;

namespace GpuGan.Runner.Tests.Plots;

internal sealed class RunPlotsTests
{
    private static readonly string[] All = ["data", "decision", "losses", "prior", "samples"];
    private static readonly Pictures Usual = Pictures.Of(Pictures.Inputs());

    [Test]
    public void WritesFivePicturesAsPngAndSvg() =>
        Assert.That(Usual.Names, Is.EqualTo(All.SelectMany(name => new[] { $"{name}.png", $"{name}.svg" })));

    [TestCaseSource(nameof(All))]
    public void PngHasItsSize(string name)
    {
        using SKBitmap png = Usual.Png(name);
        Assert.That((png.Width, png.Height), Is.EqualTo((PlotFiles.Width, PlotFiles.Height)));
    }

    [TestCaseSource(nameof(All))]
    public void SvgNeedsNoFontAndScales(string name)
    {
        XElement svg = Usual.Svg(name);
        Assert.That(svg.Attribute("viewBox")?.Value, Is.EqualTo("0 0 800 600"));
        Assert.That(svg.Descendants().Select(element => element.Name.LocalName), Has.None.EqualTo("text"));
        Assert.That(svg.Descendants().Attributes().Select(attribute => attribute.Name.LocalName), Has.None.StartsWith("font"));
    }

    [TestCaseSource(nameof(All))]
    public void EveryReferenceOfAnSvgHasItsTarget(string name)
    {
        XElement svg = Usual.Svg(name);
        string[] ids = svg.Descendants().Attributes("id").Select(id => id.Value).ToArray();
        string[] references = svg.Descendants().Attributes()
            .Where(attribute => attribute.Value.Contains('#', StringComparison.Ordinal) && attribute.Value.Contains("id", StringComparison.Ordinal))
            .Select(attribute => attribute.Value.Split('#')[1].TrimEnd(')')).ToArray();
        Assert.That(ids, Is.Unique);
        Assert.That(references, Is.Not.Empty.And.SubsetOf(ids));
    }

    [TestCase("prior", "red")]
    [TestCase("data", "blue")]
    [TestCase("losses", "orange", "blue")]
    [TestCase("samples", "orange", "blue")]
    [TestCase("decision", "orange", "blue")]
    public void UsesTheColoursThatArePromised(string name, params string[] expected)
    {
        // In the samples, many real rows are translucent: where only some overlap, the colour is not pure.
        Pictures pictures = name == "samples" ? Pictures.Of(Pictures.Inputs(rows: 150)) : Usual;
        (string Name, Color Color)[] palette = [("red", PlotColors.Red), ("blue", PlotColors.Blue), ("orange", PlotColors.Orange)];
        string[] seen = palette.Where(one => pictures.Count(name, one.Color) > 300).Select(one => one.Name).ToArray();
        string[] absent = palette.Where(one => pictures.Count(name, one.Color) == 0).Select(one => one.Name).ToArray();
        Assert.That(seen, Is.EquivalentTo(expected));
        Assert.That(absent, Is.EquivalentTo(palette.Select(one => one.Name).Except(expected)));
    }

    [TestCase("prior", "Prior", "latent 1", "latent 2")]
    [TestCase("data", "Data: the first 100 of 300 rows", "column 1", "column 2")]
    [TestCase("losses", "Losses", "epoch", "mean loss of the epoch", "log 2", "discriminator", "generator")]
    [TestCase("samples", "Real and generated rows", "column 1", "column 2", "real", "generated")]
    [TestCase("decision", "Decision surface of the discriminator", "column 1", "column 2", "real", "generated", "undecided: 0.5", "probability of being real")]
    public void SaysWhatIsShown(string name, params string[] expected)
    {
        string[] words = Usual.Texts(name).Select(text => text.Key).Where(text => text.Any(char.IsLetter)).ToArray();
        Assert.That(words, Is.EquivalentTo(expected));
    }

    [TestCaseSource(nameof(All))]
    public void TitleIsDrawnInThePng(string name)
    {
        using SKBitmap png = Usual.Png(name);
        int ink = Enumerable.Range(0, PlotFiles.Width * 40).Count(i => png.GetPixel(i % PlotFiles.Width, i / PlotFiles.Width).Red < 128);
        Assert.That(ink, Is.GreaterThan(150));
    }

    [TestCase("losses", "Losses", 20, true)]
    [TestCase("losses", "mean loss of the epoch", 16, false)]
    [TestCase("decision", "probability of being real", 16, false)]
    [TestCase("samples", "generated", 15, false)]
    public void OutlineHasTheWidthOfItsText(string name, string text, float size, bool bold)
    {
        PlotFont.Register();
        using var font = new SKFont(Fonts.GetTypeface(PlotFont.Family, bold, italic: false), size) { Hinting = SKFontHinting.None, Subpixel = true };
        font.MeasureText(text, out SKRect measured);
        using SKPath outline = SKPath.ParseSvgPathData(Usual.Texts(name)[text].Single().Attribute("d")!.Value);
        Assert.That(outline.Bounds.Width, Is.EqualTo(measured.Width).Within(2.0));
        Assert.That(outline.Bounds.Height, Is.EqualTo(measured.Height).Within(2.0));
    }

    [Test]
    public void OneColumnGivesHistograms()
    {
        var pictures = Pictures.Of(Pictures.Inputs(columns: 1));
        Assert.That(string.Join(' ', pictures.Names), Is.EqualTo("data.png data.svg losses.png losses.svg prior.png prior.svg samples.png samples.svg"));
        AssertSays(pictures, "samples", "column 1", "density", "real", "generated");
        AssertSays(pictures, "prior", "latent 1", "density");
    }

    [Test]
    public void MoreColumnsShowTheFirstTwo()
    {
        var pictures = Pictures.Of(Pictures.Inputs(columns: 3));
        Assert.That(pictures.Names, Has.None.StartsWith("decision"));
        AssertSays(pictures, "samples", "Real and generated rows: 2 of 3 columns", "column 1", "column 2");
    }

    [Test]
    public void LatentWidthNeedNotBeTheDatas()
    {
        var pictures = Pictures.Of(Pictures.Inputs() with { Prior = Pictures.Spiral(100, 1) });
        AssertSays(pictures, "prior", "density");
        Assert.That(pictures.Names, Does.Contain("decision.png"));
    }

    [Test]
    public void ManyRowsAreThinnedOutAndSaidToBe()
    {
        var pictures = Pictures.Of(Pictures.Inputs(rows: 20_000));
        AssertSays(pictures, "samples", "real (10,000 of 20,000)");
        Assert.That(pictures.Bytes("samples.svg"), Has.Length.InRange(1, 2_000_000));
    }

    [Test]
    public void GeneratedRowsThatAreNotFiniteAreLeftOut()
    {
        var pictures = Pictures.Of(Pictures.Inputs() with
        {
            Generated = Pictures.Constant(100, 2, float.NaN),
            Probability = (_, _) => float.NaN,
        });
        AssertSays(pictures, "samples", "real", "generated: none is finite");
        Assert.That(pictures.Count("decision", PlotColors.Blue), Is.GreaterThan(300));
    }

    [Test]
    public void NothingFiniteIsSaid()
    {
        DataSet nothing = Pictures.Constant(5, 2, float.NegativeInfinity);
        var pictures = Pictures.Of(new PlotInputs(nothing, nothing, nothing, Pictures.Losses([float.NaN], [float.PositiveInfinity]), (_, _) => float.NaN));
        foreach (string name in All)
        {
            AssertSays(pictures, name, "there is no finite number to show");
        }
    }

    [TestCase(1, 0f)]
    [TestCase(1, float.MaxValue)]
    [TestCase(1, float.Epsilon)]
    [TestCase(2, 5f)]
    [TestCase(2, float.MinValue)]
    public void OneRowOrOneValueIsDrawn(int columns, float value)
    {
        DataSet same = Pictures.Constant(1, columns, value);
        var pictures = Pictures.Of(new PlotInputs(same, same, same, Pictures.Losses([0.7f], [0.7f]), (_, _) => 0.5f));
        Assert.That(pictures.Count("prior", columns == 1 ? Mixed(PlotColors.Red, 0.6) : PlotColors.Red), Is.GreaterThan(40));
        Assert.That(pictures.Count("data", columns == 1 ? Mixed(PlotColors.Blue, 0.6) : PlotColors.Blue), Is.GreaterThan(40));
    }

    [TestCase(1)]
    [TestCase(2)]
    public void TheLargestFloatsAreDrawn(int columns)
    {
        float[] extremes = [float.MaxValue, float.MinValue, float.MinValue, float.MaxValue];
        var data = new DataSet(extremes, columns);
        var pictures = Pictures.Of(Pictures.Inputs(columns) with { Data = data });
        AssertSays(pictures, "data", "2E+38");
        Assert.That(pictures.Count("data", columns == 1 ? Mixed(PlotColors.Blue, 0.6) : PlotColors.Blue), Is.GreaterThan(80));
    }

    [Test]
    public void TicksTellNeighbouringFloatsApart()
    {
        float[] close = [100_000f, 0, MathF.BitIncrement(100_000f), 1];
        var pictures = Pictures.Of(Pictures.Inputs() with { Data = new DataSet(close, 2) });
        Assert.That(pictures.Texts("data").Where(text => text.Key.StartsWith("100000.0", StringComparison.Ordinal)).Select(text => text.Count()), Is.Not.Empty.And.All.EqualTo(1));
    }

    [Test]
    public void SameInputsGiveSameBytes()
    {
        var again = Pictures.Of(Pictures.Inputs());
        foreach (string name in Usual.Names)
        {
            Assert.That(again.Bytes(name).AsSpan().SequenceEqual(Usual.Bytes(name)), name);
        }
    }

    [Test]
    public void FailureToWriteIsReportedAsItWas() =>
        Assert.That(
            () => RunPlots.Write("run", Pictures.Inputs(), (_, _) => throw new IOException("the disk is full")),
            Throws.TypeOf<IOException>().With.Message.EqualTo("the disk is full"));

    private static void AssertSays(Pictures pictures, string name, params string[] expected) =>
        Assert.That(pictures.Texts(name).Select(text => text.Key), Is.SupersetOf(expected), name);

    private static Color Mixed(Color color, double opacity) => Colors.White.MixedWith(color, opacity);
}
