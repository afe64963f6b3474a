using System.Globalization;
using System.Text.Json.Nodes;
using GpuGan.Kernels.Metrics;
using GpuGan.Runner.Settings;
using GpuGan.Runner.Sweeps.Execution;
using GpuGan.Runner.Sweeps.Results;
using GpuGan.Runner.Sweeps.Specification;
using GpuGan.Runner.Wording;
using Spectre.Console;

namespace GpuGan.Runner.Report;

/// <summary>What a sweep tells its user.</summary>
internal static class SweepReport
{
    private const int MostValuesTold = 8;

    /// <summary>Prints what is swept.</summary>
    public static void WritePlan(TextWriter output, SweepPlan plan, Shard shard)
    {
        SweepSpecification sweep = plan.Specification;
        Line(output, "sweep", $"{Words.Counted(plan.Points, "cell")} x {Words.Counted(sweep.Seeds, "seed")} = {Words.Counted(plan.Members, "member")}");
        foreach (SweepAxis axis in sweep.Axes)
        {
            Line(output, axis.Name, axis.Values.Count <= MostValuesTold
                ? string.Join(", ", axis.Values)
                : string.Create(CultureInfo.InvariantCulture, $"{axis.Values.Count:n0} values, {axis.Values[0]} to {axis.Values[^1]}"));
        }

        Line(output, "data", sweep.Data ?? $"{Drawn(sweep)}, {(sweep.SharedData ? $"seed {sweep.Seed} for all" : "each member its own")}");
        TrainingReport.WriteOrder(output, sweep.Shuffle);
        BatchNote.Write(output, (int)NumbersOf("batch_size").DefaultIfEmpty(1).Max(), (int)NumbersOf("rows").Min());
        if (shard != Shard.Whole)
        {
            Line(output, "shard", $"{shard}, {Words.Counted(shard.WorkOf(plan).Count, "member")}");
        }

        IEnumerable<double> NumbersOf(string name) => sweep.Settings.Single(axis => axis.Name == name).Numbers();
    }

    // Where distributions are swept, the axis tells them.
    private static string Drawn(SweepSpecification sweep) =>
        sweep.Axes.Any(axis => axis.Name == DistributionWord.Name) ? "drawn" : DistributionWord.Describe(sweep.First.Distribution);

    /// <summary>Prints how much was done by an earlier run, if anything was.</summary>
    /// <param name="output">Takes the text.</param>
    /// <param name="members">What was done.</param>
    /// <param name="extended">Members of the smaller sweep that this one has become; null where it was the same.</param>
    public static void WriteDoneBefore(TextWriter output, int members, int? extended)
    {
        if (extended is int former)
        {
            Line(output, "extended", $"from a sweep of {Words.Counted(former, "member")}; what is done of it stays");
        }

        if (members > 0)
        {
            Line(output, "done before", Words.Counted(members, "member"));
        }
    }

    /// <summary>Prints what a sweep will take.</summary>
    public static void WriteEstimate(TextWriter output, bool json, SweepPlan plan, Shard shard, SweepEstimate estimate, string devices, string folder, IReadOnlyList<string> remarks)
    {
        if (json)
        {
            JsonObject document = estimate.ToJson();
            document["device"] = devices;
            document["run_folder"] = folder;
            document["remarks"] = Remarks.ToJson(remarks);
            output.Write(Json.Document(document));
            return;
        }

        WritePlan(output, plan, shard);
        Remarks.Write(output, remarks);
        Line(output, "kernels", $"{estimate.Kernels} to compile{(estimate.IsWide ? "; larger networks without, each member by itself" : "")}");
        Line(output, "chunks", $"about {estimate.Chunks}");
        Line(output, "memory", string.Create(
            CultureInfo.InvariantCulture, $"{estimate.DeviceBytes / 1e6:f1} MB on a device for a chunk, {estimate.ResultBytes / 1e6:f1} MB of results on the disk"));
        Line(output, "launches", string.Create(CultureInfo.InvariantCulture, $"about {Math.Ceiling(estimate.Launches):n0}"));
        Line(output, "time", string.Create(CultureInfo.InvariantCulture, $"about {Duration(estimate.Seconds)}{(estimate.CompilingSeconds < 1 ? "" : $", of which {Duration(estimate.CompilingSeconds)} to compile")}"));
        Line(output, "device", devices);
        Line(output, "run folder", folder);
    }

