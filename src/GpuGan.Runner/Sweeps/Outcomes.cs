using GpuGan.Kernels.Metrics;
using GpuGan.Runner.Report;

namespace GpuGan.Runner.Sweeps;

/// <summary>What became of some members, such as those that stand at one place of a picture.</summary>
/// <param name="Converged">How many are converged by the verdict.</param>
/// <param name="LooksConverged">How many have both losses within 0.02 of log 2, whatever the verdict.</param>
/// <param name="Wasserstein2">Quartiles of the distance of those that did not diverge; NaN where all did.</param>
/// <param name="Diverged">How many diverged.</param>
internal sealed record Outcomes(Share Converged, Share LooksConverged, (double First, double Median, double Third) Wasserstein2, int Diverged)
{
    /// <summary>Counts members.</summary>
    /// <param name="rows">At least one.</param>
    public static Outcomes Of(IReadOnlyCollection<SweepRow> rows)
    {
        double[] distances = [.. rows.Select(row => row.Wasserstein2).OfType<double>().Order()];
        return new Outcomes(
            new Share(rows.Count(row => row.Converged == true), rows.Count),
            new Share(rows.Count(Looks), rows.Count),
            (PopulationResult.Quantile(distances, 0.25), PopulationResult.Quantile(distances, 0.5), PopulationResult.Quantile(distances, 0.75)),
            rows.Count(row => row.DivergedAt is not null));
    }

    /// <summary>Whether a member's losses lie near log 2.</summary>
    public static bool Looks(SweepRow row) =>
        row is { LossD: double lossD, LossG: double lossG } && Verdict.LooksConverged((float)lossD, (float)lossG);
}
