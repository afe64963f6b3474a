using System.Globalization;
using System.Text.Json.Nodes;

namespace GpuGan.Runner.Wording;

/// <summary>Numbers with as many digits as a page can show.</summary>
internal static class Rounded
{
    /// <summary>A number with 4 digits; null where it is not finite.</summary>
    public static JsonNode? Number(double value) =>
        double.IsFinite(value) ? JsonValue.Create(double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)) : null;

    /// <summary>Numbers with 4 digits.</summary>
    public static JsonArray Array(IEnumerable<double> values) => [.. values.Select(Number)];

    /// <summary>Some of the numbers, at equal distances, the last among them.</summary>
    public static JsonArray Thinned(IReadOnlyList<double> values, int most)
    {
        int count = Math.Min(values.Count, most);
        return Array(Enumerable.Range(1, count).Select(i => values[(int)((long)i * values.Count / count) - 1]));
    }
}
