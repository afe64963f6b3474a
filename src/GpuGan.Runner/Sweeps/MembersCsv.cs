using GpuGan.Kernels.Metrics;
using GpuGan.Runner.Report;

namespace GpuGan.Runner.Sweeps;

/// <summary>The rows of a sweep as CSV, with NaN where a number is not finite, as a population's.</summary>
internal static class MembersCsv
{
    /// <summary>The names of the columns.</summary>
    public static string Header(bool withAccuracy) =>
        $"member,seed,{string.Join(',', SweepSetting.All.Select(setting => setting.Name))},loss_d,loss_g,kl_divergence,nearest_neighbor_accuracy,mean_error,covariance_error,wasserstein_2,converged,looks_converged,runaway,diverged_at{(withAccuracy ? $",{PopulationResult.AccuracyName}" : "")}\n";

    /// <summary>The line of a row.</summary>
    public static string Line(MemberRow row)
    {
        MemberResult result = row.Result;
        string settings = string.Join(',', SweepSetting.All.Select(setting => setting.TextOf(row.Settings)));
        return FormattableString.Invariant(
            $"{row.Member},{row.Seed},{settings},{result.LossD:R},{result.LossG:R},{result.KlDivergence:R},{result.NearestNeighborAccuracy:R},{result.MeanError:R},{result.CovarianceError:R},{result.Wasserstein2:R},{Word(result.Converged)},{Word(Verdict.LooksConverged(result.LossD, result.LossG))},{Word(result.Runaway)},{(result.DivergedAt == 0 ? "" : result.DivergedAt)}{(result.DiscriminatorAccuracy is double accuracy ? FormattableString.Invariant($",{accuracy:R}") : "")}\n");
    }

    private static string Word(bool value) => value ? "true" : "false";
}
