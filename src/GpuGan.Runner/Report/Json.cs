using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GpuGan.Runner.Report;

/// <summary>JSON as all files of the program have it.</summary>
internal static class Json
{
    // Words as they are: no file of ours is put into a page.
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A number; null for what JSON has no number for.</summary>
    public static JsonNode? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    /// <inheritdoc cref="Number(double)"/>
    public static JsonNode? Number(float value) => float.IsFinite(value) ? JsonValue.Create(value) : null;

    /// <summary>A document with a line for each member.</summary>
    public static string Document(JsonObject json) => json.ToJsonString(Indented) + "\n";
}
