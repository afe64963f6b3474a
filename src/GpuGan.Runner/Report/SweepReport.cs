using GpuGan.Runner.Sweeps;
using Spectre.Console;

namespace GpuGan.Runner.Report;

/// <summary>What a sweep tells its user.</summary>
internal static class SweepReport
{
    /// <summary>Prints what is swept.</summary>
    public static void WritePlan(TextWriter output, SweepPlan plan)
    {
        SweepSpecification sweep = plan.Specification;
        Line(output, "sweep", $"{plan.Points:n0} {(plan.Points == 1 ? "cell" : "cells")} x {sweep.Seeds:n0} {(sweep.Seeds == 1 ? "seed" : "seeds")} = {plan.Members:n0} members");
        foreach (SweepAxis axis in sweep.Axes)
        {
            Line(output, axis.Name, axis.Values.Count <= 8 ? string.Join(", ", axis.Values) : $"{axis.Values.Count:n0} values, {axis.Values[0]} to {axis.Values[^1]}");
        }

        Line(output, "data", sweep.Data ?? $"Gaussian, {(sweep.SharedData ? $"seed {sweep.Seed} for all" : "each member its own")}");
    }

    /// <summary>Prints what came of it.</summary>
    public static void Write(TextWriter output, SweepSummary summary)
    {
        Line(output, "converged", $"{summary.Converged}");
        Line(output, "looks converged", $"{summary.LooksConverged}");
        Line(output, "only looks so", $"{summary.OnlyLooksConverged}");
        Line(output, "diverged", $"{summary.Diverged}");
        Table table = new() { Border = Terminal.IsTerminal(output) ? TableBorder.Rounded : TableBorder.Simple };
        foreach (SweepAxis axis in summary.Axes)
        {
            table.AddColumn(new TableColumn(axis.Name).RightAligned());
        }

        foreach (string name in (string[])["members", "converged", "95 % interval", "looks so", "diverged", "median W2"])
        {
            table.AddColumn(new TableColumn(name).RightAligned());
        }

        SweepSetting[] swept = [.. SweepSetting.All.Where(setting => summary.Axes.Any(axis => axis.Name == setting.Name))];
        foreach (SweepCell cell in summary.Best)
        {
            (double low, double high) = cell.Converged.Interval;
            table.AddRow(
            [
                .. swept.Select(setting => new Text(setting.TextOf(cell.Settings))),
                new Text($"{cell.Members}"),
                new Text($"{100 * cell.Converged.Value:f1} %"),
                new Text($"{100 * low:f1} to {100 * high:f1} %"),
                new Text($"{100 * cell.LooksConverged.Value:f1} %"),
                new Text($"{cell.Diverged}"),
                new Text(double.IsFinite(cell.MedianDistance) ? $"{cell.MedianDistance:g4}" : "-"),
            ]);
        }

        Line(output, "best cells", summary.Cells > summary.Best.Count ? $"{summary.Best.Count} of {summary.Cells:n0}" : $"all {summary.Cells}");
        Terminal.ConsoleOf(output).Write(table);
        Line(output, "note", "Looks so: both losses near log 2 = 0.6931, which does not mean that the generator is right.");
    }

    private static void Line(TextWriter output, string name, string text) => PopulationReport.Line(output, name, text);
}
