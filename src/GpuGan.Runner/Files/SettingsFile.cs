using System.Text.Json;

namespace GpuGan.Runner.Files;

/// <summary>Reads <c>settings.json</c> of a folder, and tells in one line what is wrong with it.</summary>
internal static class SettingsFile
{
    /// <summary>Reads the settings.</summary>
    /// <param name="folder">A run's folder.</param>
    /// <param name="kind">Whose settings they should be, for the message.</param>
    /// <param name="read">Reads the document; may throw what <see cref="JsonElement"/> and parsers throw.</param>
    /// <exception cref="FileContentException">There is no such folder, or its settings are of something else.</exception>
    public static T Read<T>(string folder, string kind, Func<JsonElement, T> read)
    {
        string path = Path.Join(folder, RunFolder.SettingsName);
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return read(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or ArgumentException or KeyNotFoundException)
        {
            throw new FileContentException(path, $"is not the settings of {kind}: {exception.Message}");
        }
        catch (Exception exception) when (FileContentException.IsAboutFiles(exception))
        {
            throw FileContentException.Of(path, exception);
        }
    }
}