    /// <summary>Prints what came of it.</summary>
    /// <param name="output">Takes the text.</param>
    /// <param name="summary">What came of it.</param>
    /// <param name="limits">Of the verdict.</param>
    /// <param name="realAccuracy">Nearest neighbours among the rows of a file alone; null where there is none at hand.</param>
    public static void Write(TextWriter output, SweepSummary summary, VerdictLimits limits, double? realAccuracy = null)
    {
        Line(output, "converged", $"{summary.Converged}");
        Line(output, "looks converged", $"{summary.LooksConverged}");
        Line(output, "only looks so", $"{summary.OnlyLooksConverged}");
        if (summary.AllModes is Share all)
        {
            Line(output, "all modes met", $"{all}");
        }

        Line(output, "diverged", $"{summary.Diverged}");
        Line(output, "runaway", $"{summary.Runaway}");
        Line(output, "limits", string.Create(
            CultureInfo.InvariantCulture,
            $"kl_divergence {limits.KlDivergence}; nearest_neighbor_accuracy {limits.NearestNeighborAccuracy} {(realAccuracy is double real ? $"(real rows among themselves {Digits.Fixed(real)})" : "where data or generator are not Gaussian")}"));
        Table table = new() { Border = TableBorder.Simple };
        SweepSetting[] swept = [.. SweepSetting.All.Where(setting => summary.Axes.Any(axis => axis.Name == setting.Name))];
        string[] modesNames = summary.AllModes is null ? [] : ["all modes", "median modes"];
        string[] accuracyName = summary.Best.Any(cell => cell.MedianAccuracy is not null) ? ["accuracy"] : [];
        foreach (string name in (string[])[.. swept.Select(setting => setting.Name), "converged", "95 % interval", "looks so", "only looks so", "diverged", "runaway", "median KL", .. modesNames, .. accuracyName])
        {
            table.AddColumn(new TableColumn(name).RightAligned().PadLeft(0).NoWrap());
        }

        string[][] values = [.. swept.Select(setting => ShortTexts(setting, summary.Best))];
        foreach ((int place, SweepCell cell) in summary.Best.Index())
        {
            (double low, double high) = cell.Converged.Interval;
            table.AddRow(
            [
                .. values.Select(texts => new Text(texts[place])),
                new Text($"{100 * cell.Converged.Value:f1} %"),
                new Text($"{100 * low:f1} to {100 * high:f1} %"),
                new Text($"{100 * cell.LooksConverged.Value:f1} %"),
                new Text($"{100 * cell.OnlyLooksConverged.Value:f1} %"),
                new Text($"{cell.Diverged}"),
                new Text($"{cell.Runaway}"),
                new Text(double.IsFinite(cell.MedianDivergence) ? $"{cell.MedianDivergence:g4}" : "-"),
                .. modesNames.Length == 0 ? (ReadOnlySpan<Text>)[] : [new Text(cell.AllModes is Share met ? $"{100 * met.Value:f1} %" : "-"), new Text(double.IsFinite(cell.MedianModes) ? $"{cell.MedianModes}" : "-")],
                .. accuracyName.Select(_ => new Text(cell.MedianAccuracy is double accuracy && double.IsFinite(accuracy) ? Digits.Fixed(accuracy) : "-")),
            ]);
        }

        Line(output, "best cells", summary.Cells > summary.Best.Count ? $"{summary.Best.Count} of {summary.Cells}" : $"all {summary.Cells}");
        Terminal.Write(output, table);
        Line(output, "note", $"Looks so: losses near {EquilibriumWord.Of(summary.Best[0].Settings.Training, summary.Axes.Select(axis => axis.Name))}, converged or not; only looks so: yet the generator is wrong. KL: the divergence of the moments, in nats.");
    }

    // Four digits where these tell the cells apart, as numbers of ranges and draws have nine.
    private static string[] ShortTexts(SweepSetting setting, IReadOnlyList<SweepCell> cells)
    {
        string[] texts = [.. cells.Select(cell => setting.TextOf(cell.Settings))];
        string[] rounded = setting.Type == typeof(double)
            ? [.. cells.Select(cell => ((double)setting.Get(cell.Settings)).ToString("g4", CultureInfo.InvariantCulture))]
            : texts;
        return rounded.Distinct().Count() == texts.Distinct().Count() ? rounded : texts;
    }

    private static string Duration(double seconds) => seconds switch
    {
        < 100 => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(seconds):f0} s"),
        < 6000 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:f0} minutes"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:n1} hours"),
    };

    private static void Line(TextWriter output, string name, string text) => PopulationReport.Line(output, name, text);
}
