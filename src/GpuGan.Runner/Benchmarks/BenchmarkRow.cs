using System.Text.Json.Nodes;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Benchmarks;

/// <summary>What was measured.</summary>
/// <param name="Case">Of what; lanes, steps per launch and fast math are those that were used.</param>
/// <param name="Device">The accelerator's word.</param>
/// <param name="GanStepsPerSecond">Median over the launches.</param>
/// <param name="Seconds">How long was measured.</param>
/// <param name="EmitSeconds">Recording and writing the kernels.</param>
/// <param name="CompileSeconds">From there to the end of the first step: compilation by ILGPU and the device's own compiler.</param>
internal sealed record BenchmarkRow(
    BenchmarkCase Case, string Device, double GanStepsPerSecond, double Seconds, double EmitSeconds, double CompileSeconds)
{
    /// <summary>How many of the multiply-adds that the cores can do are those of its matrix products; null where that is not measured.</summary>
    public double? ShareOfPeak { get; init; }

    /// <summary>The columns of <see cref="ToCsv"/>, which are the names in JSON too.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "series", "engine", "device", "population", "lanes", "steps_per_launch", "generator", "discriminator", "batch_size", "fast_math",
        "gan_steps_per_second", "seconds", "emit_seconds", "compile_seconds", "share_of_peak",
    ];

    private IReadOnlyList<JsonNode?> Values =>
    [
        Case.Series, Words.Of(Case.Engine), Device, Case.Population, Case.Lanes, Case.StepsPerLaunch, Case.Generator.ToString(), Case.Discriminator.ToString(), Case.BatchSize, Case.FastMath,
        Math.Round(GanStepsPerSecond), Math.Round(Seconds, 3), Math.Round(EmitSeconds, 4), Math.Round(CompileSeconds, 4),
        ShareOfPeak is double share ? Math.Round(share, 4) : null,
    ];

    /// <summary>A line of the table.</summary>
    public string ToCsv() => string.Join(',', Values);

    /// <summary>An element of <c>rows</c>.</summary>
    public JsonObject ToJson() => new(Names.Zip(Values, KeyValuePair.Create));
}
