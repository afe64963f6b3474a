using System.Text.Json;
using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Tests.Data;

namespace GpuGan.Runner.Tests.Commands;

/// <summary>What the verdict says of data that are not the chapter's, in every command and file.</summary>
internal sealed class VerdictTests
{
    private static readonly string[] Quiet = ["--device", "cpu", "--quiet", "--no-plots"];
    private static readonly string[] QuietSweep = ["--device", "cpu", "--quiet"];

    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    // One blob of a linear generator is none of the modes, whatever its moments are.
    [TestCase(nameof(MadeRows.Grid), true)]
    [TestCase(nameof(MadeRows.Ring), false, Category = "Slow")]
    public void One_blob_is_never_converged_to_many_modes(string name, bool someHaveTheMoments)
    {
        Table rows = RowsOf(name);
        TrainingSettings settings = new() { Epochs = 10, Shuffle = true };
        double[] ratesOfD = [.002, .01, .05], ratesOfG = [.001, .005, .02];
        using Device device = Device.Open("cpu");
        Population population = new(
            new CompiledKernels(device, settings, rows.ToDataSet()),
            27,
            i => settings with { Seed = (ulong)(i % 3), LrD = ratesOfD[i / 9], LrG = ratesOfG[i / 3 % 3] });
        Verdict[] verdicts = [.. population.Train(Evaluation.Of(rows)).Select(member => member.Verdict)];
        Assert.Multiple(() =>
        {
            Assert.That(verdicts.Select(verdict => verdict.Converged), Is.All.False);
            Assert.That(verdicts.Select(verdict => verdict.NearestNeighborAccuracy), Is.All.GreaterThan(0.9));
            Assert.That(verdicts.Any(verdict => verdict.KlDivergence <= VerdictLimits.DefaultKlDivergence), Is.EqualTo(someHaveTheMoments));
        });
    }

    [Test]
    public void The_limit_that_is_not_kept_is_named()
    {
        string[] args = ["train", "--data", Write(nameof(MadeRows.Grid)), "--lr-d", ".01", "--no-shuffle", "--lr-g", ".02", "--seed", "1", "--epochs", "10", .. Quiet, "--force", "--out", folder["run"]];
        Gpugan json = Gpugan.Run([.. args, "--json"]), text = Gpugan.Run(args);
        using JsonDocument metrics = JsonDocument.Parse(json.Output);
        JsonElement root = metrics.RootElement;
        Assert.Multiple(() =>
        {
            Assert.That(root.GetProperty("kl_divergence").GetDouble(), Is.InRange(0.0, 0.2), "its moments are right");
            Assert.That(Strings(root.GetProperty("broken_limits")), Is.EqualTo(new[] { "nearest_neighbor_accuracy" }));
            Assert.That(root.GetProperty("limits").GetRawText().Where(c => !char.IsWhiteSpace(c)), Is.EqualTo("""{"kl_divergence":0.2,"nearest_neighbor_accuracy":0.6}"""));
            Assert.That(root.GetProperty("wasserstein_2_is_lower_bound").GetBoolean());
            Assert.That(text.Output, Does.Contain("verdict             not converged: nearest_neighbor_accuracy not within its limit\n"));
            Assert.That(text.Output, Does.Match(@"KL divergence +0\.[01]\d+ \(limit 0\.2000\)\n"));
            Assert.That(text.Output, Does.Match(@"nearest neighbors +0\.9\d+ \(limit 0\.6000; real rows among themselves 0\.\d+\)\n"));
            Assert.That(text.Output, Does.Not.Contain("worst direction"));
            Assert.That(text.Output, Does.Match(@"2-Wasserstein +\d\.\d{4}  \(at least: "));
        });
    }

    [TestCase(nameof(MadeRows.Grid))]
    [TestCase(nameof(MadeRows.Ring))]
    [TestCase(nameof(MadeRows.Weather))]
    public void Real_rows_pass_where_they_are_taken_for_generated_ones(string name)
    {
        Table rows = RowsOf(name);
        Moments even = Moments.Of(Half(rows, 0)), odd = Moments.Of(Half(rows, 1));
        Assert.Multiple(() =>
        {
            Assert.That(Evaluation.Of(rows).RealAccuracy(0), Is.EqualTo(0.5).Within(0.06));
            Assert.That(new KullbackLeibler(even).Of(odd), Is.InRange(0.0, 0.02));
        });

        // Of each 50 rows the first 25: of each mode as many.
        static Table Half(Table rows, int which) => new([.. rows.Values.Chunk(rows.Columns).Where((_, row) => row / 25 % 2 == which).SelectMany(row => row)], rows.Columns);
    }

