using System.Globalization;
using System.Text.Json.Nodes;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Data;
using GpuGan.Runner.Files;
using GpuGan.Runner.Plots;
using GpuGan.Runner.Report;
using GpuGan.Runner.Settings;
using GpuGan.Runner.Sweeps.Results;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.HtmlReport;

/// <summary>The report of a sweep, or of a population, which is a sweep of seeds alone: shares, heat maps whose cells open, pictures.</summary>
internal static class SweepPage
{
    // Some 700 bytes for each: a page of less than 2 MB.
    private const int MostMembers = 2000;

    /// <summary>How many members of a cell are shown where nothing else is asked for, at most.</summary>
    public const int MostOfCell = 16;

    // Divergences from which the page makes quartiles of several cells together: some 7 bytes each.
    private const int MostValues = 50_000;
    private const int MostListed = 8;
    private const int RealPoints = 150;
    private const double Margin = 0.2;

    /// <summary>Trains some members again, and makes the page.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="result">All members.</param>
    /// <param name="data">What they learned.</param>
    /// <param name="fastMath">Whether they took the device's own functions.</param>
    /// <param name="device">Where to train.</param>
    /// <param name="ways">Pictures of the ways of some members; none where the folder has no history.</param>
    /// <param name="members">How many members of each cell are shown; null for as many as make a page of some megabytes.</param>
    /// <param name="error">Takes the progress.</param>
    /// <param name="quiet">Whether to show none.</param>
    public static string Make(string name, SweepResult result, MemberData data, bool fastMath, Device device, IReadOnlyList<Picture> ways, int? members, TextWriter error, bool quiet)
    {
        SweepBins[] axes = [.. SweepBins.All(result)];
        LearnedData learned = data.Draw(result.BaseSettings.Seed);
        Table real = learned.Real;
        Frame frame = Frame.Around(real, Margin);
        var cells = result.Rows.GroupBy(row => string.Join(',', axes.Select(axis => axis.PlaceOf(row)))).ToArray();
        int each = members ?? Math.Clamp(MostMembers / cells.Length, 1, MostOfCell), every = members is null ? (cells.Length + MostMembers - 1) / MostMembers : 1;
        MemberLooks looks = new(device, result, data, learned.Standardization, fastMath, frame);
        (SweepRow Row, string? Place)[][] picked = [.. cells.Select((cell, i) => i % every == 0 ? Ranking.Pick(cell, each, data.Limits).ToArray() : [])];
        looks.Train(picked.SelectMany(cell => cell).Select(pick => pick.Row), error, quiet);

        Outcomes all = Outcomes.Of(result.Rows.ToArray());
        string kind = axes.Length > 0 ? "Sweep" : "Population";
        string title = $"{kind} {name}";
        string body = $"<header><h1>{HtmlPage.Encode(title)}</h1></header>\n" + Unfinished(result) + Verdict(all, result, data.Limits) + Run(result, axes, data) + Maps(axes, all, looks) +
            $"""<section><h2>Pictures</h2><div class="pictures">{Pictures(result, axes)}</div></section>""" + "\n" + Ways(ways);
        JsonObject maps = new()
        {
            ["axes"] = new JsonArray([.. axes.Select(axis => new JsonObject { ["name"] = axis.Name, ["labels"] = new JsonArray([.. axis.Labels.Select(label => JsonValue.Create(label))]) })]),
            ["cells"] = new JsonArray([.. cells.Select((cell, i) => CellJson(cell, axes, picked[i], looks, result.Rows.Count))]),
            ["columns"] = real.Columns,
            ["box"] = frame.ToJson(),
            ["real"] = real.Columns == 1 ? frame.Histogram(real) : frame.Points(real, RealPoints),
        };
        return HtmlPage.Render(title, body, new JsonObject { ["equilibrium"] = HtmlPage.EquilibriumOf(result.Equilibrium, result.BaseSettings), ["maps"] = maps });
    }

