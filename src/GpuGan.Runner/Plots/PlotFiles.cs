using ScottPlot;
using SkiaSharp;

namespace GpuGan.Runner.Plots;

/// <summary>Turns a plot into the bytes of its files.</summary>
internal static class PlotFiles
{
    /// <summary>Width of a picture in pixels.</summary>
    public const int Width = 800;

    /// <summary>Height of a picture in pixels.</summary>
    public const int Height = 600;

    /// <summary>Level 1 of zlib makes files a fifth larger than level 9 and is several times as fast.</summary>
    private static readonly SKPngEncoderOptions Png = new(SKPngEncoderFilterFlags.Sub, 1);

    /// <summary>Lays a plot out and fixes its axes, so that its limits and the place of its data are known.</summary>
    public static void LayOut(Plot plot)
    {
        using var nowhere = new SKNoDrawCanvas(Width, Height);
        plot.Render(nowhere, Width, Height);
        plot.Axes.Rules.Clear();
    }

    /// <summary>Draws a plot once and plays the drawing back as PNG and as SVG without any reference to a font.</summary>
    public static (byte[] Png, byte[] Svg) Render(Plot plot)
    {
        LayOut(plot);
        plot.RenderManager.ClearCanvasBeforeEachRender = false;
        using var recorder = new SKPictureRecorder();
        plot.Render(recorder.BeginRecording(SKRect.Create(Width, Height)), Width, Height);
        using SKPicture drawing = recorder.EndRecording();
        return (ToPng(drawing), ToSvg(drawing));
    }

    private static byte[] ToPng(SKPicture drawing)
    {
        using SKSurface surface = SKSurface.Create(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque))
            ?? throw new InvalidOperationException("no memory for a picture");
        surface.Canvas.DrawPicture(drawing);
        using SKPixmap pixels = surface.PeekPixels();
        using SKData png = pixels.Encode(Png) ?? throw new InvalidOperationException("a picture cannot be encoded");
        return png.ToArray();
    }

    private static byte[] ToSvg(SKPicture drawing)
    {
        using var svg = new MemoryStream();
        using (SKCanvas canvas = SKSvgCanvas.Create(SKRect.Create(Width, Height), svg))
        {
            canvas.DrawPicture(drawing);
        }

        svg.Position = 0;
        return SvgText.ToOutlines(svg);
    }
}
