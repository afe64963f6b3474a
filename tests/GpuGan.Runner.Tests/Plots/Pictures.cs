using System.Xml.Linq;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Plots;
using SkiaSharp;

namespace GpuGan.Runner.Tests.Plots;

/// <summary>Inputs for pictures, and the files that become of them.</summary>
internal sealed class Pictures
{
    private readonly Dictionary<string, byte[]> files;

    private Pictures(Dictionary<string, byte[]> files) => this.files = files;

    public IEnumerable<string> Names => files.Keys.Order(StringComparer.Ordinal);

    public static PlotInputs Inputs(int columns = 2, int rows = 300) => new(
        Spiral(100, columns),
        Spiral(rows, columns),
        Spiral(100, columns, shift: 0.5f),
        Losses([0.8f, 0.7f, 0.69f], [0.6f, 0.75f, 0.7f]),
        (horizontal, vertical) => horizontal > 0 ? 0.9f : 0.1f);

    /// <summary>Rows around the origin that differ in every column.</summary>
    public static Table Spiral(int rows, int columns, float shift = 0)
    {
        double[] values = new double[rows * columns];
        for (int i = 0; i < values.Length; i++)
        {
            int row = i / columns;
            values[i] = shift + (2f * (row + 1) / rows * MathF.Cos((0.7f * row) + (i % columns)));
        }

        return new Table(values, columns);
    }

    public static Table Constant(int rows, int columns, float value)
    {
        double[] values = new double[rows * columns];
        Array.Fill(values, value);
        return new Table(values, columns);
    }

    public static IReadOnlyList<EpochLosses> Losses(float[] discriminator, float[] generator) =>
        discriminator.Zip(generator, (d, g) => (d, g)).Select((loss, i) => new EpochLosses(i + 1, loss.d, loss.g, loss.d, loss.g)).ToArray();

    public static Pictures Of(PlotInputs inputs)
    {
        Dictionary<string, byte[]> files = [];
        RunPlots.Write("run", inputs, (path, content) =>
        {
            lock (files)
            {
                files.Add(Path.GetRelativePath("run", path), content);
            }
        });
        return new Pictures(files);
    }

    public byte[] Bytes(string file) => files[file];

    public SKBitmap Png(string name) => SKBitmap.Decode(files[$"{name}.png"]) ?? throw new InvalidDataException($"{name}.png is no picture");

    public XElement Svg(string name) => XDocument.Load(new MemoryStream(files[$"{name}.svg"])).Root!;

    /// <summary>All texts of a picture, each with the path that draws it.</summary>
    public ILookup<string, XElement> Texts(string name) =>
        Svg(name).Descendants().Where(element => element.Attribute("aria-label") is not null).ToLookup(element => element.Attribute("aria-label")!.Value);

    /// <summary>Number of pixels that have a colour, but for the rounding of blending.</summary>
    public int Count(string name, ScottPlot.Color color)
    {
        using SKBitmap png = Png(name);
        return png.Pixels.Count(pixel =>
            Math.Abs(pixel.Red - color.Red) <= 2 && Math.Abs(pixel.Green - color.Green) <= 2 && Math.Abs(pixel.Blue - color.Blue) <= 2);
    }
}
