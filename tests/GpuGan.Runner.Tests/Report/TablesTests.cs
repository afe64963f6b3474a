using System.Globalization;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Benchmarks;
using GpuGan.Runner.Report;
using GpuGan.Runner.Sweeps.Results;
using GpuGan.Runner.Tests.Sweeps;

namespace GpuGan.Runner.Tests.Report;

/// <summary>Tables for other programs: whatever their numbers are, a row is a line, and blanks part its cells.</summary>
internal sealed class TablesTests
{
    [Test]
    public void A_sweep_names_a_cell_in_one_line()
    {
        using TemporaryFolder folder = new();
        string[] values = ["0.0123456789", "0.0123456788"];

        // The ten best cells have one value of the first axis, which is rounded: it tells none of them from another.
        string[] axes = ["--lr-d", "--lr-g", "--beta1", "--init-std", "--epsilon"];
        Gpugan run = Gpugan.Run(
        [
            "sweep", .. axes.SelectMany(axis => (string[])[axis, string.Join(',', values)]),
            "--seeds", "1", "--rows", "8", "--epochs", "1", "--device", "cpu", "--quiet", "--out", folder["sweep"],
        ]);
        Assert.That(run.Output.Split('\n').Count(line => line.Split(' ').Count(values.Contains) == axes.Length - 1), Is.EqualTo(10), run.Output + run.Error);
    }

    [Test]
    public void Quantiles_of_a_population_do_not_touch()
    {
        PopulationResult result = new();
        foreach (SweepRow row in SmallSweep.Of([], [.. Enumerable.Range(-5, 10).Select(i => (Array.Empty<string>(), false, (double?)-1.2345e38, (double?)Math.Pow(10, 30 * i)))]).Rows)
        {
            result.Add(row);
        }

        string[] lines = Written(output => PopulationReport.Write(output, result, Equilibrium.Of(new TrainingSettings())));
        foreach (string name in result.Names)
        {
            string[] cells = lines.Single(line => line.TrimStart().StartsWith($"{name} ", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.That(cells, Has.Length.EqualTo(1 + PopulationResult.Percents.Count), name);
            Assert.That(cells.Skip(1), Is.All.Matches<string>(cell => cell == "-" || double.TryParse(cell, CultureInfo.InvariantCulture, out _)), name);
        }
    }

    [Test]
    public void A_benchmark_parts_its_cells_where_they_are_wider_than_their_columns()
    {
        BenchmarkCase widest = new("steps-per-launch-of-a-name", Engine.Compiled, int.MaxValue, int.MaxValue, int.MaxValue, Network.Parse("8192-8192-8192-1"), int.MaxValue, FastMath: false);
        string line = Written(output => new BenchmarkReport(output).WriteRow(new BenchmarkRow(widest, "cpu", 1.5e300, 1, 12345.678, 98765.432)))[0];
        Assert.That(
            line.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            Is.EqualTo((string[])
            [
                "steps-per-launch-of-a-name", "compiled", "2147483647", "2147483647", "2147483647", "2-2", "8192-8192-8192-1", "2147483647", "1.50e+300", "12345.68", "98765.43",
            ]));
    }

    [Test]
    public void A_device_of_a_long_name_has_one_line()
    {
        AcceleratorEntry cpu = AcceleratorCatalog.List().Single(entry => entry.Api == AcceleratorApi.Cpu);
        string name = string.Join(' ', Enumerable.Repeat("accelerator", 30));
        string[] lines = Written(output => DevicesReport.Write(output, [cpu with { Name = name, Memory = long.MaxValue }]));
        Assert.That(lines, Has.One.Contains(name).And.One.Contains(" 8589934592.0 GiB "));
    }

    [Test]
    public void A_name_as_long_as_its_column_does_not_touch_what_is_said_of_it() =>
        Assert.That(Written(output => PopulationReport.Line(output, "a_name_of_20_letters", "0.5"))[0], Is.EqualTo("a_name_of_20_letters 0.5"));

    private static string[] Written(Action<TextWriter> write)
    {
        using StringWriter output = new() { NewLine = "\n" };
        write(output);
        return output.ToString().Split('\n');
    }
}
