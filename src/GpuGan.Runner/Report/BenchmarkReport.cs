using System.Globalization;
using GpuGan.Kernels.Devices;
using GpuGan.Runner.Benchmarks;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Report;

/// <summary>The table of a benchmark, line by line as it is measured.</summary>
/// <param name="output">Where.</param>
internal sealed class BenchmarkReport(TextWriter output)
{
    private string? series;

    /// <summary>Says what is measured, and names the columns.</summary>
    public void WriteHead(Device device)
    {
        output.WriteLine($"{device.Word} ({device.Name}), GAN-steps per second: medians over launches");
        output.WriteLine(Line("series", "engine", "population", "lanes", "steps/launch", "generator", "discriminator", "batch", "GAN-steps/s", "emit s", "compile s", "of peak"));
    }

    /// <summary>Adds a row; its series is named where it begins.</summary>
    public void WriteRow(BenchmarkRow row)
    {
        string name = row.Case.Series == series ? "" : row.Case.Series;
        series = row.Case.Series;
        output.WriteLine(Line(
            name,
            Words.Of(row.Case.Engine),
            Count(row.Case.Population),
            Count(row.Case.Lanes),
            Count(row.Case.StepsPerLaunch),
            row.Case.Generator.ToString(),
            row.Case.Discriminator.ToString(),
            Count(row.Case.BatchSize),
            row.GanStepsPerSecond.ToString("0.00e+0", CultureInfo.InvariantCulture),
            row.EmitSeconds.ToString("0.00", CultureInfo.InvariantCulture),
            row.CompileSeconds.ToString("0.00", CultureInfo.InvariantCulture),
            row.ShareOfPeak is double share ? share.ToString("0 %", CultureInfo.InvariantCulture) : "").TrimEnd());
    }

    private static string Count(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Line(params ReadOnlySpan<string> cells)
    {
        ReadOnlySpan<int> widths = [-16, -8, 10, 5, 12, 16, 16, 5, 11, 6, 9, 7];
        string[] padded = new string[cells.Length];
        for (int i = 0; i < cells.Length; i++)
        {
            padded[i] = widths[i] < 0 ? cells[i].PadRight(-widths[i]) : cells[i].PadLeft(widths[i]);
        }

        return string.Join(' ', padded);
    }
}
