using SkiaSharp;

namespace GpuGan.Runner.Plots;

/// <summary>What was drawn once, to be played back as files of any kind.</summary>
/// <param name="picture">The drawing; owned from now on.</param>
/// <param name="width">In pixels.</param>
/// <param name="height">In pixels.</param>
internal sealed class Drawing(SKPicture picture, int width, int height) : IDisposable
{
    // What white becomes: the background of a dark page.
    private static readonly byte[] DarkPage = [0x16, 0x18, 0x1b];

    private const int BytesOfPixel = 4;

    /// <summary>Level 1 of zlib makes files a fifth larger than level 9 and is several times as fast.</summary>
    private static readonly SKPngEncoderOptions Encoding = new(SKPngEncoderFilterFlags.Sub, 1);

    /// <summary>In pixels.</summary>
    public int Width => width;

    /// <summary>In pixels.</summary>
    public int Height => height;

    /// <summary>The drawing in pixels.</summary>
    /// <param name="dark">Whether light and dark change places, hues stay as they are: for dark pages.</param>
    public byte[] Png(bool dark = false)
    {
        using SKSurface surface = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque))
            ?? throw new InvalidOperationException("no memory for a picture");
        surface.Canvas.DrawPicture(picture);
        using SKPixmap pixels = surface.PeekPixels();
        if (dark)
        {
            Darken(pixels.GetPixelSpan<byte>());
        }

        using SKData png = pixels.Encode(Encoding) ?? throw new InvalidOperationException("a picture cannot be encoded");
        return png.ToArray();
    }

    /// <summary>The drawing as SVG, without any reference to a font.</summary>
    public byte[] Svg()
    {
        using MemoryStream svg = new();
        using (SKCanvas canvas = SKSvgCanvas.Create(SKRect.Create(width, height), svg))
        {
            canvas.DrawPicture(picture);
        }

        svg.Position = 0;
        return SvgText.ToOutlines(svg);
    }

    /// <inheritdoc/>
    public void Dispose() => picture.Dispose();

    // Lightness is half of the sum of the largest and the smallest of red, green and blue: to mirror it, all three move alike.
    private static void Darken(Span<byte> pixels)
    {
        for (int i = 0; i < pixels.Length; i += BytesOfPixel)
        {
            int shift = 255 - Math.Max(pixels[i], Math.Max(pixels[i + 1], pixels[i + 2])) - Math.Min(pixels[i], Math.Min(pixels[i + 1], pixels[i + 2]));
            for (int channel = 0; channel < DarkPage.Length; channel++)
            {
                int mirrored = pixels[i + channel] + shift;
                pixels[i + channel] = (byte)(DarkPage[channel] + (mirrored * (255 - DarkPage[channel]) / 255));
            }
        }
    }
}
