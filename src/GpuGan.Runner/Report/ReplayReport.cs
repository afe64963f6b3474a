using GpuGan.Kernels.Training;
using GpuGan.Runner.Replay;
using GpuGan.Runner.Wording;
using Spectre.Console;

namespace GpuGan.Runner.Report;

/// <summary>What a replay tells its user.</summary>
internal static class ReplayReport
{
    /// <summary>Prints what became of a trace in each engine; of the second only that it gives the same bits, where it does.</summary>
    public static void Write(TextWriter output, string file, Trace trace, IReadOnlyList<(Engine Engine, Comparison Comparison)> all, string device)
    {
        Comparison first = all[0].Comparison;
        WriteHead(output, file, trace, device);
        foreach ((Engine engine, Comparison comparison) in all)
        {
            if (comparison != first && comparison.Sha256 == first.Sha256)
            {
                output.WriteLine($"{Words.Of(engine)} engine: the same losses and parameters, bit for bit");
                continue;
            }

            if (comparison != first)
            {
                output.WriteLine($"{Words.Of(engine)} engine: OTHER bits");
            }

            Write(output, trace, comparison);
        }

        output.WriteLine(all.All(one => one.Comparison.Holds) ? "every tolerance holds" : "NOT within the tolerances");
        output.WriteLine();
    }

    private static void WriteHead(TextWriter output, string file, Trace trace, string device)
    {
        Tolerances tolerances = trace.Tolerances;
        output.WriteLine(
            $"{file}: {trace.Steps} steps, generator {trace.Settings.Generator}, discriminator {trace.Settings.Discriminator}, " +
            $"{trace.Settings.Loss.Word}, on {device}");
        if (!tolerances.Complete)
        {
            output.WriteLine(
                $"The file does not give all tolerances; held to {tolerances.Parameter:g2} for parameters and {tolerances.Loss:g2} for losses up to step {tolerances.UntilStep}.");
        }

    }

    // The table of an engine, and the parity horizon.
    private static void Write(TextWriter output, Trace trace, Comparison comparison)
    {
        Table table = new() { Border = Terminal.IsTerminal(output) ? TableBorder.Rounded : TableBorder.Simple };
        table.AddColumn("quantity");
        table.AddColumn(new TableColumn("step").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("largest deviation").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("tolerance").RightAligned().NoWrap());
        table.AddColumn("");
        foreach (Deviation deviation in comparison.Deviations)
        {
            table.AddRow(
                new Text(deviation.Quantity),
                new Text($"{deviation.Step}"),
                new Text($"{deviation.Largest:0.0e-0}"),
                new Text(deviation.Tolerance is double tolerance ? $"{tolerance:0.0e-0}" : "shown only"),
                deviation.Holds switch
                {
                    true => new Text("holds", new Style(Color.Green)),
                    false => new Text("EXCEEDED", new Style(Color.Red)),
                    null => Text.Empty,
                });
        }

        Terminal.Write(output, table);
        string least = comparison.LeastHorizon is int steps ? $" (at least {steps})" : "";
        output.WriteLine($"parity horizon: {comparison.Horizon} of {trace.Steps} steps{least}");
    }
}
