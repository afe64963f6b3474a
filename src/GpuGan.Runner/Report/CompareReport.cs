using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GpuGan.Runner.Files;
using GpuGan.Runner.Folders;
using GpuGan.Runner.Settings;
using GpuGan.Runner.Sweeps.Specification;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Report;

/// <summary>What a comparison tells its user: a column for each folder.</summary>
internal static class CompareReport
{
    private const string Nothing = "-";
    private const int NameWidth = 20, MostListed = 4;

    // Where all have the same rows, these say nothing.
    private static readonly string[] Remarked = ["data", .. CsvWords.Names];

    /// <summary>Prints what the folders are, the settings that differ, and the verdicts with their limits.</summary>
    public static void Write(TextWriter output, IReadOnlyList<ComparedFolder> folders, IEnumerable<string> pictures)
    {
        foreach (ComparedFolder folder in folders)
        {
            PopulationReport.Line(output, $"{folder.Letter}", $"{folder.Path}: {KindOf(folder)}");
        }

        string[] differing = [.. Differing(folders)];
        List<string[]> lines =
        [
            ["", .. folders.Select(folder => $"{folder.Letter}")],
            .. differing.Select(name => (string[])[name, .. folders.Select(folder => TextOf(folder, name))]),
        ];
        if (differing.Length == 0)
        {
            lines.Add(["settings", "the same"]);
        }

        lines.AddRange(Figures.Select(figure => (string[])[figure.Name, .. folders.Select(folder => (folder.Results is null ? null : figure.Text(folder)) ?? Nothing)])
            .Where(line => line.Skip(1).Any(cell => cell != Nothing)));
        int[] widths = [.. Enumerable.Range(0, folders.Count + 1).Select(column => lines.Max(line => column < line.Length ? line[column].Length : 0))];
        output.WriteLine();
        foreach (string[] line in lines)
        {
            output.WriteLine(string.Concat(line.Select((cell, column) => cell.PadRight(column == 0 ? Math.Max(NameWidth, widths[0] + 2) : widths[column] + 3))).TrimEnd());
        }

        output.WriteLine();
        foreach (ComparedFolder folder in folders)
        {
            foreach (string problem in folder.Problems)
            {
                PopulationReport.Line(output, "note", $"{folder.Letter}: {OneLine.Of(problem)}");
            }
        }

        foreach (string picture in pictures)
        {
            PopulationReport.Line(output, "picture", picture);
        }
    }

    /// <summary>What <c>--json</c> prints.</summary>
    public static JsonObject ToJson(IReadOnlyList<ComparedFolder> folders, IEnumerable<string> pictures) => new()
    {
        ["folders"] = new JsonArray([.. folders.Select(folder => new JsonObject
        {
            ["letter"] = $"{folder.Letter}",
            ["folder"] = folder.Path,
            ["kind"] = Words.Of(folder.Kind),
            ["settings"] = folder.Settings.DeepClone(),
            ["results"] = folder.Results?.DeepClone(),
            ["problems"] = new JsonArray([.. folder.Problems.Select(problem => JsonValue.Create(problem))]),
        })]),
        ["settings_that_differ"] = new JsonObject(Differing(folders).Select(name => KeyValuePair.Create(
            name, (JsonNode?)new JsonArray([.. folders.Select(folder => folder.Settings[name]?.DeepClone())])))),
        ["pictures"] = new JsonArray([.. pictures.Select(picture => JsonValue.Create(picture))]),
    };

    /// <summary>The settings that differ, in a line such as <c>lr_d 0.05 | 0.015</c>.</summary>
    public static string DifferencesOf(IReadOnlyList<ComparedFolder> folders) =>
        string.Join(", ", Differing(folders).Select(name => $"{name} {string.Join(" | ", folders.Select(folder => TextOf(folder, name)))}"));

    /// <summary>The verdict in a few words; null where there is none yet.</summary>
    public static string? VerdictOf(ComparedFolder folder) =>
        folder.Results is null ? null
        : folder.Share("converged") is Share share ? FormattableString.Invariant($"{100 * share.Value:f1} % converged")
        : folder.Results["diverged_at"]?.GetValue<int>() is int step ? $"diverged at step {step}"
        : Flag(folder, "converged") is bool converged ? converged ? "converged" : "not converged"
        : null;

