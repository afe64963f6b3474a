using System.Text.Json;
using System.Text.Json.Nodes;
using GpuGan.Kernels.Metrics;

namespace GpuGan.Runner.Report;

/// <summary>How a verdict is passed, by the names of the options in settings, and the limits beside their values in results.</summary>
internal static class LimitsJson
{
    /// <summary>The names in settings.</summary>
    public const string EvaluationRows = "evaluation_rows", KlLimit = "kl_limit", NeighborLimit = "neighbor_limit";

    /// <summary>Adds what decides the verdict to settings.</summary>
    public static void AddTo(JsonObject settings, VerdictLimits limits)
    {
        settings[EvaluationRows] = limits.EvaluationRows;
        settings[KlLimit] = limits.KlDivergence;
        settings[NeighborLimit] = limits.NeighborLimit;
    }

    /// <summary>Reads it back; what older settings do not have is as it is when nothing is asked for.</summary>
    public static VerdictLimits Read(JsonElement settings) => new(
        settings.TryGetProperty(KlLimit, out JsonElement kl) ? kl.GetDouble() : VerdictLimits.DefaultKlDivergence,
        settings.TryGetProperty(NeighborLimit, out JsonElement neighbor) && neighbor.ValueKind == JsonValueKind.Number ? neighbor.GetDouble() : null,
        settings.TryGetProperty(EvaluationRows, out JsonElement rows) ? rows.GetInt32() : Moments.GeneratorSamples);

    /// <summary>What results say of the limits: only those that apply.</summary>
    public static JsonObject Of(VerdictLimits limits, bool comparesSamples)
    {
        JsonObject json = new() { ["kl_divergence"] = limits.KlDivergence };
        if (comparesSamples)
        {
            json["nearest_neighbor_accuracy"] = limits.NearestNeighborAccuracy;
        }

        return json;
    }
}