    [Test]
    public void A_small_column_does_not_hide_behind_a_large_one()
    {
        // The humidity is learnt in steps of its own size.
        Gpugan run = Gpugan.Run(["train", "--data", Write(nameof(MadeRows.Weather)), "--no-shuffle", "--lr-g", ".1", "--epochs", "5", .. Quiet, "--json", "--out", folder["run"]]);
        using JsonDocument metrics = JsonDocument.Parse(run.Output);
        Assert.Multiple(() =>
        {
            Assert.That(metrics.RootElement.GetProperty("converged").GetBoolean(), Is.False);
            Assert.That(metrics.RootElement.GetProperty("worst_direction").GetString(), Does.StartWith("along humidity the generator is "));
        });
    }

    [Test]
    public void A_collapse_onto_a_line_is_seen_where_norms_of_the_moments_are_small()
    {
        // Its variance across the line is .0003, the data's .098.
        Gpugan run = Gpugan.Run(["train", "--seed", "167", "--beta1", ".5", "--lr-decay", ".95", "--epochs", "60", .. Quiet, "--json", "--out", folder["run"]]);
        using JsonDocument metrics = JsonDocument.Parse(run.Output);
        JsonElement root = metrics.RootElement;
        Assert.Multiple(() =>
        {
            Assert.That(root.GetProperty("mean_error").GetDouble(), Is.InRange(0.0, 0.05));
            Assert.That(root.GetProperty("covariance_error").GetDouble(), Is.InRange(0.0, 0.05));
            Assert.That(root.GetProperty("looks_converged").GetBoolean());
            Assert.That(root.GetProperty("converged").GetBoolean(), Is.False);
            Assert.That(Strings(root.GetProperty("broken_limits")), Is.EqualTo(new[] { "kl_divergence" }));
            Assert.That(root.GetProperty("worst_direction").GetString(), Is.EqualTo("along x1 - 0.46 x2 the generator is 18 times too narrow"));
        });
    }

    [TestCase(true)]
    [TestCase(false, Category = "Slow")]
    public void The_verdict_is_the_same_alone_in_a_population_in_a_sweep_and_in_its_shards(bool fromFile)
    {
        // A generator whose moments are those of samples; another limit, fewer rows.
        string[] same =
        [
            "--generator", "2-2-2", "--discriminator", "2-1", "--epochs", "2", "--seed", "4", "--kl-limit", "3", "--neighbor-limit", ".97", "--evaluation-rows", "300",
            .. fromFile ? ["--data", Write(nameof(MadeRows.Weather)), "--standardize"] : (string[])["--rows", "200"],
        ];
        Gpugan.Run(["train", "--population", "5", .. same, .. Quiet, "--out", folder["population"]]);
        Gpugan.Run(["sweep", "--seeds", "5", .. same, .. QuietSweep, "--csv", "--out", folder["sweep"]]);
        Gpugan.Run(["sweep", "--seeds", "5", .. same, .. QuietSweep, "--chunk", "2", "--shard", "1/2", "--out", folder["shards"]]);
        Gpugan.Run(["sweep", "--seeds", "5", .. same, .. QuietSweep, "--chunk", "1", "--shard", "2/2", "--out", folder["shards"]]);
        Gpugan merged = Gpugan.Run("merge", folder["shards"], "--csv");
        string[] population = Members("population/members.csv"), sweep = Members("sweep/members.csv");
        Assert.Multiple(() =>
        {
            Assert.That(merged.ExitCode, Is.Zero, merged.Error);
            Assert.That(sweep, Is.EqualTo(population));
            Assert.That(Members("shards/members.csv"), Is.EqualTo(population));
            Assert.That(File.ReadAllBytes(folder["shards/summary.json"]), Is.EqualTo(File.ReadAllBytes(folder["sweep/summary.json"])));
        });
        foreach (string[] origin in (string[][])[["--engine", "stepwise", .. same], ["--from", folder["population"], "--member", "0"]])
        {
            Gpugan alone = Gpugan.Run(["train", .. origin, .. Quiet, "--json", "--force", "--out", folder["alone"]]);
            using JsonDocument metrics = JsonDocument.Parse(alone.Output);
            string[] names = ["loss_d", "loss_g", "kl_divergence", "nearest_neighbor_accuracy", "mean_error", "covariance_error", "wasserstein_2", "converged", "looks_converged", "runaway"];
            Assert.That(string.Join(',', names.Select(name => metrics.RootElement.GetProperty(name).GetRawText())) + ",", Is.EqualTo(population[0]), string.Join(' ', origin));
        }

        // From the losses on: in a sweep the settings stand before them.
        string[] Members(string file)
        {
            string[] lines = File.ReadAllLines(folder[file]);
            int from = Array.IndexOf(lines[0].Split(','), "loss_d");
            return [.. lines[1..].Select(line => string.Join(',', line.Split(',')[from..]))];
        }
    }