    private static string Unfinished(SweepResult result) => result.Unfinished is string done
        ? $"""<p class="verdict bad"><strong>Unfinished</strong>: {HtmlPage.Encode(done)}, and these are shown.</p>""" + "\n"
        : "";

    private static string Verdict(Outcomes all, SweepResult result, VerdictLimits limits)
    {
        string said = FormattableString.Invariant($"<strong>{100 * all.Converged.Value:f1} % converged</strong>, {100 * all.LooksConverged.Value:f1} % look so by their losses.");
        return $"""<p class="verdict">{said}</p>""" + "\n" + HtmlPage.Table(
            ["", "limit", "members within it", "median", "quartiles"],
            [
                Figure("KL divergence", limits.KlDivergence, row => row.KlDivergence),
                .. result.Rows.Any(row => row.NearestNeighborAccuracy is not null)
                    ? (ReadOnlySpan<IReadOnlyList<string>>)[Figure("nearest neighbors", limits.NearestNeighborAccuracy, row => row.NearestNeighborAccuracy)]
                    : [],
            ]) + HtmlPage.Facts(
        [
            ("converged by the verdict", $"{all.Converged}"),
            ($"both losses near {result.Equilibrium}", $"{all.LooksConverged}"),
            ("only looks so", $"{all.OnlyLooksConverged}"),
            .. all.AllModes is Share modes ? (ReadOnlySpan<(string, string)>)[("all modes met", $"{modes}")] : [],
            ("diverged", Count(all.Diverged)),
            ("runaway", Count(all.Runaway)),
        ]);

        IReadOnlyList<string> Figure(string name, double limit, Func<SweepRow, double?> value)
        {
            double[] sorted = [.. result.Rows.Select(value).OfType<double>().Order()];
            string Quantile(double share) => SweepMeasure.Number(PopulationResult.Quantile(sorted, share));
            return
            [
                name,
                FormattableString.Invariant($"at most {limit}"),
                FormattableString.Invariant($"{100.0 * sorted.Count(number => number <= limit) / result.Rows.Count:f1} %"),
                Quantile(0.5),
                $"{Quantile(0.25)} and {Quantile(0.75)}",
            ];
        }
    }

    private static string Run(SweepResult result, SweepBins[] axes, MemberData data)
    {
        TrainingSettings settings = result.BaseSettings;
        IEnumerable<(string, string)> facts =
        [
            ("members", Count(result.Rows.Count)),
            .. axes.Select(axis => (axis.Name, axis.Numbers is null || axis.Count <= MostListed
                ? string.Join(", ", axis.Labels)
                : $"{axis.Count} {(axis.AreIntervals ? "intervals" : "values")}, {axis.Labels[0]} to {axis.Labels[^1]}")),
            ("game", GameInWords.Of(settings)),
            ("data", $"{data.File ?? (axes.Any(axis => axis.Name == DistributionWord.Name) ? "drawn" : DistributionWord.Describe(data.Distribution))}{(axes.Any(axis => axis.Name == "rows") ? "" : $", {Count(data.Rows)} rows")}{(data.IsShared ? ", the same for all" : ", each member its own")}"),
        ];
        IEnumerable<(string Name, string Value)> common = HtmlPage.FactsOf(SettingsJson.Of(settings, data.Rows)).Where(fact => axes.All(axis => axis.Name != fact.Name) && fact.Name != "seed");
        return $"<section><h2>What was run</h2>\n{HtmlPage.Facts(facts)}{HtmlPage.Folded("What all members have in common", common)}</section>\n";
    }

    private static string Maps(SweepBins[] axes, Outcomes all, MemberLooks looks)
    {
        string name = axes.Length > 0 ? "Where it converges, and where it only looks so" : "Some members";
        string help = axes.Length > 0 ? "Point at a cell for its numbers; press it for some of its members, from the best to the worst, trained again from their seeds." : "From the best to the worst, trained again from their seeds.";
        string different = looks.Different == 0 ? "" :
            $"""<p class="verdict bad">{looks.Different} of {looks.Count} members came out differently when they were trained again: their curves and points are not those of the sweep.</p>""";
        return $"""<section id="maps" aria-label="{name}" data-members="{all.Converged.Of}"><h2>{name}</h2><p>{help}</p>{different}</section>""" + "\n";
    }

