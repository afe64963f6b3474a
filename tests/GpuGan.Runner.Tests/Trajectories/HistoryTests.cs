using System.Text.Json;
using System.Text.Json.Nodes;
using DuckDB.NET.Data;
using GpuGan.Runner.Trajectories;

namespace GpuGan.Runner.Tests.Trajectories;

/// <summary>The ways of trainings, as <c>history.parquet</c> has them.</summary>
internal sealed class HistoryTests
{
    private static readonly string[] Short = ["--rows", "50", "--device", "cpu", "--quiet", "--no-plots"];

    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void A_training_ends_as_without_and_its_last_row_is_its_end()
    {
        Train("without", "--epochs", "5");
        Train("with", "--epochs", "5", "--history", "2");
        JsonNode end = JsonNode.Parse(File.ReadAllText(folder["with/metrics.json"]))!;
        string weights = Metric("with", "weights_sha256");
        IReadOnlyList<HistoryRow> rows = Rows("with");
        HistoryRow last = rows[^1];
        Assert.Multiple(() =>
        {
            Assert.That(weights, Is.EqualTo(Metric("without", "weights_sha256")));
            Assert.That(rows.Select(row => row.Point.Epoch), Is.EqualTo(new[] { 2, 4, 5 }));
            Assert.That(rows.Select(row => (row.Member, row.Seed)), Is.All.EqualTo((0L, 3ul)));
            Assert.That(last.Columns.Names, Is.EqualTo(new[] { "generator.0.weight.0", "generator.0.weight.1", "generator.0.weight.2", "generator.0.weight.3", "generator.0.bias.0", "generator.0.bias.1" }));
            foreach ((string name, double value) in ((string, double)[])[("loss_d", last.Point.LossD), ("kl_divergence", last.Point.KlDivergence), ("mean_error", last.Point.MeanError), ("covariance_error", last.Point.CovarianceError)])
            {
                Assert.That(value, Is.EqualTo(name == "loss_d" ? (float)end[name]!.GetValue<double>() : end[name]!.GetValue<double>()), name);
            }
        });
    }

    [Test]
    public void A_training_that_goes_on_has_the_history_of_one_that_did_not_stop()
    {
        // The last epoch of the shorter one has a row that the longer one has not.
        Train("whole", "--epochs", "7", "--history", "2", "--history-parameters");
        Train("run", "--epochs", "3", "--history", "2", "--history-parameters", "--checkpoint-every", "1");
        Gpugan resumed = Gpugan.Run("resume", folder["run"], "--epochs", "7", "--engine", "stepwise", "--quiet", "--no-plots");
        Assert.That((resumed.ExitCode, resumed.Error), Is.EqualTo((0, "")));
        Assert.That(File.ReadAllBytes(folder["run/history.parquet"]), Is.EqualTo(File.ReadAllBytes(folder["whole/history.parquet"])));
        File.Delete(folder["run/history.parquet"]);
        Gpugan refused = Gpugan.Run("resume", folder["run"], "--epochs", "8", "--quiet", "--no-plots");
        Assert.That((refused.ExitCode, refused.Error.Split('\n').Length), Is.EqualTo((1, 2)), refused.Error);
    }

    [Test]
    public void An_independent_reader_finds_each_member_where_it_stands_alone([Values("compiled", "tiled")] string engine)
    {
        Train("population", "--epochs", "4", "--population", "5", "--history", "2", "--history-parameters", "--engine", engine, "--lr-decay", "0.9");
        Train("alone", "--epochs", "4", "--seed", "6", "--lr-decay", "0.9", "--history", "2");
        HistoryRow[] member = [.. HistoryParquetReader.Read(folder["population/history.parquet"], member: 3)];
        string file = folder["population/history.parquet"];
        Assert.Multiple(() =>
        {
            Assert.That(member.Select(Line), Is.EqualTo(Rows("alone").Select(Line)));
            Assert.That(
                Query($"select string_agg(member || ' ' || seed || ' ' || epoch, ',' order by member, epoch) from '{file}'"),
                Is.EqualTo("0 3 2,0 3 4,1 4 2,1 4 4,2 5 2,2 5 4,3 6 2,3 6 4,4 7 2,4 7 4"));
            Assert.That(
                Query($"select count(*)::varchar from '{file}' h join read_csv('{folder["population/members.csv"]}') m using (member, seed) where h.epoch = 4 and h.loss_d = m.loss_d::float and h.kl_divergence = m.kl_divergence and h.mean_error = m.mean_error"),
                Is.EqualTo("5"));
            Assert.That(Query($"""select max("discriminator.4.bias.0")::varchar from '{file}' where member = 3 and epoch = 4"""), Is.EqualTo(FormattableString.Invariant($"{member[^1].Point.Parameters[^1]:r}")));
            Assert.That(Query($"select string_agg(key::varchar, ',' order by key) from parquet_kv_metadata('{file}')"), Is.EqualTo("gpugan_version,specification"));
        });

        // Of the one there is the generator alone.
        string Line(HistoryRow row) => FormattableString.Invariant(
            $"{row.Seed} {row.Point.Epoch} {row.Point.LossD:r} {row.Point.LossG:r} {row.Point.KlDivergence:r} {row.Point.MeanError:r} {row.Point.CovarianceError:r} {string.Join(' ', row.Point.Parameters.Take(6))}");
    }