    [Test]
    public void The_limits_stand_in_the_files_of_all_commands_and_decide()
    {
        string[] limits = ["--kl-limit", "1e6", "--neighbor-limit", "1", "--evaluation-rows", "50"];
        string[] same = ["--data", Write(nameof(MadeRows.Weather)), "--discriminator", "2-1", "--batch-size", "100", "--epochs", "1"];
        string[] strict = ["--kl-limit", "0", .. same];
        Gpugan train = Gpugan.Run(["train", .. same, .. limits, .. Quiet, "--json", "--require-converged", "--out", folder["train"]]);
        Gpugan population = Gpugan.Run(["train", "--population", "2", .. same, .. limits, .. Quiet, "--json", "--require-converged", "--out", folder["population"]]);
        Gpugan sweep = Gpugan.Run(["sweep", "--seeds", "2", .. same, .. limits, .. QuietSweep, "--json", "--out", folder["sweep"]]);
        Gpugan told = Gpugan.Run(["sweep", "--seeds", "2", .. same, .. limits, .. QuietSweep, "--out", folder["sweep"]]);
        Gpugan refused = Gpugan.Run(["train", .. strict, .. Quiet, "--json", "--require-converged", "--out", folder["strict"]]);
        Gpugan never = Gpugan.Run(["sweep", "--seeds", "2", .. strict, .. QuietSweep, "--json", "--out", folder["never"]]);
        Assert.Multiple(() =>
        {
            Assert.That((train.ExitCode, population.ExitCode, sweep.ExitCode, refused.ExitCode), Is.EqualTo((0, 0, 0, 4)), train.Error + population.Error + sweep.Error);
            foreach ((Gpugan run, double kl, double neighbor) in (ReadOnlySpan<(Gpugan, double, double)>)[(train, 1e6, 1), (population, 1e6, 1), (sweep, 1e6, 1), (refused, 0, 0.6), (never, 0, 0.6)])
            {
                using JsonDocument json = JsonDocument.Parse(run.Output);
                JsonElement limit = json.RootElement.GetProperty("limits");
                Assert.That((limit.GetProperty("kl_divergence").GetDouble(), limit.GetProperty("nearest_neighbor_accuracy").GetDouble()), Is.EqualTo((kl, neighbor)));
            }

            Assert.That(told.Output, Does.Match(@"\nlimits +kl_divergence 1000000; nearest_neighbor_accuracy 1 \(real rows among themselves 0\.[45]\d+\)\n"));
            Assert.That(Number(sweep, "converged"), Is.EqualTo(2));
            Assert.That(Number(never, "converged"), Is.Zero);
            foreach (string name in (string[])["train", "population"])
            {
                using JsonDocument settings = JsonDocument.Parse(File.ReadAllText(folder[$"{name}/settings.json"]));
                Assert.That(settings.RootElement.GetProperty("evaluation_rows").GetInt32(), Is.EqualTo(50));
            }
        });

        static int Number(Gpugan run, string name)
        {
            using JsonDocument json = JsonDocument.Parse(run.Output);
            return json.RootElement.GetProperty(name).GetInt32();
        }
    }

    [Test]
    public void Names_that_would_move_the_cursor_are_told_by_their_codes()
    {
        string data = folder.Write("data.csv", "\"hot\n\u001b[31m\",cold\n" + MadeRows.Csv(new Table(MadeRows.Weather.Values, columns: 2)));
        string output = Gpugan.Run(["train", "--data", data, "--discriminator", "2-1", "--batch-size", "100", "--epochs", "1", .. Quiet, "--out", folder["run"]]).Output;
        Assert.That(output, Does.Contain("worst direction").And.Not.Contain('\u001b'));
        Assert.That(output.Split('\n').Single(line => line.StartsWith("worst direction", StringComparison.Ordinal)), Does.Contain(@"hot \u001b[31m").Or.Contain("along cold"));
    }

    private string Write(string name) => folder.Write($"{name}.csv", MadeRows.Csv(RowsOf(name)));

    private static Table RowsOf(string name) => name switch
    {
        nameof(MadeRows.Grid) => MadeRows.Grid,
        nameof(MadeRows.Ring) => MadeRows.Ring,
        _ => MadeRows.Weather,
    };

    private static IEnumerable<string?> Strings(JsonElement array) => array.EnumerateArray().Select(element => element.GetString());
}
