using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Sweeps.Results;

/// <summary>What became of some members, such as those that stand at one place of a picture.</summary>
/// <param name="Converged">How many are converged by the verdict.</param>
/// <param name="LooksConverged">How many have losses as at an equilibrium, whatever the verdict.</param>
/// <param name="OnlyLooksConverged">How many of these have a wrong generator.</param>
/// <param name="KlDivergence">Quartiles of the divergence of those that have one; NaN where none has.</param>
/// <param name="Wasserstein2">Quartiles of the distance of those that did not diverge; NaN where all did.</param>
/// <param name="Accuracy">Quartiles of the accuracy of their discriminators; NaN where it was not asked for.</param>
/// <param name="Diverged">How many diverged.</param>
/// <param name="Runaway">How many are finite, and far from the target.</param>
internal sealed record Outcomes(
    Share Converged,
    Share LooksConverged,
    Share OnlyLooksConverged,
    (double First, double Median, double Third) KlDivergence,
    (double First, double Median, double Third) Wasserstein2,
    (double First, double Median, double Third) Accuracy,
    int Diverged,
    int Runaway)
{
    /// <summary>How many meet every mode of their mixture; null where there are no mixtures.</summary>
    public Share? AllModes { get; private init; }

    /// <summary>Quartiles of the modes that are met, of those that have any to meet and did not diverge; NaN where there are none.</summary>
    public (double First, double Median, double Third) Modes { get; private init; }

    /// <summary>The most modes that there are to meet.</summary>
    public int Centers { get; private init; }

    /// <summary>Counts members.</summary>
    /// <param name="rows">At least one.</param>
    public static Outcomes Of(IReadOnlyCollection<SweepRow> rows) => new(
        new Share(rows.Count(row => row.Converged == true), rows.Count),
        new Share(rows.Count(row => row.LooksConverged), rows.Count),
        new Share(rows.Count(row => row.LooksConverged && row.Converged != true), rows.Count),
        Quartiles(rows.Select(row => row.KlDivergence)),
        Quartiles(rows.Select(row => row.Wasserstein2)),
        Quartiles(rows.Select(row => row.DiscriminatorAccuracy)),
        rows.Count(row => row.DivergedAt is not null),
        rows.Count(row => row.Runaway == true))
    {
        AllModes = rows.Any(row => row.Mixture is not null) ? new Share(rows.Count(row => row.Mixture is { HasAllModes: true }), rows.Count) : null,
        Modes = Quartiles(rows.Select(row => (double?)row.Mixture?.Modes)),
        Centers = rows.Max(row => row.Mixture?.Centers ?? 0),
    };

    private static (double First, double Median, double Third) Quartiles(IEnumerable<double?> numbers)
    {
        double[] sorted = [.. numbers.OfType<double>().Order()];
        return (PopulationResult.Quantile(sorted, 0.25), PopulationResult.Quantile(sorted, 0.5), PopulationResult.Quantile(sorted, 0.75));
    }
}
