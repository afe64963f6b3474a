using System.Globalization;
using GpuGan.Runner.Settings;
using GpuGan.Runner.Sweeps.Specification;

namespace GpuGan.Runner.Sweeps.Results;

/// <summary>The rows of a sweep as CSV, with NaN where a number is not finite, as a population's.</summary>
internal static class MembersCsv
{
    /// <summary>The names of the columns.</summary>
    public static string Header(SweepSpecification specification) =>
        $"member,seed,{string.Join(',', specification.Settings.Select(axis => axis.Name))},{ResultNames(specification.AccuracyRows is not null, specification.HasMixture)}\n";

    /// <summary>The line of a row.</summary>
    public static string Line(IReadOnlyList<SweepSetting> columns, MemberRow row, bool withMixture) => string.Create(
        CultureInfo.InvariantCulture,
        $"{row.Member},{row.Seed},{string.Join(',', columns.Select(setting => Quoted(setting.TextOf(row.Settings))))},{Result(row.Result, row.LooksConverged, withMixture)}\n");

    /// <summary>The names of what became of a member.</summary>
    public static string ResultNames(bool withAccuracy, bool withMixture) =>
        $"{string.Join(',', FigureNames.CommonNames)},converged,looks_converged,runaway,diverged_at{(withAccuracy ? $",{FigureNames.AccuracyName}" : "")}{(withMixture ? $",{string.Join(',', MixtureFigures.Names)}" : "")}";

    /// <summary>What became of a member.</summary>
    public static string Result(MemberResult result, bool looksConverged, bool withMixture) => string.Create(
        CultureInfo.InvariantCulture,
        $"{result.LossD:R},{result.LossG:R},{result.KlDivergence:R},{result.NearestNeighborAccuracy:R},{result.MeanError:R},{result.CovarianceError:R},{result.Wasserstein2:R},{Word(result.Converged)},{Word(looksConverged)},{Word(result.Runaway)},{(result.DivergedAt == 0 ? "" : result.DivergedAt)}{(result.DiscriminatorAccuracy is double accuracy ? FormattableString.Invariant($",{accuracy:R}") : "")}{(withMixture ? $",{MixtureFigures.ToCsv(result.Mixture)}" : "")}");

    // The numbers of a distribution may have commas between them.
    private static string Quoted(string text) => text.Contains(',', StringComparison.Ordinal) ? $"\"{text}\"" : text;

    private static string Word(bool value) => value ? "true" : "false";
}
