using System.Text.Json;
using GpuGan.Kernels.Metrics;
using GpuGan.Runner.Sweeps.Results;
using GpuGan.Runner.Tests.Sweeps;
using GpuGan.Runner.Trajectories;

namespace GpuGan.Runner.Tests.Trajectories;

/// <summary>The ways of the members of a sweep: the same bytes, whatever was interrupted or grown.</summary>
internal sealed class SweepHistoryTests
{
    // Groups of several lengths and networks; some members diverge.
    private static readonly string[] Sweep =
    [
        "sweep", "--discriminator", "2-3-1,2-2-1", "--rows", "40", "--epochs", "2,3", "--lr-g", "0.005,3e38", "--batch-size", "20", "--seeds", "4",
        "--device", "cpu", "--quiet", "--no-plots", "--history", "2", "--history-parameters",
    ];

    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void A_sweep_that_was_cut_off_ends_with_the_bytes_of_one_that_was_not()
    {
        Run(Sweep, "whole");
        Run([.. Sweep, "--chunk", "5"], "s");
        string[] chunks = SweepFiles.Chunks(folder["s"]);
        File.Delete(chunks[1]);
        File.Delete(chunks[^1]);
        File.WriteAllBytes(chunks[3], File.ReadAllBytes(chunks[3])[..90]);
        File.Delete(folder["s/history.parquet"]);
        Run(Sweep, "s");
        Assert.That(History("s"), Is.EqualTo(History("whole")));
        Assert.That(SweepFiles.Parquet(folder["s"]), Is.EqualTo(SweepFiles.Parquet(folder["whole"])));
    }

    [Test]
    public void A_report_shows_the_ways_of_the_best_the_median_and_the_worst()
    {
        Run(Sweep, "s");
        Run(["train", "--population", "3", "--rows", "40", "--epochs", "2", "--no-plots", "--quiet"], "without");
        Assert.That(Gpugan.Run("report", folder["s"], "--members", "0", "--quiet").ExitCode, Is.Zero);
        Assert.That(Gpugan.Run("report", folder["without"], "--members", "0", "--quiet").ExitCode, Is.Zero);
        string page = File.ReadAllText(folder["s/report.html"]);
        Assert.That(page, Does.Contain("Ways of the best, the median and the worst member").And.Contain(", the best: How far").And.Contain(", the median: How far").And.Contain(", the worst: How far"));
        Assert.That(File.ReadAllText(folder["without/report.html"]), Does.Not.Contain("Ways of"));
    }

    [Test]
    public void Shards_merge_to_the_bytes_of_one_machine()
    {
        Run(Sweep, "whole");
        Run([.. Sweep, "--shard", "1/2"], "one");
        Run([.. Sweep, "--shard", "2/2"], "two");
        Run(["merge", folder["two"], folder["one"], "--no-plots"], "merged");
        Assert.That(History("merged"), Is.EqualTo(History("whole")));
    }

    [Test]
    public void A_sweep_that_grows_has_the_history_of_one_that_was_asked_for_at_once()
    {
        string[] larger = [.. SweepFiles.Small.Select(word => word == "6" ? "9" : word), "--lr-d", "0.05,0.1", "--history", "1"];
        Run([.. SweepFiles.Small, "--history", "1"], "grown");
        Run(larger, "grown");
        Run(larger, "whole");
        Assert.That(History("grown"), Is.EqualTo(History("whole")));
    }

    [Test]
    public void Another_history_is_another_sweep()
    {
        Run(SweepFiles.Small, "s");
        byte[] table = SweepFiles.Parquet(folder["s"]);
        Gpugan refused = Gpugan.Run([.. SweepFiles.Small, "--history", "1", "--out", folder["s"]]);
        Assert.That((refused.ExitCode, refused.Error), Is.EqualTo((1, $"gpugan: {folder["s"]}: holds another sweep: history is null there and 1 here; name another folder (--fresh would delete 24 finished members there)\n")));
        Run([.. SweepFiles.Small, "--history", "1", "--fresh"], "s");
        Run([.. SweepFiles.Small, "--fresh"], "s");
        Assert.That(File.Exists(folder["s/history.parquet"]), Is.False);
        Assert.That(SweepFiles.Parquet(folder["s"]), Is.EqualTo(table), "a history leaves no trace in the members");
    }

