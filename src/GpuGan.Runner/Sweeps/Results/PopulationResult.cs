using System.Text.Json.Nodes;
using GpuGan.Kernels.Metrics;
using GpuGan.Runner.Settings;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Sweeps.Results;

/// <summary>What becomes known of a population, member by member.</summary>
/// <param name="withAccuracy">Whether the accuracy of the discriminators is among it.</param>
/// <param name="withMixture">Whether the modes of a mixture are.</param>
internal sealed class PopulationResult(bool withAccuracy = false, bool withMixture = false)
{
    /// <summary>The quantiles that are told, in percent.</summary>
    public static readonly IReadOnlyList<int> Percents = [5, 25, 50, 75, 95];

    private readonly List<double>[] values = [.. FigureNames.AllNames.Select(_ => new List<double>())];
    private readonly List<Kind> kinds = [];
    private int looksConverged, allModes;

    /// <summary>What is to be thought of a member.</summary>
    public enum Kind
    {
        /// <summary>Its generator makes what it should.</summary>
        Converged,

        /// <summary>Its losses are those of an equilibrium, and its generator is wrong.</summary>
        OnlyLooksConverged,

        /// <summary>Neither.</summary>
        NotConverged,

        /// <summary>A parameter was not finite.</summary>
        Diverged,
    }

    /// <summary>The numbers whose quantiles are told, as files name them: those that some member has.</summary>
    public IReadOnlyList<string> Names =>
    [
        .. FigureNames.CommonNames.Where(name => name != FigureNames.NeighborName || Values(name).Any(double.IsFinite)),
        .. withAccuracy ? [FigureNames.AccuracyName] : Enumerable.Empty<string>(),
        .. withMixture ? MixtureFigures.Names.Except(["centers"]) : [],
    ];

    /// <summary>How many meet every mode of the mixture; null where there is none.</summary>
    public Share? AllModes => withMixture ? new Share(allModes, Count) : null;

    /// <summary>How many have losses as at an equilibrium, converged or not.</summary>
    public Share LooksConverged => new(looksConverged, Count);

    /// <summary>How many are finite, and far from the target.</summary>
    public int Runaway { get; private set; }

    /// <summary>Number of members.</summary>
    public int Count => kinds.Count;

    /// <summary>What is to be thought of each member.</summary>
    public IReadOnlyList<Kind> Kinds => kinds;

    /// <summary>Takes the next member.</summary>
    public void Add(TrainedMember member) =>
        Add([.. Numbers(member), member.DiscriminatorAccuracy ?? double.NaN], MixtureFigures.Of(member.Verdict.Mixture), member.DivergedAt is not null, member.Verdict.Converged, member.LooksConverged, member.Verdict.Runaway);

    /// <summary>Takes the next member as its file has it.</summary>
    public void Add(SweepRow row) => Add(
        [.. ((double?[])[row.LossD, row.LossG, row.KlDivergence, row.NearestNeighborAccuracy, row.MeanError, row.CovarianceError, row.Wasserstein2, row.DiscriminatorAccuracy]).Select(number => number ?? double.NaN)],
        row.Mixture,
        row.DivergedAt is not null,
        row.Converged == true,
        row.LooksConverged,
        row.Runaway == true);

    private void Add(double[] numbers, MixtureFigures? mixture, bool diverged, bool converged, bool looks, bool runaway)
    {
        looksConverged += looks ? 1 : 0;
        Runaway += runaway ? 1 : 0;
        allModes += mixture is { HasAllModes: true } ? 1 : 0;
        double[] all = [.. numbers, mixture?.HighQuality ?? double.NaN, mixture?.Modes ?? double.NaN, mixture?.Centers ?? double.NaN, mixture?.LeastShare ?? double.NaN, mixture?.ReverseKl ?? double.NaN];
        for (int i = 0; i < all.Length; i++)
        {
            values[i].Add(all[i]);
        }

        kinds.Add(
            diverged ? Kind.Diverged
            : converged ? Kind.Converged
            : looks ? Kind.OnlyLooksConverged
            : Kind.NotConverged);
    }

    /// <summary>The numbers of a name, one for each member; NaN where it diverged.</summary>
    public IReadOnlyList<double> Values(string name) => values[FigureNames.AllNames.ToList().IndexOf(name)];

    /// <summary>How many are of a kind.</summary>
    public Share ShareOf(Kind kind) => new(kinds.Count(other => other == kind), Count);

    /// <summary>The quantiles of a name over all finite numbers, between neighbours linearly; NaN where there is none.</summary>
    public IReadOnlyList<double> Quantiles(string name)
    {
        double[] sorted = [.. Values(name).Where(double.IsFinite).Order()];
        return [.. Percents.Select(percent => Quantile(sorted, percent / 100.0))];
    }

    /// <summary>A line of <c>members.csv</c> for a member; its header is that of <see cref="CsvHeader"/>.</summary>
    public static string CsvLine(int index, TrainedMember member, bool withMixture) => $"{index},{member.Settings.Seed},{MembersCsv.Result(MemberResult.Of(member), member.LooksConverged, withMixture)}\n";

    /// <summary>The first line of <c>members.csv</c>.</summary>
    public static string CsvHeader(bool withAccuracy, bool withMixture) => $"member,seed,{MembersCsv.ResultNames(withAccuracy, withMixture)}\n";

    /// <summary>Counts, shares with their intervals, and quantiles.</summary>
    public JsonObject ToJson()
    {
        JsonObject json = new() { ["members"] = Count };
        ShareOf(Kind.Converged).AddTo(json, "converged");
        LooksConverged.AddTo(json, "looks_converged");
        ShareOf(Kind.OnlyLooksConverged).AddTo(json, "only_looks_converged");
        if (AllModes is Share all)
        {
            all.AddTo(json, "all_modes");
        }

        json["diverged"] = ShareOf(Kind.Diverged).Count;
        json["runaway"] = Runaway;
        JsonObject quantiles = [];
        foreach (string name in Names)
        {
            quantiles[name] = new JsonObject(Percents.Zip(Quantiles(name), (percent, value) => KeyValuePair.Create($"{percent}", Json.Number(value))));
        }

        json["quantiles"] = quantiles;
        return json;
    }

    private static double[] Numbers(TrainedMember member) =>
    [
        member.Losses.LossD, member.Losses.LossG, member.Verdict.KlDivergence, member.Verdict.NearestNeighborAccuracy ?? double.NaN, member.Verdict.MeanError, member.Verdict.CovarianceError, member.Verdict.Wasserstein2,
    ];

    /// <summary>A quantile, between neighbours linearly; NaN where there is no number.</summary>
    public static double Quantile(double[] sorted, double share)
    {
        if (sorted.Length == 0)
        {
            return double.NaN;
        }

        double place = share * (sorted.Length - 1);
        int below = (int)place;
        double above = sorted[Math.Min(below + 1, sorted.Length - 1)];
        return sorted[below] + ((place - below) * (above - sorted[below]));
    }
}
