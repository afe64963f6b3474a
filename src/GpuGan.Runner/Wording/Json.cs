using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GpuGan.Runner.Wording;

/// <summary>JSON as all files of the program have it.</summary>
internal static class Json
{
    // Words as they are: no file of ours is put into a page.
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A number; null for what JSON has no number for.</summary>
    public static JsonNode? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    /// <inheritdoc cref="Number(double)"/>
    public static JsonNode? Number(float value) => float.IsFinite(value) ? JsonValue.Create(value) : null;

    /// <summary>The value of a setting: a <c>double</c>, an <c>int</c>, a <c>bool</c> or a <c>string</c>.</summary>
    public static JsonValue Value(object value) => value switch
    {
        double number => JsonValue.Create(number),
        int number => JsonValue.Create(number),
        bool isOn => JsonValue.Create(isOn),
        _ => JsonValue.Create((string)value),
    };

    /// <summary>A document with a line for each member.</summary>
    public static string Document(JsonObject json) => json.ToJsonString(Indented) + "\n";
}
