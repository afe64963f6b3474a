using System.Text.Json.Nodes;
using GpuGan.Runner.Verification;
using GpuGan.Runner.Wording;
using Spectre.Console;

namespace GpuGan.Runner.Report;

/// <summary>What a verification tells its user.</summary>
internal static class VerificationReport
{
    private const string Nothing = "-";

    /// <summary>Prints the table and the verdict.</summary>
    public static void Write(TextWriter output, IReadOnlyList<Check> checks)
    {
        Table table = new() { Border = TableBorder.Simple };
        table.AddColumns("accelerator", "training", "compared with", "same bits", "largest deviation", "time", "");
        table.Columns[4].NoWrap();
        table.Columns[5].RightAligned().NoWrap();
        foreach (TableColumn column in table.Columns)
        {
            column.Padding = new Padding(0, 1);
        }

        foreach (Check check in checks)
        {
            table.AddRow(
                new Text(check.Accelerator),
                new Text(check.Subject),
                new Text(check.With),
                new Text(check.SameBits switch { true => "yes", false => "NO", null => Nothing }),
                new Text(DeviationOf(check)),
                new Text($"{check.Time.TotalSeconds:f2} s"),
                check.Holds
                    ? new Text("holds", new Style(Color.Green))
                    : new Text("FAILED", new Style(Color.Red)));
        }

        Terminal.Write(output, table);
        foreach (Check check in checks.Where(check => !check.Holds))
        {
            output.WriteLine($"FAILED: {check.Accelerator}: {check.Subject}: {WhyOf(check)}");
        }

        output.WriteLine(VerdictOf(checks));
    }

    /// <summary>What <c>--json</c> prints.</summary>
    public static JsonObject ToJson(IReadOnlyList<Check> checks) => new()
    {
        ["verified"] = checks.All(check => check.Holds),
        ["checks"] = new JsonArray([.. checks.Select(ToJson)]),
        ["times"] = new JsonObject { ["verify"] = checks.Sum(check => check.Time.TotalSeconds) },
    };

    private static JsonObject ToJson(Check check) => new()
    {
        ["accelerator"] = check.Accelerator,
        ["training"] = check.Subject,
        ["compared_with"] = check.With,
        ["holds"] = check.Holds,
        ["same_bits"] = check.SameBits,
        ["largest_deviation"] = check.LargestDeviation is double deviation ? Json.Number(deviation) : null,
        ["tolerance"] = check.Tolerance,
        ["weights_sha256"] = check.WeightsSha256,
        ["problem"] = check.Problem,
        ["seconds"] = Math.Round(check.Time.TotalSeconds, 3),
    };

    private static string DeviationOf(Check check) => check switch
    {
        { LargestDeviation: null } => Nothing,
        { Tolerance: double tolerance } => $"{check.LargestDeviation:0.0e-0} of {tolerance:0.0e-0}",
        { LargestDeviation: 0 } => "0",
        _ => $"{check.LargestDeviation:0.0e-0}",
    };

    private static string WhyOf(Check check) => check switch
    {
        { Problem: string problem } => OneLine.Of(problem),
        { SameBits: false, LargestDeviation: null } => $"weights_sha256 is {check.WeightsSha256}, not the {check.With}",
        { SameBits: false } => $"not the bits of {check.With}",
        _ => $"not within the tolerance of {check.With}",
    };

    private static string VerdictOf(IReadOnlyList<Check> checks)
    {
        int failed = checks.Count(check => !check.Holds);
        string accelerators = string.Join(", ", checks.Select(check => check.Accelerator).Distinct());
        return failed == 0
            ? $"verified: all {checks.Count} checks hold on {accelerators}"
            : $"NOT verified: {failed} of {checks.Count} checks failed on {accelerators}";
    }
}
