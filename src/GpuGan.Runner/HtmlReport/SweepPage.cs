using System.Globalization;
using System.Text.Json.Nodes;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Data;
using GpuGan.Runner.Files;
using GpuGan.Runner.Plots;
using GpuGan.Runner.Report;
using GpuGan.Runner.Sweeps;
using ScottPlot;

namespace GpuGan.Runner.HtmlReport;

/// <summary>The report of a sweep, or of a population, which is a sweep of seeds alone: shares, heat maps whose cells open, pictures.</summary>
internal static class SweepPage
{
    // Some 700 bytes for each: a page of less than 2 MB.
    private const int MostMembers = 2000;
    private const int MostOfCell = 16;
    private const int MostListed = 8;
    private const int RealPoints = 150;
    private const double Margin = 0.2;

    /// <summary>Trains some members again, and makes the page.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="result">All members.</param>
    /// <param name="data">What they learned.</param>
    /// <param name="fastMath">Whether they took the device's own functions.</param>
    /// <param name="device">Where to train.</param>
    public static string Make(string name, SweepResult result, MemberData data, bool fastMath, Device device)
    {
        SweepBins[] axes = [.. SweepBins.All(result)];
        LearnedData learned = data.Draw(result.BaseSettings.Seed);
        Table real = learned.Real;
        Frame frame = Frame.Around(real, Margin);
        var cells = result.Rows.GroupBy(row => string.Join(',', axes.Select(axis => axis.PlaceOf(row)))).ToArray();
        int each = Math.Clamp(MostMembers / cells.Length, 1, MostOfCell), every = (cells.Length + MostMembers - 1) / MostMembers;
        MemberLooks looks = new(device, result, data, learned.Standardization, fastMath, frame);
        looks.Train(cells.Where((_, i) => i % every == 0).SelectMany(cell => cell.Take(each)));

        Outcomes all = Outcomes.Of(result.Rows.ToArray());
        string kind = axes.Length > 0 ? "Sweep" : "Population";
        string title = $"{kind} {name}";
        string body = $"<header><h1>{HtmlPage.Encode(title)}</h1></header>\n" + Unfinished(result) + Verdict(all, data.Limits) + Run(result, axes, data) + Maps(axes, all, looks) +
            $"""<section><h2>Pictures</h2><div class="pictures wide">{Pictures(result, data)}</div></section>""" + "\n";
        JsonObject maps = new()
        {
            ["axes"] = new JsonArray([.. axes.Select(axis => new JsonObject { ["name"] = axis.Name, ["labels"] = new JsonArray([.. axis.Labels.Select(label => JsonValue.Create(label))]) })]),
            ["cells"] = new JsonArray([.. cells.Select(cell => CellJson(cell, axes, looks))]),
            ["box"] = frame.ToJson(),
            ["real"] = frame.Points(real, RealPoints, 0.7),
        };
        return HtmlPage.Render(title, body, new JsonObject { ["maps"] = maps });
    }

    private static string Unfinished(SweepResult result) => result.Unfinished is string done
        ? $"""<p class="verdict bad"><strong>Unfinished</strong>: {HtmlPage.Encode(done)}, and these are shown.</p>""" + "\n"
        : "";

    private static string Verdict(Outcomes all, Kernels.Metrics.VerdictLimits limits)
    {
        string said = FormattableString.Invariant($"<strong>{100 * all.Converged.Value:f1} % converged</strong>, {100 * all.LooksConverged.Value:f1} % look so by their losses.");
        return $"""<p class="verdict">{said}</p>""" + "\n" + HtmlPage.Facts(
        [
            ("converged by the verdict", $"{all.Converged}"),
            ("both losses near log 2", $"{all.LooksConverged}"),
            ("diverged", Count(all.Diverged)),
            ("runaway", Count(all.Runaway)),
            ("limits", FormattableString.Invariant($"KL divergence {limits.KlDivergence}; nearest neighbors {limits.NearestNeighborAccuracy} where data or generator are not Gaussian")),
            ("KL divergence", $"median {SweepMeasure.Number(all.KlDivergence.Median)}, quartiles {SweepMeasure.Number(all.KlDivergence.First)} and {SweepMeasure.Number(all.KlDivergence.Third)}"),
        ]);
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
            ("data", $"{data.File ?? "Gaussian"}{(axes.Any(axis => axis.Name == "rows") ? "" : $", {Count(data.Rows)} rows")}{(data.IsShared ? ", the same for all" : ", each member its own")}"),
        ];
        IEnumerable<(string Name, string Value)> common = HtmlPage.FactsOf(SettingsJson.Of(settings, data.Rows)).Where(fact => axes.All(axis => axis.Name != fact.Name) && fact.Name != "seed");
        return $"<section><h2>What was run</h2>\n{HtmlPage.Facts(facts)}{HtmlPage.Folded("What all members have in common", common)}</section>\n";
    }

    private static string Maps(SweepBins[] axes, Outcomes all, MemberLooks looks)
    {
        string name = axes.Length > 0 ? "Where it converges, and where it only looks so" : "Some members";
        string help = axes.Length > 0 ? "Point at a cell for its numbers; press it for some of its members, trained again from their seeds." : "The first members, trained again from their seeds.";
        string different = looks.Different == 0 ? "" :
            $"""<p class="verdict bad">{looks.Different} of {looks.Count} members came out differently when they were trained again: their curves and points are not those of the sweep.</p>""";
        return $"""<section id="maps" aria-label="{name}" data-members="{all.Converged.Of}"><h2>{name}</h2><p>{help}</p>{different}</section>""" + "\n";
    }

    private static JsonObject CellJson(IGrouping<string, SweepRow> members, SweepBins[] axes, MemberLooks looks)
    {
        Outcomes cell = Outcomes.Of([.. members]);
        SweepRow first = members.First();
        return new JsonObject
        {
            ["at"] = new JsonArray([.. axes.Select(axis => JsonValue.Create(axis.PlaceOf(first)))]),
            ["members"] = cell.Converged.Of,
            ["converged"] = ShareJson(cell.Converged),
            ["looks"] = ShareJson(cell.LooksConverged),
            ["divergence"] = Rounded.Array([cell.KlDivergence.First, cell.KlDivergence.Median, cell.KlDivergence.Third]),
            ["diverged"] = cell.Diverged,
            ["shown"] = new JsonArray([.. members.Select(row => looks[row.Member]).OfType<JsonObject>()]),
        };
    }

    private static JsonArray ShareJson(Share share) => Rounded.Array([share.Value, share.Interval.Low, share.Interval.High]);

    private static string Pictures(SweepResult result, MemberData data)
    {
        string pictures = string.Concat(SweepPlots.Of(result).Select(picture => HtmlPage.Figure(picture.Render().Png, picture.Description)));
        PopulationResult population = new();
        foreach (SweepRow row in result.Rows)
        {
            population.Add(row);
        }

        using Plot errors = ErrorPicture.Draw(population, data.Limits);
        using Plot distances = DistributionPicture.Draw(population, "kl_divergence");
        return pictures +
            HtmlPage.Figure(PlotFiles.Render(errors).Png, "What the verdict looks at, and the limits below which a member has converged") +
            HtmlPage.Figure(PlotFiles.Render(distances).Png, "How the KL divergences of the members are distributed");
    }

    private static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
