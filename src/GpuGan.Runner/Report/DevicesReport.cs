using System.Text.Json.Nodes;
using GpuGan.Kernels.Devices;
using GpuGan.Runner.Wording;
using Spectre.Console;

namespace GpuGan.Runner.Report;

/// <summary>What is told of the accelerators.</summary>
internal static class DevicesReport
{
    private const string Nothing = "-";
    private const double Gibibyte = 1L << 30;

    /// <summary>Prints the table, what <c>auto</c> takes, and what is in the way of the others.</summary>
    public static void Write(TextWriter output, IReadOnlyList<AcceleratorEntry> entries)
    {
        AcceleratorEntry best = AcceleratorCatalog.Best(entries);
        Table table = new() { Border = TableBorder.Simple };
        table.AddColumns("device", "hardware", "kind", "memory", "denormals", "division", "usable");
        table.Columns[3].RightAligned().NoWrap();
        foreach (TableColumn column in table.Columns)
        {
            // Names of GPUs are long; with this the table mostly fits into 100 columns.
            column.Padding = new Padding(0, 1);
        }

        foreach (AcceleratorEntry entry in entries)
        {
            table.AddRow(
                new Text(entry.Device ?? Nothing),
                new Text(entry.Name ?? Nothing),
                new Text(KindOf(entry)),
                new Text(entry.Memory is long bytes ? $"{bytes / Gibibyte:f1} GiB" : Nothing),
                new Text(entry.KeepsDenormals switch { true => "kept", false => "zeroed", null => Nothing }),
                new Text(entry.Division is DivisionRounding division ? Words.Of(division).Replace('-', ' ') : Nothing),
                entry.IsUsable
                    ? new Text(entry == best ? "auto" : "yes", new Style(Color.Green))
                    : new Text("no", new Style(Color.Red)));
        }

        Terminal.Write(output, table);
        output.WriteLine($"auto takes {best.Device}: {WhyBest(best, entries)}");
        if (entries.Any(entry => entry is { IsUsable: true, Division: not DivisionRounding.Exact }))
        {
            output.WriteLine("division: on OpenCL, kernels make quotients and roots of integers, to the same bits as elsewhere");
        }

        foreach (AcceleratorEntry entry in entries.Where(entry => !entry.IsUsable))
        {
            output.WriteLine($"{ApiOf(entry)}: {entry.Problem}");
            output.WriteLine($"  {entry.Obstacle!.Remedy}");
        }
    }

    /// <summary>What <c>--json</c> prints.</summary>
    public static JsonObject ToJson(IReadOnlyList<AcceleratorEntry> entries)
    {
        AcceleratorEntry best = AcceleratorCatalog.Best(entries);
        return new JsonObject { ["devices"] = new JsonArray([.. entries.Select(entry => ToJson(entry, entry == best))]) };
    }

    private static JsonObject ToJson(AcceleratorEntry entry, bool auto) => new()
    {
        ["device"] = entry.Device,
        ["device_name"] = entry.Name,
        ["api"] = Words.Of(entry.Api),
        ["kind"] = entry.Kind is AcceleratorKind kind ? Words.Of(kind) : null,
        ["memory_bytes"] = entry.Memory,
        ["keeps_denormals"] = entry.KeepsDenormals,
        ["division"] = entry.Division is DivisionRounding division ? Words.Of(division) : null,
        ["usable"] = entry.IsUsable,
        ["reason"] = entry.Obstacle?.Reason,
        ["remedy"] = entry.Obstacle?.Remedy,
        ["auto"] = auto,
    };

    private static string WhyBest(AcceleratorEntry best, IReadOnlyList<AcceleratorEntry> entries) => best.Api switch
    {
        AcceleratorApi.Cuda => "the first CUDA device that can be used",
        AcceleratorApi.Opencl => "no CUDA device can be used, and it is the first OpenCL GPU",
        _ => "no GPU can be used" + string.Concat(entries.Where(IsCpuAgain).Select(entry => $", and {entry.Device} is the CPU again")),
    };

    private static bool IsCpuAgain(AcceleratorEntry entry) =>
        entry is { IsUsable: true, Api: AcceleratorApi.Opencl, Kind: AcceleratorKind.Cpu };

    private static string KindOf(AcceleratorEntry entry) => (entry.Api, entry.Kind) switch
    {
        (AcceleratorApi.Cpu, _) => "CPU",
        (_, AcceleratorKind.Cpu) => $"{ApiOf(entry)} CPU",
        (_, AcceleratorKind.Gpu) => $"{ApiOf(entry)} GPU",
        _ => ApiOf(entry),
    };

    private static string ApiOf(AcceleratorEntry entry) => entry.Api switch
    {
        AcceleratorApi.Cuda => "CUDA",
        AcceleratorApi.Opencl => "OpenCL",
        _ => "CPU",
    };
}
