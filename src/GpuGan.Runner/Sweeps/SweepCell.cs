using GpuGan.Kernels.Metrics;
using GpuGan.Runner.Report;

namespace GpuGan.Runner.Sweeps;

/// <summary>What became of the members that stand at one place.</summary>
/// <param name="Converged">How many are converged by the verdict.</param>
/// <param name="LooksConverged">How many have both losses within 0.02 of log 2, whatever the verdict.</param>
/// <param name="Wasserstein2">Quartiles of the distance, diverged members infinitely far; infinite where a diverged member is the quartile.</param>
/// <param name="Diverged">How many diverged.</param>
internal sealed record SweepCell(Share Converged, Share LooksConverged, (double First, double Median, double Third) Wasserstein2, int Diverged)
{
    /// <summary>Counts members.</summary>
    /// <param name="rows">At least one.</param>
    public static SweepCell Of(IReadOnlyCollection<SweepRow> rows)
    {
        double[] distances = [.. rows.Select(row => row.Wasserstein2 ?? double.PositiveInfinity).Order()];
        return new SweepCell(
            new Share(rows.Count(row => row.Converged == true), rows.Count),
            new Share(rows.Count(Looks), rows.Count),
            (Quantile(distances, 0.25), Quantile(distances, 0.5), Quantile(distances, 0.75)),
            rows.Count(row => row.DivergedAt is not null));
    }

    /// <summary>Whether a member's losses lie near log 2.</summary>
    public static bool Looks(SweepRow row) =>
        row is { LossD: double lossD, LossG: double lossG } && Verdict.LooksConverged((float)lossD, (float)lossG);

    // Between neighbours linearly; next to an infinite one, infinite.
    private static double Quantile(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        double part = place - below;
        return part == 0 ? sorted[below] : double.IsFinite(sorted[below + 1]) ? sorted[below] + (part * (sorted[below + 1] - sorted[below])) : double.PositiveInfinity;
    }
}
