using System.Globalization;
using System.Text.Json;

namespace GpuGan.Runner.Tests.Docs;

/// <summary>The tables of docs/atlas.md: they say what their sweeps said, and a row of each comes out again.</summary>
internal sealed class AtlasTests
{
    private const string SeedsOfFirst = "512";

    private static readonly string Atlas = Path.Join(AppContext.BaseDirectory, "Docs", "atlas");

    private static readonly IEnumerable<string> Names =
        Directory.GetFiles(Path.Join(Atlas, "specifications"), "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Names))]
    public void A_table_says_what_its_sweep_said(string name)
    {
        string page = File.ReadAllText(Path.Join(Atlas, "..", "atlas.md"));
        string table = page.Split($"<!-- {name} -->")[1].Split("<!-- end -->")[0];
        JsonElement[] cells = Cells(Path.Join(Atlas, $"{name}.json"));
        string[] rows = [.. table.Split('\n').Where(line => line.StartsWith('|')).Skip(2)];
        Assert.That(rows, Has.Length.EqualTo(cells.Length));
        foreach (JsonElement cell in cells)
        {
            string share = (100 * cell.GetProperty("converged_share").GetDouble()).ToString("f1", CultureInfo.InvariantCulture);
            Assert.That(rows.Count(row => row.Contains($"| {share} % |", StringComparison.Ordinal)), Is.InRange(1, rows.Length), share);
        }
    }

    /// <summary>The one that is trained soonest.</summary>
    [TestCaseSource(nameof(Names))]
    [Category("Slow")]
    public void A_row_comes_out_again(string name)
    {
        using TemporaryFolder folder = new();
        using JsonDocument specification = JsonDocument.Parse(File.ReadAllText(Path.Join(Atlas, "specifications", $"{name}.json")));
        string[] axes = [.. specification.RootElement.EnumerateObject().Where(one => one.Value.ValueKind == JsonValueKind.Array).Select(one => one.Name)];
        JsonElement expected = Cells(Path.Join(Atlas, "first", $"{name}.json")).MinBy(cell => cell.TryGetProperty("epochs", out JsonElement epochs) ? epochs.GetInt32() : 0);
        string[] values = [.. axes.SelectMany(axis => new[] { $"--{axis.Replace('_', '-')}", expected.GetProperty(axis).ToString() })];
        Gpugan run = Gpugan.Run(
            [
                "sweep", "--spec", Path.Join(Atlas, "specifications", $"{name}.json"), .. values, "--seeds", SeedsOfFirst,
                "--no-plots", "--quiet", "--device", "cpu", "--out", folder["sweep"],
            ]);
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")));
        JsonElement actual = Cells(Path.Join(folder["sweep"], "summary.json")).Single();
        foreach (JsonProperty number in expected.EnumerateObject().Where(number => !axes.Contains(number.Name)))
        {
            Assert.That(actual.GetProperty(number.Name).ToString(), Is.EqualTo(number.Value.ToString()), number.Name);
        }
    }

    private static JsonElement[] Cells(string file)
    {
        using JsonDocument summary = JsonDocument.Parse(File.ReadAllText(file));
        return [.. summary.RootElement.GetProperty("best_cells").Clone().EnumerateArray()];
    }
}