    private static JsonObject CellJson(
        IGrouping<string, SweepRow> members, SweepBins[] axes, (SweepRow Row, string? Place)[] picked, MemberLooks looks, int all)
    {
        Outcomes cell = Outcomes.Of([.. members]);
        SweepRow first = members.First();
        JsonObject json = new()
        {
            ["at"] = new JsonArray([.. axes.Select(axis => JsonValue.Create(axis.PlaceOf(first)))]),
            ["members"] = cell.Converged.Of,
            ["converged"] = cell.Converged.Count,
            ["looks"] = cell.LooksConverged.Count,
            ["divergence"] = Rounded.Array([cell.KlDivergence.First, cell.KlDivergence.Median, cell.KlDivergence.Third]),
            ["diverged"] = cell.Diverged,
            ["runaway"] = cell.Runaway,
            ["shown"] = new JsonArray([.. picked.Select(pick => Shown(looks[pick.Row.Member], pick.Place)).OfType<JsonObject>()]),
        };
        if (double.IsFinite(cell.Accuracy.Median))
        {
            json["accuracy"] = Rounded.Array([cell.Accuracy.First, cell.Accuracy.Median, cell.Accuracy.Third]);
        }

        if (cell.AllModes is Share allModes)
        {
            json["allModes"] = allModes.Count;
            json["centers"] = cell.Centers;
            json["modes"] = Rounded.Array([cell.Modes.First, cell.Modes.Median, cell.Modes.Third]);
        }

        if (axes.Length > 2)
        {
            if (json.ContainsKey("modes"))
            {
                json["modesOf"] = Values(members, row => row.Mixture?.Modes, all);
            }

            json["divergences"] = Values(members, row => row.KlDivergence, all);
            if (json.ContainsKey("accuracy"))
            {
                json["accuracies"] = Values(members, row => row.DiscriminatorAccuracy, all);
            }
        }

        return json;
    }

    private static JsonObject? Shown(JsonObject? look, string? place)
    {
        if (look is not null && place is not null)
        {
            look["place"] = place;
        }

        return look;
    }

    // How many there are, and in order all of them, or some at equal distances.
    private static JsonArray Values(IEnumerable<SweepRow> members, Func<SweepRow, double?> value, int all)
    {
        double[] sorted = [.. members.Select(value).OfType<double>().Order()];
        int kept = (int)Math.Min(sorted.Length, ((long)sorted.Length * MostValues / all) + 1);
        return [sorted.Length, .. Enumerable.Range(0, kept).Select(i => Rounded.Number(sorted[(int)((i + 0.5) * sorted.Length / kept)]))];
    }

    // The maps are in the page already, and tell more.
    private static string Pictures(SweepResult result, SweepBins[] axes)
    {
        PopulationResult population = new();
        foreach (SweepRow row in result.Rows)
        {
            population.Add(row);
        }

        string[] shown = ["errors", "kl_divergence", FigureNames.NeighborName];
        return HtmlPage.Figures(
        [
            .. SweepPlots.Of(result).Where(picture => !picture.Name.StartsWith(SweepPlots.MapPrefix, StringComparison.Ordinal)),
            .. PopulationPlots.Of(population, result.BaseSettings, result.Limits, [.. axes.Select(axis => axis.Name)]).Where(picture => shown.Contains(picture.Name)),
        ]);
    }

    private static string Ways(IReadOnlyList<Picture> ways) => ways.Count == 0 ? "" :
        $"""<section><h2>Ways of the best, the median and the worst member</h2><div class="pictures">{HtmlPage.Figures(ways)}</div></section>""" + "\n";

    private static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
