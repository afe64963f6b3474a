using System.Xml.Linq;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;
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
    [TestCase("data", "Data: 100 of 300 rows", "x1", "x2")]
    [TestCase("losses", "Losses", "epoch", "mean loss of the epoch", "log 2", "discriminator", "generator")]
    [TestCase("samples", "Real and generated rows", "x1", "x2", "real (300)", "generated (100)")]
    [TestCase("decision", "Decision surface of the discriminator", "x1", "x2", "real (100 of 300)", "generated (100)", "undecided: 0.5", "probability of being real")]
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
    [TestCase("samples", "generated (100)", 15, false)]
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
        AssertSays(pictures, "samples", "x1", "density", "real (300)", "generated (100)");
        AssertSays(pictures, "data", "Data: 300 rows");
        AssertSays(pictures, "prior", "latent 1", "density");
    }

    [TestCase(3, "Real and generated rows")]
    [TestCase(6, "Real and generated rows")]
    [TestCase(8, "Real and generated rows: the first 6 of 8 columns")]
    public void MoreColumnsGiveAPlaneForEachPair(int columns, string title)
    {
        var pictures = Pictures.Of(Pictures.Inputs(columns, rows: 500));
        int shown = Math.Min(columns, 6);
        Assert.That(pictures.Names, Has.None.StartsWith("decision"));
        AssertSays(pictures, "samples", title, "real (400 of 500)", "generated (100)");
        AssertSays(pictures, "data", columns == 8 ? "Data: 400 of 500 rows: the first 6 of 8 columns" : "Data: 400 of 500 rows");

        // Each column is named below, and all but the first at the left.
        Assert.That(
            Enumerable.Range(1, columns).Select(column => pictures.Texts("samples")[$"x{column}"].Count()),
            Is.EqualTo(Enumerable.Range(1, columns).Select(column => column > shown ? 0 : column == 1 ? 1 : 2)));
    }

    [Test]
    public void APlaneOfAPairLiesWhereItsColumnsAre()
    {
        // The first column is wide below 0 and the last wide above 10: their planes share its axes.
        double[] values = [.. Enumerable.Range(0, 300).SelectMany(i => new[] { -i / 10.0, i % 7, 10 + (i / 5.0) })];
        var pictures = Pictures.Of(Pictures.Inputs(columns: 3) with { Data = new Table(values, 3, ["below", "between", "above"]) });
        ILookup<string, XElement> texts = pictures.Texts("data");
        AssertSays(pictures, "data", "below", "between", "above");
        Assert.That(texts.Select(text => text.Key), Has.Some.StartsWith("-2").And.Some.EqualTo("40"));
    }

    [Test]
    public void ColumnsHaveTheirNames()
    {
        double[] values = Pictures.Spiral(300, 2).Values;
        var pictures = Pictures.Of(Pictures.Inputs() with { Data = new Table(values, 2, ["waiting\ntime", new string('w', 50)]) });
        foreach (string name in (string[])["data", "samples", "decision"])
        {
            AssertSays(pictures, name, "waiting time", new string('w', 40) + "…");
        }
    }

    [Test]
    public void SettingsVerdictAndLimitsStandBelowTheTitle()
    {
        TrainingSettings settings = new() { Seed = 7, Beta1 = 0.5 };
        IReadOnlyList<string> lines = Subtitle.Of(settings, 20, new Verdict(0.1512, 0.654, 1, 1, 1, Converged: false, Runaway: false), VerdictLimits.Default);
        var pictures = Pictures.Of(Pictures.Inputs() with { Lines = lines });
        Assert.That(lines, Is.EqualTo(new[]
        {
            "seed 7, generator 2-2, discriminator 2-5-3-1, beta1 0.5, epochs 20, batch_size 8, lr_d 0.05, lr_g 0.005",
            "not converged: KL divergence 0.151 (limit 0.2), nearest neighbors 0.654 (limit 0.6)",
        }));
        foreach (string name in (string[])["losses", "samples", "decision"])
        {
            AssertSays(pictures, name, [.. lines]);
        }

        Assert.That(Subtitle.Of(settings, 3, null, VerdictLimits.Default)[1], Is.EqualTo("diverged, a parameter is not finite"));
    }

    [Test]
    public void WhatIsLongerThanThePictureIsCutAtAComma()
    {
        string line = string.Join(", ", Enumerable.Range(0, 60).Select(i => $"setting {i}"));
        var pictures = Pictures.Of(Pictures.Inputs() with { Lines = [line, new string('m', 300)] });
        string[] texts = [.. pictures.Texts("losses").Select(text => text.Key)];
        Assert.That(texts, Has.One.Matches(@"\Asetting 0, setting 1, .*, …\z"));
        Assert.That(texts, Has.One.Matches(@"\Am{20,99}…\z"));
    }

    [Test]
    public void TheEllipsesOfBothSidesAreDrawn()
    {
        Moments real = Moments.Of(Pictures.Spiral(300, 2)), collapsed = real with { Covariance = real.Covariance.Multiply(0) };
        using Plot plot = PointPictures.Samples(Pictures.Inputs() with { RealMoments = real, GeneratedMoments = collapsed });
        ScottPlot.Plottables.Scatter[] lines = [.. plot.GetPlottables<ScottPlot.Plottables.Scatter>()];
        Color dark = PlotColors.Blue.Darken(0.45);
        Coordinates[] outer = [.. lines.First(line => line.Color == dark).Data.GetScatterPoints()];
        double[] widths = [.. lines.Select(line => line.Data.GetScatterPoints().Max(point => point.X) - line.Data.GetScatterPoints().Min(point => point.X))];
        Assert.Multiple(() =>
        {
            Assert.That(outer.Max(point => point.X) - outer.Min(point => point.X), Is.EqualTo(4 * Math.Sqrt(real.Covariance[0, 0])).Within(0.01));
            Assert.That(widths.Count(width => width == 0), Is.EqualTo(4), "what has collapsed is a point");
            Assert.That(plot.GetPlottables<ScottPlot.Plottables.Marker>().Select(marker => marker.Location.X), Is.EqualTo(new[] { real.Mean[0], real.Mean[0] }).Within(1e-12));
            Assert.That(plot.Legend.GetItems().Select(item => item.LabelText), Does.Contain("1 and 2 standard deviations"));
        });
    }

    [Test]
    public void MomentsThatAreNotFiniteAreLeftOut()
    {
        Moments real = Moments.Of(Pictures.Spiral(300, 2)), exploded = real with { Mean = real.Mean.Multiply(double.PositiveInfinity) };
        using Plot plot = PointPictures.Samples(Pictures.Inputs() with { RealMoments = real, GeneratedMoments = exploded });
        Assert.That(plot.GetPlottables<ScottPlot.Plottables.Marker>().Count(), Is.EqualTo(1));
    }

    [Test]
    public void OneColumnShowsItsSpreadAboveTheHistograms()
    {
        PlotInputs inputs = Pictures.Inputs(columns: 1);
        using Plot plot = PointPictures.Samples(inputs with { RealMoments = Moments.Of(inputs.Data), GeneratedMoments = Moments.Of(inputs.Generated) });
        double[] lengths = [.. plot.GetPlottables<ScottPlot.Plottables.LinePlot>().Select(line => line.End.X - line.Start.X)];
        double deviation = Math.Sqrt(Moments.Of(inputs.Data).Covariance[0, 0]);
        Assert.That(lengths, Has.Length.EqualTo(4));
        Assert.That(lengths[..2], Is.EqualTo(new[] { 4 * deviation, 2 * deviation }).Within(1e-9));
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
        AssertSays(pictures, "samples", "real (300)", "generated: none is finite");
        Assert.That(pictures.Count("decision", PlotColors.Blue), Is.GreaterThan(300));
    }

    [Test]
    public void NothingFiniteIsSaid()
    {
        Table nothing = Pictures.Constant(5, 2, float.NegativeInfinity);
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
        Table same = Pictures.Constant(1, columns, value);
        var pictures = Pictures.Of(new PlotInputs(same, same, same, Pictures.Losses([0.7f], [0.7f]), (_, _) => 0.5f));
        Assert.That(pictures.Count("prior", columns == 1 ? Mixed(PlotColors.Red, 0.6) : PlotColors.Red), Is.GreaterThan(40));
        Assert.That(pictures.Count("data", columns == 1 ? Mixed(PlotColors.Blue, 0.6) : PlotColors.Blue), Is.GreaterThan(40));
    }

    [TestCase(1)]
    [TestCase(2)]
    public void TheLargestFloatsAreDrawn(int columns)
    {
        double[] extremes = [float.MaxValue, float.MinValue, float.MinValue, float.MaxValue];
        var data = new Table(extremes, columns);
        var pictures = Pictures.Of(Pictures.Inputs(columns) with { Data = data });
        AssertSays(pictures, "data", "2E+38");
        Assert.That(pictures.Count("data", columns == 1 ? Mixed(PlotColors.Blue, 0.6) : PlotColors.Blue), Is.GreaterThan(80));
    }

    [Test]
    public void TicksTellNeighbouringFloatsApart()
    {
        double[] close = [100_000f, 0, MathF.BitIncrement(100_000f), 1];
        var pictures = Pictures.Of(Pictures.Inputs() with { Data = new Table(close, 2) });
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
