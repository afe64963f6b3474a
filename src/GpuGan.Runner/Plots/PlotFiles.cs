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
    public static void LayOut(Plot plot) => LayOut(plot, Width, Height);

    /// <summary>Draws a plot once and plays the drawing back as PNG and as SVG without any reference to a font.</summary>
    public static (byte[] Png, byte[] Svg) Render(Plot plot) => Render([plot], columns: 1, Width, Height);

    /// <summary>Draws plots into one picture, row by row.</summary>
    /// <param name="panels">At least one.</param>
    /// <param name="columns">How many stand side by side.</param>
    /// <param name="width">Width of a panel in pixels.</param>
    /// <param name="height">Height of a panel in pixels.</param>
    public static (byte[] Png, byte[] Svg) Render(IReadOnlyList<Plot> panels, int columns, int width, int height)
    {
        int rows = (panels.Count + columns - 1) / columns;
        SKRect whole = SKRect.Create(width * columns, height * rows);
        using var recorder = new SKPictureRecorder();
        SKCanvas canvas = recorder.BeginRecording(whole);
        canvas.Clear(SKColors.White);
        for (int i = 0; i < panels.Count; i++)
        {
            LayOut(panels[i], width, height);
            panels[i].RenderManager.ClearCanvasBeforeEachRender = false;
            int left = i % columns * width, top = i / columns * height;
            panels[i].Render(canvas, new PixelRect(left, left + width, top + height, top));
        }

        using SKPicture drawing = recorder.EndRecording();
        return (ToPng(drawing, whole), ToSvg(drawing, whole));
    }

    private static void LayOut(Plot plot, int width, int height)
    {
        using var nowhere = new SKNoDrawCanvas(width, height);
        plot.Render(nowhere, width, height);
        plot.Axes.Rules.Clear();
    }

    private static byte[] ToPng(SKPicture drawing, SKRect whole)
    {
        using SKSurface surface = SKSurface.Create(new SKImageInfo((int)whole.Width, (int)whole.Height, SKColorType.Rgba8888, SKAlphaType.Opaque))
            ?? throw new InvalidOperationException("no memory for a picture");
        surface.Canvas.DrawPicture(drawing);
        using SKPixmap pixels = surface.PeekPixels();
        using SKData png = pixels.Encode(Png) ?? throw new InvalidOperationException("a picture cannot be encoded");
        return png.ToArray();
    }

    private static byte[] ToSvg(SKPicture drawing, SKRect whole)
    {
        using var svg = new MemoryStream();
        using (SKCanvas canvas = SKSvgCanvas.Create(whole, svg))
        {
            canvas.DrawPicture(drawing);
        }

        svg.Position = 0;
        return SvgText.ToOutlines(svg);
    }
}
