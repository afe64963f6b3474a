using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using ScottPlot;
using SkiaSharp;

namespace GpuGan.Runner.Plots;

/// <summary>
/// Replaces the text of an SVG document by its outlines. Skia writes text with the name of its font, which few machines
/// have; other fonts would be drawn at the places of this one's letters.
/// </summary>
internal static class SvgText
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>
    /// The document with a path for each text, whose label says what it reads, with a view box, so that it can be shown
    /// at any size, and with ids of its own, so that one drawing gives one file.
    /// </summary>
    /// <param name="svg">A document as Skia writes it: each text has a place for each letter.</param>
    public static byte[] ToOutlines(Stream svg)
    {
        XDocument document = XDocument.Load(svg, LoadOptions.PreserveWhitespace);
        XElement picture = document.Root!;
        picture.SetAttributeValue("viewBox", $"0 0 {picture.Attribute("width")?.Value} {picture.Attribute("height")?.Value}");
        foreach (XElement text in picture.Descendants(Svg + "text").ToList())
        {
            text.ReplaceWith(Outline(text));
        }

        NumberIds(picture);

        using var outlined = new MemoryStream();
        using (var writer = XmlWriter.Create(outlined, new XmlWriterSettings { Encoding = new UTF8Encoding(false) }))
        {
            document.Save(writer);
        }

        return outlined.ToArray();
    }

    /// <summary>Numbers the ids from 0. Skia counts them through the process, so that they would depend on what was drawn before.</summary>
    private static void NumberIds(XElement picture)
    {
        Dictionary<string, string> numbered = [];
        foreach (XAttribute id in picture.Descendants().Attributes("id"))
        {
            string number = $"id{numbered.Count}";
            numbered.Add($"#{id.Value}", $"#{number}");
            numbered.Add($"url(#{id.Value})", $"url(#{number})");
            id.Value = number;
        }

        foreach (XAttribute attribute in picture.Descendants().Attributes())
        {
            attribute.Value = numbered.GetValueOrDefault(attribute.Value, attribute.Value);
        }
    }

    private static XElement Outline(XElement text)
    {
        bool isBold = text.Attribute("font-weight") is not null;
        float size = float.Parse(text.Attribute("font-size")!.Value, CultureInfo.InvariantCulture);
        using var font = new SKFont(Fonts.GetTypeface(PlotFont.Family, isBold, italic: false), size) { Hinting = SKFontHinting.None };
        // Skia indents the text; a reader of SVG collapses white space.
        string reads = string.Join(' ', text.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        ushort[] glyphs = font.GetGlyphs(reads);
        float[] left = Places(text, "x", glyphs.Length);
        float[] baseline = Places(text, "y", glyphs.Length);

        using var outline = new SKPath();
        for (int i = 0; i < glyphs.Length; i++)
        {
            // A space has no outline.
            using SKPath? letter = font.GetGlyphPath(glyphs[i]);
            if (letter is not null)
            {
                outline.AddPath(letter, left[i], baseline[i]);
            }
        }

        return new XElement(
            Svg + "path",
            text.Attributes("fill"),
            text.Attributes("fill-opacity"),
            text.Attributes("transform"),
            new XAttribute("role", "img"),
            new XAttribute("aria-label", reads),
            new XAttribute("d", outline.ToSvgPathData()));
    }

    /// <summary>A place for each letter; where fewer are given, the last one holds for the rest.</summary>
    private static float[] Places(XElement text, string attribute, int count)
    {
        float[] given = text.Attribute(attribute)!.Value
            .Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)
            .Select(place => float.Parse(place, CultureInfo.InvariantCulture))
            .ToArray();
        return Enumerable.Range(0, count).Select(i => given[Math.Min(i, given.Length - 1)]).ToArray();
    }
}
