using System.Globalization;
using System.Text.Json.Nodes;
using GpuGan.Runner.Wording;
using Spectre.Console;

namespace GpuGan.Runner.Reproductions;

/// <summary>What a reproduction tells its user.</summary>
internal static class ReproductionReport
{
    private const string Nothing = "-";

    /// <summary>Lists what can be reproduced.</summary>
    public static void WriteList(TextWriter output)
    {
        foreach (Reproduction one in ReproductionTable.All)
        {
            output.WriteLine($"{one.Name}{(one.IsForGpu ? " (for a GPU; not in --all)" : "")}");
            output.WriteLine($"    {one.Summary}");
            output.WriteLine($"    {one.Source}");
        }
    }

    /// <summary>Lists the same as JSON.</summary>
    public static JsonObject ListToJson() => new()
    {
        ["reproductions"] = new JsonArray([.. ReproductionTable.All.Select(one => HeadOf(one))]),
    };

    /// <summary>Prints the numbers of one, and the commands that train the same.</summary>
    /// <param name="output">Takes them.</param>
    /// <param name="reproduction">What was reproduced.</param>
    /// <param name="reproduced">What it gave.</param>
    /// <param name="time">How long it took.</param>
    public static void Write(TextWriter output, Reproduction reproduction, Reproduced reproduced, TimeSpan time)
    {
        output.WriteLine(FormattableString.Invariant($"{reproduction.Name}: {reproduction.Summary} ({time.TotalSeconds:f1} s)"));
        output.WriteLine(reproduction.Source);
        Table table = new() { Border = TableBorder.Simple };
        table.AddColumns("training", "number", "published", "ours", "difference", "from", "to", "which are", "", "");
        foreach (TableColumn column in table.Columns)
        {
            column.Padding = new Padding(0, 1);
        }

        foreach (int number in (int[])[2, 3, 4, 5, 6])
        {
            table.Columns[number].RightAligned().NoWrap();
        }

        foreach (Trial trial in reproduced.Trials)
        {
            foreach ((int i, Finding finding) in trial.Findings.Index())
            {
                table.AddRow(
                    new Text(i == 0 ? trial.Name : ""),
                    new Text(finding.Name),
                    new Text(finding.Published?.Text ?? Nothing),
                    new Text(Number(finding.Ours)),
                    new Text(finding.Published is null ? Nothing : Number(finding.Difference, digits: 2)),
                    new Text(Number(finding.Low)),
                    new Text(Number(finding.High)),
                    new Text(finding.Within),
                    finding.Holds switch
                    {
                        true => new Text("holds", new Style(Color.Green)),
                        false => new Text("MISSED", new Style(Color.Red)),
                        null => new Text(Nothing),
                    },
                    new Text(finding.Remark ?? ""));
            }
        }

        Terminal.Write(output, table);
        if (reproduced.Remark is not null)
        {
            output.WriteLine($"note: {reproduced.Remark}");
        }

        foreach (Trial trial in reproduced.Trials.Where(trial => trial.Command is not null))
        {
            output.WriteLine($"{trial.Name}:");
            output.WriteLine($"    {trial.Command}");
        }

        output.WriteLine();
    }

    /// <summary>Says what came of all.</summary>
    /// <param name="output">Takes some lines.</param>
    /// <param name="findings">Of all that was reproduced.</param>
    /// <param name="leftOut">What was not.</param>
    public static void WriteVerdict(TextWriter output, IReadOnlyList<Finding> findings, IReadOnlyList<Reproduction> leftOut)
    {
        foreach (Reproduction one in leftOut)
        {
            output.WriteLine($"left out: {one.Name}, which is for a GPU; gpugan reproduce {one.Name} trains it as long as --minutes says");
        }

        int compared = findings.Count(finding => finding.Holds is not null), missed = findings.Count(finding => finding.Holds == false);
        output.WriteLine(compared == 0 ? "nothing was compared: no training came to its end" : missed == 0 ? $"reproduced: all {compared} published numbers" : $"NOT reproduced: {missed} of {compared} published numbers");
    }

    /// <summary>What <c>--json</c> prints of one.</summary>
    /// <inheritdoc cref="Write"/>
    public static JsonObject ToJson(Reproduction reproduction, Reproduced reproduced, TimeSpan time)
    {
        JsonObject json = HeadOf(reproduction);
        json["remark"] = reproduced.Remark;
        json["trials"] = new JsonArray([.. reproduced.Trials.Select(trial => new JsonObject
        {
            ["name"] = trial.Name,
            ["command"] = trial.Command,
            ["findings"] = new JsonArray([.. trial.Findings.Select(ToJson)]),
        })]);
        json["seconds"] = Math.Round(time.TotalSeconds, 3);
        return json;
    }

    private static JsonObject HeadOf(Reproduction reproduction) => new()
    {
        ["name"] = reproduction.Name,
        ["summary"] = reproduction.Summary,
        ["source"] = reproduction.Source,
        ["for_gpu"] = reproduction.IsForGpu,
    };

    private static JsonObject ToJson(Finding finding) => new()
    {
        ["number"] = finding.Name,
        ["published"] = finding.Published?.Text,
        ["published_low"] = finding.Published is null ? null : Json.Number(finding.Published.Low),
        ["published_high"] = finding.Published is null ? null : Json.Number(finding.Published.High),
        ["ours"] = Json.Number(finding.Ours),
        ["difference"] = Json.Number(finding.Difference),
        ["low"] = Json.Number(finding.Low),
        ["high"] = Json.Number(finding.High),
        ["within"] = finding.Within,
        ["holds"] = finding.Holds,
        ["remark"] = finding.Remark,
    };

    // Seven digits are what a float32 has.
    private static string Number(double value, int digits = 7) => double.IsFinite(value) ? value.ToString($"g{digits}", CultureInfo.InvariantCulture) : Nothing;
}
