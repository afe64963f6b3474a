using GpuGan.Kernels.Metrics;
using GpuGan.Runner.Sweeps.Results;
using GpuGan.Runner.Wording;
using Spectre.Console;

namespace GpuGan.Runner.Report;

/// <summary>What a population tells its user.</summary>
internal static class PopulationReport
{
    /// <summary>Prints shares and quantiles.</summary>
    /// <param name="output">Takes the text.</param>
    /// <param name="result">What became of the members.</param>
    /// <param name="equilibrium">The losses by which they look converged.</param>
    public static void Write(TextWriter output, PopulationResult result, Equilibrium equilibrium)
    {
        Share looks = result.ShareOf(PopulationResult.Kind.OnlyLooksConverged);
        Line(output, "converged", $"{result.ShareOf(PopulationResult.Kind.Converged)}");
        Line(output, "looks converged", $"{result.LooksConverged}");
        Line(output, "only looks so", $"{looks}");
        if (result.AllModes is Share all)
        {
            Line(output, "all modes met", $"{all}");
        }

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
        Line(output, "note", $"Looks converged: losses near {equilibrium}, which do not tell; only looks so: yet the generator is wrong. Quantiles leave diverged members out.");
    }

    /// <summary>Prints by which limits the verdict was passed.</summary>
    /// <param name="output">Takes the text.</param>
    /// <param name="limits">Of the verdict.</param>
    /// <param name="realAccuracy">Nearest neighbours among real rows alone; null where samples are not compared.</param>
    /// <param name="isMixture">Whether modes are counted.</param>
    /// <param name="isPoint">Whether the distance from a point decides.</param>
    public static void WriteLimits(TextWriter output, VerdictLimits limits, double? realAccuracy, bool isMixture, bool isPoint) => Line(
        output,
        "limits",
        isPoint ? $"wasserstein_2 {Show(VerdictLimits.PointDistance)}" : $"kl_divergence {Show(limits.KlDivergence)}{(realAccuracy is double real ? $", nearest_neighbor_accuracy {Show(limits.NearestNeighborAccuracy)} (real rows among themselves {Show(real)})" : "")}{(isMixture ? $", high_quality {Show(MixtureQuality.LeastHighQuality)}, least_share {Show(MixtureQuality.LeastPartOfShare)}" : "")}");

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

    private static string Show(double value) => Digits.Of(value, "-");
}
