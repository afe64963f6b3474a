using System.Text.Json;
using GpuGan.Runner.Folders;
using GpuGan.Runner.Sweeps.Results;

namespace GpuGan.Runner.Tests.Commands;

/// <summary>Members that are finite and absurdly far away are counted, beside those that diverged.</summary>
internal sealed class RunawayTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void A_sweep_counts_them_in_its_table_its_cells_and_its_report()
    {
        string[] args =
            ["sweep", "--discriminator", "2-3-1", "--lr-g", ".005,1000,3e38", "--rows", "64", "--epochs", "2", "--seeds", "4", "--device", "cpu", "--quiet", "--csv", "--out", folder["s"]];
        Gpugan run = Gpugan.Run(args);
        IReadOnlyList<SweepRow> rows = SweepResult.Read(folder["s"]).Rows;
        string[][] lines = [.. File.ReadAllLines(folder["s/members.csv"]).Select(line => line.Split(','))];
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(folder["s/summary.json"]));
        JsonElement[] cells = [.. json.RootElement.GetProperty("best_cells").EnumerateArray().OrderBy(cell => cell.GetProperty("lr_g").GetDouble())];
        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.Zero, run.Error);
            Assert.That(Counts(row => row.Runaway == true), Is.EqualTo((0, 4, 0)), "of the three rates");
            Assert.That(Counts(row => row.DivergedAt is not null), Is.EqualTo((0, 0, 4)));
            Assert.That(Column("runaway"), Is.EqualTo(rows.Select(row => row.Runaway == true ? "true" : "false")));
            Assert.That(Column("looks_converged"), Is.EqualTo(rows.Select(row => row.LooksConverged ? "true" : "false")));
            Assert.That(json.RootElement.GetProperty("runaway").GetInt32(), Is.EqualTo(4));
            Assert.That(json.RootElement.GetProperty("diverged").GetInt32(), Is.EqualTo(4));
            Assert.That(cells.Select(cell => cell.GetProperty("runaway").GetInt32()), Is.EqualTo(new[] { 0, 4, 0 }));
            Assert.That(run.Output, Does.Contain("\ndiverged            4\nrunaway             4\n"));
        });

        (int, int, int) Counts(Func<SweepRow, bool> which) =>
            (rows.Take(4).Count(which), rows.Skip(4).Take(4).Count(which), rows.Skip(8).Count(which));

        IEnumerable<string> Column(string name) => lines[1..].Select(line => line[Array.IndexOf(lines[0], name)]);
    }

    [Test]
    public void A_population_and_a_training_tell_them_too()
    {
        string[] wild = ["--discriminator", "2-3-1", "--lr-g", "1000", "--rows", "64", "--epochs", "2", "--device", "cpu", "--quiet", "--no-plots", "--json"];
        Gpugan population = Gpugan.Run(["train", "--population", "3", .. wild, "--out", folder["population"]]);
        Gpugan alone = Gpugan.Run(["train", .. wild, "--out", folder["alone"]]);
        using JsonDocument many = JsonDocument.Parse(population.Output), one = JsonDocument.Parse(alone.Output);
        Assert.Multiple(() =>
        {
            Assert.That((many.RootElement.GetProperty("runaway").GetInt32(), many.RootElement.GetProperty("diverged").GetInt32()), Is.EqualTo((3, 0)));
            Assert.That(File.ReadAllLines(folder["population/members.csv"])[1..], Is.All.Match(",false,(true|false),true,$"));
            Assert.That(one.RootElement.GetProperty("runaway").GetBoolean());
            Assert.That(one.RootElement.GetProperty("wasserstein_2").GetDouble(), Is.GreaterThan(10 * Math.Sqrt(5.26)));
            Assert.That(PopulationMembers.Read(folder["population"]).Rows.Select(row => row.Runaway), Is.All.True);
        });
    }

    [Test]
    public void What_looks_so_is_counted_converged_or_not()
    {
        Gpugan run = Gpugan.Run("train", "--population", "24", "--device", "cpu", "--quiet", "--no-plots", "--json", "--out", folder["run"]);
        string[][] lines = [.. File.ReadAllLines(folder["run/members.csv"]).Select(line => line.Split(','))];
        int converged = Array.IndexOf(lines[0], "converged"), looks = Array.IndexOf(lines[0], "looks_converged");
        using JsonDocument json = JsonDocument.Parse(run.Output);
        Assert.Multiple(() =>
        {
            Assert.That(Number("looks_converged"), Is.EqualTo(lines[1..].Count(line => line[looks] == "true")));
            Assert.That(Number("only_looks_converged"), Is.EqualTo(lines[1..].Count(line => line[looks] == "true" && line[converged] == "false")));
            Assert.That(Number("looks_converged"), Is.GreaterThan(Number("only_looks_converged")).And.GreaterThan(20));
            Assert.That(Number("only_looks_converged"), Is.Positive);
        });

        int Number(string name) => json.RootElement.GetProperty(name).GetInt32();
    }
}
