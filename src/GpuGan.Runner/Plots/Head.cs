using ScottPlot;
using SkiaSharp;

namespace GpuGan.Runner.Plots;

/// <summary>What stands above a picture, over its whole width.</summary>
/// <param name="Title">What is shown.</param>
/// <param name="Lines">Of what; each is cut to the width, at a comma.</param>
internal sealed record Head(string Title, IReadOnlyList<string> Lines)
{
    private const string Separator = ", ", More = ", …";
    private const float TitleSize = 20, LineSize = 13, TitleBaseline = 27, LineDistance = 18, Margin = 12;

    // Of a wide picture, which is shown smaller.
    private const int Wide = 1200;
    private const float Larger = 1.4f;

    /// <summary>Height in pixels above a picture of a width.</summary>
    public int HeightFor(int width) => (int)(Scale(width) * (36 + (Lines.Count * LineDistance)));

    /// <summary>Draws the texts, each in the middle of a width.</summary>
    public void Draw(SKCanvas canvas, int width)
    {
        using SKPaint ink = new() { Color = PlotColors.Ink.ToSKColor(), IsAntialias = true };
        float scale = Scale(width);
        DrawLine(Title, TitleBaseline, TitleSize, bold: true);
        for (int i = 0; i < Lines.Count; i++)
        {
            DrawLine(Lines[i], TitleBaseline + 3 + ((i + 1) * LineDistance), LineSize, bold: false);
        }

        void DrawLine(string text, float baseline, float size, bool bold)
        {
            using SKFont font = new(Fonts.GetTypeface(PlotFont.Family, bold, italic: false), scale * size) { Subpixel = true };
            string fitting = Fit(text, one => font.MeasureText(one) <= width - (2 * Margin));
            canvas.DrawText(fitting, (width - font.MeasureText(fitting)) / 2, scale * baseline, font, ink);
        }
    }

    /// <summary>As much of a text as fits.</summary>
    internal static string Fit(string text, Func<string, bool> fits)
    {
        if (fits(text))
        {
            return text;
        }

        string[] parts = text.Split(Separator);
        int count = Enumerable.Range(1, parts.Length - 1).LastOrDefault(count => fits(string.Join(Separator, parts[..count]) + More));
        return count > 0
            ? string.Join(Separator, parts[..count]) + More
            : text[..Enumerable.Range(0, text.Length).Last(length => length == 0 || fits(text[..length] + "…"))] + "…";
    }

    private static float Scale(int width) => width > Wide ? Larger : 1;
}
