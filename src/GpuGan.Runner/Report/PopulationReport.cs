using GpuGan.Kernels.Metrics;
using Spectre.Console;

namespace GpuGan.Runner.Report;

/// <summary>What a population tells its user.</summary>
internal static class PopulationReport
{
    /// <summary>Prints shares and quantiles.</summary>
    public static void Write(TextWriter output, PopulationResult result)
    {
        Share looks = result.ShareOf(PopulationResult.Kind.OnlyLooksConverged);
        Line(output, "converged", $"{result.ShareOf(PopulationResult.Kind.Converged)}");
        Line(output, "looks converged", $"{result.LooksConverged}");
        Line(output, "only looks so", $"{looks}");
        Line(output, "diverged", $"{result.ShareOf(PopulationResult.Kind.Diverged).Count}");
        Line(output, "runaway", $"{result.Runaway}");

        Table table = new() { Border = Terminal.IsTerminal(output) ? TableBorder.Rounded : TableBorder.Simple };
        table.AddColumn("");
        foreach (int percent in PopulationResult.Percents)
        {
            table.AddColumn(new TableColumn($"{percent} %").RightAligned().NoWrap());
        }

        foreach (string name in result.Names)
        {
            table.AddRow([new Text(name), .. result.Quantiles(name).Select(value => new Text(Show(value)))]);
        }

        Terminal.Write(output, table);
        Line(output, "note", "Looks converged: both losses near log 2 = 0.6931, which does not tell; only looks so: yet the generator is wrong. Quantiles leave diverged members out.");
    }

    /// <summary>Prints by which limits the verdict was passed.</summary>
    /// <param name="output">Takes the text.</param>
    /// <param name="limits">Of the verdict.</param>
    /// <param name="realAccuracy">Nearest neighbours among real rows alone; null where samples are not compared.</param>
    public static void WriteLimits(TextWriter output, VerdictLimits limits, double? realAccuracy) => Line(
        output,
        "limits",
        $"kl_divergence {Show(limits.KlDivergence)}{(realAccuracy is double real ? $", nearest_neighbor_accuracy {Show(limits.NearestNeighborAccuracy)} (real rows among themselves {Show(real)})" : "")}");

    /// <summary>Prints that pictures or a page show a part of a sweep, where they do.</summary>
    public static void WriteUnfinished(TextWriter output, string? unfinished)
    {
        if (unfinished is not null)
        {
            Line(output, "unfinished", $"{unfinished}, and these are shown");
        }
    }

    /// <summary>Prints a name and what is said of it, as all reports do.</summary>
    public static void Line(TextWriter output, string name, string text) => output.WriteLine($"{name,-19} {text}");

    private static string Show(double value) => !double.IsFinite(value) ? "-" : Math.Abs(value) < 1e6 ? $"{value:f4}" : $"{value:g5}";
}
