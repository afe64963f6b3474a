using System.Globalization;
using System.Text.Json.Nodes;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Settings;
using GpuGan.Runner.Sweeps.Results;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Plots;

/// <summary>What stands below a picture's title: how it was trained, and what the verdict is by which limits.</summary>
internal static class Subtitle
{
    // Told first, then what differs from the defaults, then these, as far as there is room.
    private static readonly string[] First = ["seed", "generator", "discriminator"], Last = ["epochs", "batch_size", "lr_d", "lr_g"];

    private static readonly JsonObject Defaults = SettingsJson.Of(new TrainingSettings(), 0);

    /// <summary>The two lines of a training.</summary>
    /// <param name="settings">How it was trained.</param>
    /// <param name="epochs">Epochs that were trained.</param>
    /// <param name="verdict">On its generator; null after a divergence.</param>
    /// <param name="limits">Of the verdict.</param>
    /// <param name="distribution">What the rows are drawn from; null where they are a file's.</param>
    public static IReadOnlyList<string> Of(TrainingSettings settings, int epochs, Verdict? verdict, VerdictLimits limits, IDistribution? distribution = null) =>
        [Drawn(distribution) + SettingsOf(settings with { Epochs = epochs }, []), verdict is null ? "diverged, a parameter is not finite" : VerdictOf(verdict, limits)];

    /// <summary>The two lines of many trainings.</summary>
    /// <param name="settings">What they have in common; the seed is the first.</param>
    /// <param name="varied">The settings in which they differ.</param>
    /// <param name="converged">How many of them converged.</param>
    /// <param name="looks">How many look so.</param>
    /// <param name="limits">Of the verdict.</param>
    /// <param name="comparesSamples">Whether nearest neighbours are compared.</param>
    public static IReadOnlyList<string> Of(TrainingSettings settings, IEnumerable<string> varied, Share converged, Share looks, VerdictLimits limits, bool comparesSamples)
    {
        string limit = $"KL divergence {Number(limits.KlDivergence)}{(comparesSamples ? $", nearest neighbors {Number(limits.NearestNeighborAccuracy)}" : "")}";
        (double low, double high) = converged.Interval;
        return
        [
            SettingsOf(settings, ["seed", .. varied]),
            FormattableString.Invariant($"{100 * converged.Value:f1} % of {converged.Of:n0} converged ({100 * low:f1} to {100 * high:f1} %), {100 * looks.Value:f1} % look so by their losses, limits: {limit}"),
        ];
    }

    /// <summary>The two lines of a sweep.</summary>
    /// <param name="result">The sweep.</param>
    /// <param name="swept">The settings in which its members differ.</param>
    public static IReadOnlyList<string> Of(SweepResult result, IReadOnlyList<string> swept)
    {
        IReadOnlyList<string> lines = OfMembers(result, swept);
        return swept.Contains(DistributionWord.Name) ? lines : [Drawn(result.MemberOf(result.Rows[0]).Distribution) + lines[0], .. lines.Skip(1)];
    }

    private static IReadOnlyList<string> OfMembers(SweepResult result, IReadOnlyList<string> swept) => Of(
        result.BaseSettings,
        swept,
        new Share(result.Rows.Count(row => row.Converged == true), result.Rows.Count),
        new Share(result.Rows.Count(row => row.LooksConverged), result.Rows.Count),
        result.Limits,
        result.Rows.Any(row => row.NearestNeighborAccuracy is not null));

    /// <summary>A figure and its limit.</summary>
    public static string Limited(string name, double value, double limit) => $"{name} {(double.IsFinite(value) ? Number(value) : "unknown")} (limit {Number(limit)})";

    // The chapter's is what is meant where nothing is said.
    private static string Drawn(IDistribution? distribution) => distribution is null || distribution.Equals(Gaussian.Chapter) ? "" : $"{distribution}, ";

    private static string VerdictOf(Verdict verdict, VerdictLimits limits) => string.Concat(
        verdict.Converged ? "converged: " : "not converged: ",
        verdict.IsByDistance ? Limited("2-Wasserstein", verdict.Wasserstein2, VerdictLimits.PointDistance) : Limited("KL divergence", verdict.KlDivergence, limits.KlDivergence),
        verdict.NearestNeighborAccuracy is double accuracy ? $", {Limited("nearest neighbors", accuracy, limits.NearestNeighborAccuracy)}" : "",
        verdict.Mixture is { } mixture ? FormattableString.Invariant($", {mixture.Modes} of {mixture.Centers} modes, quality {Number(mixture.HighQuality)} (limit {MixtureQuality.LeastHighQuality})") : "");

    private static string SettingsOf(TrainingSettings settings, IReadOnlyCollection<string> except)
    {
        JsonObject own = SettingsJson.Of(settings, 0);
        IEnumerable<string> changed = own.Select(one => one.Key).Where(name => !JsonNode.DeepEquals(own[name], Defaults[name]));
        return string.Join(", ", First.Concat(changed).Concat(Last).Distinct().Except(except).Select(name => $"{name} {own[name]}"));
    }

    private static string Number(double value) => value.ToString(
        value switch
        {
            0 or (>= 1e-3 and < 1000) => "G3",
            >= 1000 and < 1e6 => "F0",
            _ => "0.##e0",
        },
        CultureInfo.InvariantCulture);
}