    [Test]
    public void What_diverged_is_null_from_then_on()
    {
        Train("run", 0, "--epochs", "3", "--history", "1", "--population", "2", "--lr-d", "3e38", "--lr-g", "3e38");
        string file = folder["run/history.parquet"];
        Assert.That(Query($"select count(*) || ' ' || count(loss_d) || ' ' || count(kl_divergence) || ' ' || count(\"generator.0.bias.1\") from '{file}'"), Is.EqualTo("6 0 0 0"));
        Train("alone", 5, "--epochs", "3", "--history", "1", "--lr-d", "3e38", "--lr-g", "3e38");
        Assert.That(Rows("alone").Select(row => (row.Point.Epoch, double.IsNaN(row.Point.KlDivergence))), Is.EqualTo(new[] { (1, true) }));
    }

    [Test]
    public void More_parameters_than_a_table_has_columns_are_left_out()
    {
        Train("run", "--epochs", "1", "--history", "1", "--generator", "2-80-60-2", "--evaluation-rows", "100");
        Assert.That(Rows("run")[0].Columns.Names, Is.Empty);
    }

    [TestCase("--history", "0")]
    [TestCase("--history", "-1")]
    [TestCase("--history", "x")]
    [TestCase("--history", "21")]
    [TestCase("--history-parameters")]
    public void What_cannot_be_is_refused_in_a_line(params string[] words)
    {
        foreach (string command in (string[])["train", "sweep"])
        {
            Gpugan run = Gpugan.Run([command, .. words, "--out", folder["run"]]);
            Assert.That((run.ExitCode, run.Error.Split('\n').Length), Is.EqualTo((2, 2)), run.Error);
            Assert.That(run.Error, Does.StartWith("gpugan: --history"));
            Assert.That(Directory.Exists(folder["run"]), Is.False);
        }
    }

    [Test]
    public void Pictures_and_page_show_the_way_and_the_orbit_of_two_parameters()
    {
        string[] dirac =
        [
            "--distribution", "point:0", "--rows", "1", "--batch-size", "1", "--latent", "zero", "--generator", "1-1", "--discriminator", "1-1", "--no-discriminator-bias", "--optimizer", "sgd",
            "--lr-d", "0.4", "--lr-g", "0.2", "--init-std", "0", "--init-offset", "0,1,-1", "--epochs", "30", "--history", "1", "--history-parameters", "--device", "cpu", "--quiet",
        ];
        Gpugan train = Gpugan.Run(["train", .. dirac, "--out", folder["run"]]);
        Assert.That(train.ExitCode, Is.Zero, train.Error);
        foreach (string name in (string[])["history", "orbit"])
        {
            byte[] drawn = File.ReadAllBytes(folder[$"run/{name}.svg"]);
            File.Delete(folder[$"run/{name}.svg"]);
            Assert.That(Gpugan.Run("plot", folder["run"]).ExitCode, Is.Zero);
            Assert.That(File.ReadAllBytes(folder[$"run/{name}.svg"]), Is.EqualTo(drawn), name);
        }

        Gpugan report = Gpugan.Run("report", folder["run"], "--device", "cpu", "--quiet");
        Assert.That(report.ExitCode, Is.Zero, report.Error);
        Assert.That(File.ReadAllText(folder["run/report.html"]), Does.Contain("How far the generator is from its target").And.Contain("in their plane"));
    }

    [Test]
    public void Two_biases_have_an_orbit_of_their_own()
    {
        Gpugan train = Gpugan.Run(
            "train", "--distribution", "point:3,4", "--rows", "1", "--batch-size", "1", "--latent", "zero", "--generator", "1-2", "--discriminator", "2-1", "--loss", "wasserstein",
            "--epochs", "10", "--history", "1", "--device", "cpu", "--quiet", "--out", folder["run"]);
        Assert.That(train.ExitCode, Is.Zero, train.Error);
        Assert.That(File.ReadAllText(folder["run/orbit.svg"]), Does.Contain("generator.0.bias.1"));
    }

    [Test]
    public void Without_the_discriminators_parameters_there_is_a_way_and_no_orbit()
    {
        Gpugan train = Gpugan.Run("train", "--rows", "50", "--epochs", "3", "--history", "1", "--device", "cpu", "--quiet", "--out", folder["run"]);
        Assert.That(train.ExitCode, Is.Zero, train.Error);
        Assert.That((File.Exists(folder["run/history.png"]), File.Exists(folder["run/orbit.png"])), Is.EqualTo((true, false)));
        Gpugan again = Gpugan.Run("train", "--rows", "50", "--epochs", "1", "--device", "cpu", "--quiet", "--force", "--out", folder["run"]);
        Assert.That(again.ExitCode, Is.Zero, again.Error);
        Assert.That(Directory.GetFiles(folder["run"], "history.*"), Is.Empty);
    }

    private static string Query(string sql)
    {
        using DuckDBConnection connection = new("DataSource=:memory:");
        connection.Open();
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return (string)command.ExecuteScalar()!;
    }

    private void Train(string name, params string[] words) => Train(name, 0, words);

    private void Train(string name, int code, params string[] words)
    {
        Gpugan run = Gpugan.Run(["train", .. Short, .. words.Contains("--seed") ? [] : (string[])["--seed", "3"], .. words, "--out", folder[name]]);
        Assert.That(run.ExitCode, Is.EqualTo(code), run.Error);
    }

    private IReadOnlyList<HistoryRow> Rows(string name) => HistoryParquetReader.Read(folder[$"{name}/history.parquet"], member: 0);

    private string Metric(string name, string metric)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(folder[$"{name}/metrics.json"]));
        return json.RootElement.GetProperty(metric).ToString();
    }
}
