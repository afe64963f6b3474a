using GpuGan.Kernels.Metrics;
using GpuGan.Runner.Settings;

namespace GpuGan.Runner.Tests.Report;

/// <summary>Which limits a generator does not keep.</summary>
public sealed class LimitsJsonTests
{
    private static readonly MixtureQuality Good = new(0.98, 8, 8, 0.9, 0.001, 0.98889);

    private static readonly Verdict Right = new(0.1, 0.55, 0, 0, 0, Converged: true, Runaway: false);

    private static readonly IEnumerable<TestCaseData> Cases =
    [
        new TestCaseData(Right, Array.Empty<string>()).SetArgDisplayNames("none"),
        new TestCaseData(Right with { Mixture = Good }, Array.Empty<string>()).SetArgDisplayNames("none of a mixture"),
        new TestCaseData(Right with { Mixture = Good with { HighQuality = 0.7 } }, new[] { "high_quality" }).SetArgDisplayNames("few rows near modes"),
        new TestCaseData(Right with { Mixture = Good with { LeastShare = 0.4 } }, new[] { "least_share" }).SetArgDisplayNames("a mode with few rows"),
        new TestCaseData(
            Right with { KlDivergence = double.NaN, NearestNeighborAccuracy = 0.9, Mixture = Good with { HighQuality = 0, LeastShare = 0, Modes = 0 } },
            new[] { "kl_divergence", "nearest_neighbor_accuracy", "high_quality", "least_share" }).SetArgDisplayNames("all"),
        new TestCaseData(Right with { KlDivergence = double.NaN, IsByDistance = true }, Array.Empty<string>()).SetArgDisplayNames("at a point"),
        new TestCaseData(Right with { KlDivergence = double.NaN, IsByDistance = true, Wasserstein2 = 1, Converged = false }, new[] { "wasserstein_2" }).SetArgDisplayNames("far from a point"),
    ];

    [TestCaseSource(nameof(Cases))]
    public void Limits_that_are_not_kept_are_named(Verdict verdict, string[] names) =>
        Assert.That(LimitsJson.Broken(VerdictLimits.Default, comparesSamples: true, verdict), Is.EqualTo(names));
}