    [Test]
    public void A_member_has_the_rows_that_it_has_alone_and_null_for_parameters_of_other_networks()
    {
        Run(Sweep, "s");
        SweepRow member = MembersParquetReader.Read(folder["s/members.parquet"]).Last(row => row.DivergedAt is null && row.Settings["epochs"] == "3");
        Gpugan alone = Gpugan.Run(
            "train", "--from", folder["s"], "--member", $"{member.Member}", "--history", "2", "--history-parameters", "--device", "cpu", "--quiet", "--no-plots", "--out", folder["alone"]);
        Assert.That(alone.Error, Is.Empty);
        IReadOnlyList<HistoryRow> rows = HistoryParquetReader.Read(folder["s/history.parquet"], member.Member), its = HistoryParquetReader.Read(folder["alone/history.parquet"], member: 0);
        Assert.Multiple(() =>
        {
            Assert.That(rows.Select(row => row.Point.Epoch), Is.EqualTo(new[] { 2, 3 }));
            Assert.That(rows.Select(row => Line(row, its[0].Columns.Names)), Is.EqualTo(its.Select(row => Line(row, its[0].Columns.Names))));
            Assert.That(rows[0].Columns.Names.Except(its[0].Columns.Names).Select(name => rows[0].Point.Parameters[rows[0].Columns.PlaceOf(name)!.Value]), Is.Not.Empty.And.All.NaN);
            Assert.That(rows[^1].Point.KlDivergence, Is.EqualTo(member.KlDivergence));
        });
    }

    [Test]
    public void A_plan_counts_the_history_into_the_results()
    {
        using JsonDocument without = Plan(SweepFiles.Small), with = Plan([.. SweepFiles.Small, "--history", "1"]);
        long more = with.RootElement.GetProperty("result_bytes").GetInt64() - without.RootElement.GetProperty("result_bytes").GetInt64();

        // 24 members, 2 points of 9 numbers and 6 parameters.
        Assert.That(more, Is.EqualTo(24 * PointBytes.SizeOf(2, 6)));
        Assert.That(PointBytes.SizeOf(2, 6), Is.EqualTo((2 * 60) + 8));

        JsonDocument Plan(string[] sweep) => JsonDocument.Parse(Gpugan.Run([.. sweep, "--plan", "--json", "--out", folder["plan"]]).Output);
    }

    [Test]
    public void Points_are_read_as_they_were_written()
    {
        HistoryPoint[] points = [new(1, 0.5f, float.NaN, 1, 2, 3, [1, 2]), new(3, 0.25f, 1, 4, 5, double.NaN, [3, float.NaN])];
        byte[] bytes = new byte[5 + PointBytes.SizeOf(2, 2)];
        PointBytes.Write(bytes.AsSpan(5), points);
        HistoryPoint[] read = PointBytes.Read(bytes, out int size);
        Assert.That(size, Is.EqualTo(bytes.Length - 5));
        Assert.That(read.Select(point => point with { Parameters = [] }), Is.EqualTo(points.Select(point => point with { Parameters = [] })));
        Assert.That(read.SelectMany(point => point.Parameters), Is.EqualTo(points.SelectMany(point => point.Parameters)));
    }

    [Test]
    public void The_way_of_a_member_is_drawn_on_demand([Values("sweep", "train")] string kind)
    {
        string[] words = kind == "sweep" ? [.. SweepFiles.Small, "--history", "1"] : ["train", "--population", "3", "--rows", "50", "--epochs", "3", "--history", "1", "--device", "cpu", "--quiet", "--no-plots"];
        Run(words, "s");
        Gpugan plot = Gpugan.Run("plot", folder["s"], "--member", "2");
        Assert.That((plot.ExitCode, plot.Error), Is.EqualTo((0, "")));
        Assert.That(File.ReadAllText(folder["s/history.svg"]), Does.Contain("Member 2: the way to the target").And.Contain("seed 2"));
        Gpugan beyond = Gpugan.Run("plot", folder["s"], "--member", "24");
        Assert.That((beyond.ExitCode, beyond.Error.Split('\n').Length), Is.EqualTo((1, 2)), beyond.Error);
        File.Delete(folder["s/history.parquet"]);
        Gpugan without = Gpugan.Run("plot", folder["s"], "--member", "2");
        Assert.That((without.ExitCode, without.Error), Is.EqualTo((1, $"gpugan: {folder["s"]}: has no way of member 2: its members are trained with --history N, or are not finished\n")));
    }

    private static string Line(HistoryRow row, IReadOnlyList<string> names) => FormattableString.Invariant(
        $"{row.Seed} {row.Point.Epoch} {row.Point.LossD:r} {row.Point.LossG:r} {row.Point.KlDivergence:r} {string.Join(' ', names.Select(name => row.Point.Parameters[row.Columns.PlaceOf(name)!.Value]))}");

    private byte[] History(string name) => File.ReadAllBytes(folder[$"{name}/history.parquet"]);

    private void Run(string[] words, string name)
    {
        Gpugan run = Gpugan.Run([.. words, "--out", folder[name]]);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
    }
}
