using GpuGan.Runner.Settings;

namespace GpuGan.Runner.Sweeps.Results;

/// <summary>A row of <c>members.parquet</c>. A number is null where it is not finite, as after a divergence.</summary>
/// <param name="Member">From 0.</param>
/// <param name="Seed">Decides its data, weights and noise.</param>
/// <param name="Settings">All of its settings by their names in files, such as <c>lr_d</c>; <c>rows</c> too.</param>
/// <param name="LossD">Of its last epoch.</param>
/// <param name="LossG">Of its last epoch.</param>
/// <param name="KlDivergence">Of its generator.</param>
/// <param name="NearestNeighborAccuracy">Of its generator's rows; null where the moments tell all.</param>
/// <param name="MeanError">Of its generator.</param>
/// <param name="CovarianceError">Of its generator.</param>
/// <param name="Wasserstein2">Of its generator.</param>
/// <param name="Converged">By the verdict.</param>
/// <param name="Runaway">Whether it is finite and far from the target.</param>
/// <param name="DivergedAt">The first step after which a parameter was not finite; null where all are.</param>
/// <param name="DiscriminatorAccuracy">On fresh rows; null where it was not asked for.</param>
/// <param name="Mixture">How its generator meets modes; null where there are none, and after a divergence.</param>
internal sealed record SweepRow(
    long Member,
    ulong Seed,
    IReadOnlyDictionary<string, string> Settings,
    double? LossD,
    double? LossG,
    double? KlDivergence,
    double? NearestNeighborAccuracy,
    double? MeanError,
    double? CovarianceError,
    double? Wasserstein2,
    bool? Converged,
    bool? Runaway,
    int? DivergedAt,
    double? DiscriminatorAccuracy = null,
    MixtureFigures? Mixture = null)
{
    /// <summary>Whether its losses, which do not tell, lie near those of an equilibrium.</summary>
    public bool LooksConverged { get; init; }

    /// <summary>The row of a member.</summary>
    /// <param name="row">The member.</param>
    /// <param name="settings">Its settings as texts.</param>
    public static SweepRow Of(MemberRow row, IReadOnlyDictionary<string, string> settings)
    {
        MemberResult result = row.Result;
        return new SweepRow(
            row.Member,
            row.Seed,
            settings,
            Finite(result.LossD),
            Finite(result.LossG),
            Finite(result.KlDivergence),
            Finite(result.NearestNeighborAccuracy),
            Finite(result.MeanError),
            Finite(result.CovarianceError),
            Finite(result.Wasserstein2),
            result.Converged,
            result.Runaway,
            result.DivergedAt == 0 ? null : result.DivergedAt,
            Finite(result.DiscriminatorAccuracy),
            result.Mixture)
        {
            LooksConverged = row.LooksConverged,
        };
    }

    private static double? Finite(double? value) => value is double number && double.IsFinite(number) ? number : null;
}
