using System.Text.Json;
using System.Text.Json.Nodes;
using GpuGan.Kernels.Metrics;

namespace GpuGan.Runner.Settings;

/// <summary>How a verdict is passed, by the names of the options in settings, and the limits beside their values in results.</summary>
internal static class LimitsJson
{
    /// <summary>The names in settings.</summary>
    public const string EvaluationRows = "evaluation_rows", KlLimit = "kl_limit", NeighborLimit = "neighbor_limit";

    private const string KlName = "kl_divergence", QualityName = "high_quality", ShareName = "least_share", DistanceName = "wasserstein_2";

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
    public static JsonObject Of(VerdictLimits limits, bool comparesSamples, bool isMixture, bool isPoint = false)
    {
        if (isPoint)
        {
            return new JsonObject { [DistanceName] = VerdictLimits.PointDistance };
        }

        JsonObject json = new() { [KlName] = limits.KlDivergence };
        if (comparesSamples)
        {
            json[FigureNames.NeighborName] = limits.NearestNeighborAccuracy;
        }

        if (isMixture)
        {
            json[QualityName] = MixtureQuality.LeastHighQuality;
            json[ShareName] = MixtureQuality.LeastPartOfShare;
        }

        return json;
    }

    /// <summary>The names of the limits that a generator does not keep: none where it is converged. What is unknown keeps no limit.</summary>
    public static IReadOnlyList<string> Broken(VerdictLimits limits, bool comparesSamples, Verdict verdict)
    {
        if (verdict.IsByDistance)
        {
            return verdict.Converged ? [] : [DistanceName];
        }

        List<string> names = [];
        if (!(verdict.KlDivergence <= limits.KlDivergence))
        {
            names.Add(KlName);
        }

        if (comparesSamples && !(verdict.NearestNeighborAccuracy <= limits.NearestNeighborAccuracy))
        {
            names.Add(FigureNames.NeighborName);
        }

        if (verdict.Mixture is { HighQuality: < MixtureQuality.LeastHighQuality })
        {
            names.Add(QualityName);
        }

        if (verdict.Mixture is { HasAllModes: false })
        {
            names.Add(ShareName);
        }

        return names;
    }
}