    private static readonly (string Name, Func<ComparedFolder, string?> Text)[] Figures =
    [
        ("verdict", VerdictOf),
        ("95 % interval", folder => folder.Share("converged") is Share share ? IntervalOf(share) : null),
        ("KL divergence", folder => Limited(folder, "kl_divergence")),
        ("nearest neighbors", folder => Limited(folder, FigureNames.NeighborName)),
        ("mean error", folder => Figure(folder, "mean_error")),
        ("covariance error", folder => Figure(folder, "covariance_error")),
        ("2-Wasserstein", folder => Figure(folder, "wasserstein_2")),
        ("loss_d", folder => Figure(folder, "loss_d")),
        ("loss_g", folder => Figure(folder, "loss_g")),
        ("looks converged", folder => folder.Share("looks_converged") is Share share ? FormattableString.Invariant($"{100 * share.Value:f1} %") : Flag(folder, "looks_converged") is bool looks ? looks ? "yes" : "no" : null),
        ("diverged", folder => folder.Share("diverged") is Share share ? $"{share.Count}" : null),
        ("runaway", folder => folder.Share("runaway") is Share share ? $"{share.Count}" : null),
        ("best cell", BestCell),
        ("weights_sha256", folder => folder.Results!["weights_sha256"]?.ToString() is string hash ? OneLine.Digits(hash) : null),
    ];

    private static IEnumerable<string> Differing(IReadOnlyList<ComparedFolder> folders) => folders
        .SelectMany(folder => folder.Settings.Select(setting => setting.Key))
        .Distinct()
        .Except(HaveSameRows(folders) ? Remarked : [])
        .Where(name => folders.Where(folder => MayHave(folder, name, folders)).Select(folder => TextOf(folder, name)).Distinct().Count() > 1);

    private static bool HaveSameRows(IReadOnlyList<ComparedFolder> folders) =>
        folders[0].Settings["data_sha256"]?.ToString() is string rows && folders.All(folder => folder.Settings["data_sha256"]?.ToString() == rows);

    // What only folders of another kind have is no difference: a training has no number of seeds.
    private static bool MayHave(ComparedFolder folder, string name, IReadOnlyList<ComparedFolder> folders) =>
        folders.Any(other => other.Kind == folder.Kind && other.Settings.ContainsKey(name));

    private static string TextOf(ComparedFolder folder, string name) => folder.Settings[name] switch
    {
        JsonArray { Count: > MostListed } list => $"{list.Count} values, {list[0]} to {list[^1]}",
        JsonArray list => string.Join(", ", list.Select(value => $"{value}")),
        null when name == "data" => "Gaussian",
        null => Nothing,
        JsonNode hash when name == "data_sha256" => OneLine.Digits(hash.ToString()),
        JsonNode value => value.ToString(),
    };

    private static string KindOf(ComparedFolder folder) => folder.Kind switch
    {
        RunKind.Training => $"a training, seed {folder.Settings["seed"]}",
        RunKind.Population => $"a population of {folder.Settings["population"]}",
        _ => folder.Results is null ? "a sweep" : $"a sweep of {folder.Results["cells"]} cells, {folder.Settings["seeds"]} seeds each",
    };

    private static string? Limited(ComparedFolder folder, string name)
    {
        string? limit = folder.Results!["limits"] is JsonObject limits ? Number(limits[name]) : Number(folder.Settings[name == "kl_divergence" ? LimitsJson.KlLimit : LimitsJson.NeighborLimit]);
        string? figure = Figure(folder, name);
        return limit is null ? figure
            : figure is not null ? $"{figure} (limit {limit})"
            : folder.Kind == RunKind.Sweep && name == "kl_divergence" ? $"(limit {limit})"
            : null;
    }

    // Of many members the median, where their summary has it.
    private static string? Figure(ComparedFolder folder, string name)
    {
        JsonNode results = folder.Results!;
        return folder.Kind == RunKind.Training
            ? results.AsObject().ContainsKey(name) && (results[name] is not null || name != FigureNames.NeighborName) ? Number(results[name]) ?? "unknown" : null
            : Number(results["quantiles"]?[name]?["50"]) is string median ? $"median {median}" : null;
    }

    private static string? BestCell(ComparedFolder folder)
    {
        if (folder.Results!["best_cells"] is not JsonArray { Count: > 0 } cells)
        {
            return null;
        }

        JsonObject best = cells[0]!.AsObject();
        IEnumerable<string> settings = best.Where(one => SweepSetting.All.Any(setting => setting.Name == one.Key)).Select(one => $"{one.Key} {one.Value}");
        Share share = new(best["converged"]!.GetValue<int>(), best["members"]!.GetValue<int>());
        return FormattableString.Invariant($"{100 * share.Value:f1} % ({IntervalOf(share)}) at {string.Join(", ", settings)}");
    }

    private static bool? Flag(ComparedFolder folder, string name) =>
        folder.Results?[name] is JsonValue value && value.GetValueKind() is (JsonValueKind.True or JsonValueKind.False) ? value.GetValue<bool>() : null;

    private static string? Number(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.Number
        ? value.GetValue<double>().ToString("G4", CultureInfo.InvariantCulture)
        : null;

    private static string IntervalOf(Share share) => FormattableString.Invariant($"{100 * share.Interval.Low:f1} to {100 * share.Interval.High:f1} %");
}
