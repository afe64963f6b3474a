using System.Globalization;
using GpuGan.Kernels.Metrics;
using GpuGan.Runner.Report;

namespace GpuGan.Runner.Sweeps;

/// <summary>The rows of a sweep as CSV, with NaN where a number is not finite, as a population's.</summary>
internal static class MembersCsv
{
    /// <summary>The names of the columns.</summary>
    public static string Header(SweepSpecification specification) =>
        $"member,seed,{string.Join(',', specification.Settings.Select(axis => axis.Name))},{ResultNames(specification.Accuracy is not null)}\n";

    /// <summary>The line of a row.</summary>
    public static string Line(IReadOnlyList<SweepSetting> columns, MemberRow row) => string.Create(
        CultureInfo.InvariantCulture,
        $"{row.Member},{row.Seed},{string.Join(',', columns.Select(setting => setting.TextOf(row.Settings)))},{Result(row.Result)}\n");

    /// <summary>The names of what became of a member.</summary>
    public static string ResultNames(bool withAccuracy) =>
        $"{string.Join(',', PopulationResult.CommonNames)},converged,looks_converged,runaway,diverged_at{(withAccuracy ? $",{PopulationResult.AccuracyName}" : "")}";

    /// <summary>What became of a member.</summary>
    public static string Result(MemberResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"{result.LossD:R},{result.LossG:R},{result.KlDivergence:R},{result.NearestNeighborAccuracy:R},{result.MeanError:R},{result.CovarianceError:R},{result.Wasserstein2:R},{Word(result.Converged)},{Word(Verdict.LooksConverged(result.LossD, result.LossG))},{Word(result.Runaway)},{(result.DivergedAt == 0 ? "" : result.DivergedAt)}{(result.DiscriminatorAccuracy is double accuracy ? FormattableString.Invariant($",{accuracy:R}") : "")}");

    private static string Word(bool value) => value ? "true" : "false";
}
