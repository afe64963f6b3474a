using System.Reflection;

namespace GpuGan.Runner.Files;

/// <summary>Text files that are in the program.</summary>
internal static class EmbeddedText
{
    /// <summary>The text of one.</summary>
    /// <param name="name">Its name in the program, such as <c>HtmlReport/report.css</c>.</param>
    public static string Read(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidDataException($"the program was built without {name}");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
