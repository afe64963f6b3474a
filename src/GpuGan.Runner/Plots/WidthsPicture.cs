using System.Globalization;
using GpuGan.Kernels.Networks;
using ScottPlot;

namespace GpuGan.Runner.Plots;

/// <summary>What networks of several widths cost here and in PyTorch: GAN-steps per second over parameters, both on logarithmic axes.</summary>
internal static class WidthsPicture
{
    // Skia's SVG knows no dashes: shapes tell one GAN from many.
    private static readonly (string Column, string Name, Color Color, MarkerShape Marker)[] Curves =
    [
        ("gpugan", "GpuGan, one GAN", PlotColors.Blue, MarkerShape.FilledCircle),
        ("gpugan_16", "GpuGan, 16 GANs", PlotColors.Blue, MarkerShape.FilledSquare),
        ("eager", "PyTorch, one GAN", PlotColors.Orange, MarkerShape.FilledCircle),
        ("batched_16", "PyTorch, 16 GANs batched", PlotColors.Orange, MarkerShape.FilledSquare),
    ];

    /// <summary>The pictures' names and bytes.</summary>
    /// <param name="lines">The table that <c>bench/widths.sh --csv</c> writes, its names first.</param>
    public static IEnumerable<(string Name, byte[] Bytes)> Files(IReadOnlyList<string> lines)
    {
        PlotFont.Register();
        List<string> names = [.. lines[0].Split(',')];
        string[][] rows = [.. lines.Skip(1).Select(line => line.Split(',')).OrderBy(Parameters).ThenBy(row => int.Parse(row[names.IndexOf("batch_size")], CultureInfo.InvariantCulture))];
        Plot plot = PlotFrame.New("GAN-steps per second beside PyTorch, batches of 8 to 512 rows", "parameters", "GAN-steps per second");
        double[] x = [.. rows.Select(row => Math.Log10(Parameters(row)))];
        List<double> all = [];
        foreach ((string column, string name, Color color, MarkerShape marker) in Curves)
        {
            double[] y = [.. rows.Select(row => Math.Log10(double.Parse(row[names.IndexOf(column)], CultureInfo.InvariantCulture)))];
            all.AddRange(y);
            ScottPlot.Plottables.Scatter curve = plot.Add.Scatter(x, y, color);
            curve.LineWidth = 2;
            curve.MarkerShape = marker;
            curve.MarkerSize = 11;
            curve.LegendText = name;
        }

        LogTicks.AtPowers(plot, power => PlotFrame.Count((int)power));

        PlotFrame.ShowLegend(plot);
        plot.Axes.SetLimits(Math.Floor(x.Min()) - 0.1, Math.Ceiling(x.Max()) + 0.4, Math.Floor(all.Min()), Math.Ceiling(all.Max()));
        using Drawing drawing = PlotFiles.Draw(plot, []);
        return [("widths.png", drawing.Png()), ("widths.svg", drawing.Svg())];

        int Parameters(string[] row) => Network.Parse(row[names.IndexOf("generator")]).ParameterCount + Network.Parse(row[names.IndexOf("discriminator")]).ParameterCount;
    }
}
