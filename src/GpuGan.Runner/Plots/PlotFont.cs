using System.Reflection;
using ScottPlot;
using SkiaSharp;

namespace GpuGan.Runner.Plots;

/// <summary>
/// The font of all text in the pictures: Inter, which comes with the program, so that a machine without fonts draws
/// the same pictures as any other.
/// </summary>
/// <remarks>
/// Inter lies in an assembly of which we run no code and which is a resource of the program. Its own resource is an
/// archive as Avalonia's build packs it: the length of an index (int32), the index, then the files. The index is a version (int32), the number of
/// files (int32) and for each its path (a string of <see cref="BinaryReader"/>), its offset behind the index and its
/// size (int32 each).
/// </remarks>
internal sealed class PlotFont : IFontResolver
{
    /// <summary>Name of the family.</summary>
    public const string Family = "Inter";

    private static readonly Lazy<Assembly> Archive = new(LoadArchive);
    private static readonly Lazy<SKTypeface> Regular = new(() => Read("Inter-Regular.ttf"));
    private static readonly Lazy<SKTypeface> SemiBold = new(() => Read("Inter-SemiBold.ttf"));
    private static readonly Lock Registration = new();
    private static bool registered;

    private PlotFont()
    {
    }

    /// <summary>Makes this the font of every plot of the process, whatever the machine has installed.</summary>
    public static void Register()
    {
        lock (Registration)
        {
            if (!registered)
            {
                Fonts.FontResolvers.Insert(0, new PlotFont());
                Fonts.Default = Family;
                registered = true;
            }
        }
    }

    /// <summary>The typeface for any name: no text falls back on a font of the machine.</summary>
    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        (weight >= FontWeight.SemiBold ? SemiBold : Regular).Value;

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => (bold ? SemiBold : Regular).Value;

    private static Assembly LoadArchive()
    {
        using Stream packed = typeof(PlotFont).Assembly.GetManifestResourceStream("Avalonia.Fonts.Inter.dll")
            ?? throw new InvalidDataException("the program was built without the font of its plots");
        byte[] assembly = new byte[packed.Length];
        packed.ReadExactly(assembly);
        return Assembly.Load(assembly);
    }

    private static SKTypeface Read(string file)
    {
        using Stream archive = Archive.Value.GetManifestResourceStream("!AvaloniaResources")
            ?? throw new InvalidDataException("the package of the plots' font holds no archive");
        using var reader = new BinaryReader(archive);
        int filesBegin = sizeof(int) + reader.ReadInt32();
        _ = reader.ReadInt32();
        for (int files = reader.ReadInt32(); files > 0; files--)
        {
            string path = reader.ReadString();
            int offset = reader.ReadInt32();
            int size = reader.ReadInt32();
            if (Path.GetFileName(path) == file)
            {
                archive.Position = filesBegin + offset;
                using SKData data = SKData.Create(archive, size);
                return SKTypeface.FromData(data) ?? throw new InvalidDataException($"{file} is no font that can be read");
            }
        }

        throw new InvalidDataException($"the package of the plots' font does not hold {file}");
    }
}
