using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Data;
using GpuGan.Runner.Tests.Data;

namespace GpuGan.Runner.Tests.Commands;

/// <summary>Columns that are learnt with mean 0 and deviation 1, and shown in their own units.</summary>
internal sealed class StandardizeTests
{
    private static readonly string[] Quiet = ["--device", "cpu", "--quiet", "--no-plots"];

    private TemporaryFolder folder = null!;
    private string data = null!;

    private string Run => folder["run"];

    [OneTimeSetUp]
    public void Train()
    {
        // The seconds of a clock, which a float cannot tell apart, and hundredths.
        folder = new TemporaryFolder();
        Table rows = new([.. MadeRows.Weather.Values.Select((value, i) => i % 2 == 0 ? 1.7e9 + value : value)], columns: 2, ["time", "humidity"]);
        data = folder.Write("data.csv", MadeRows.Csv(rows));
        Gpugan trained = Gpugan.Run(["train", "--data", data, "--standardize", "--device", "cpu", "--quiet", "--checkpoint-every", "5", "--out", Run]);
        Assert.That((trained.ExitCode, trained.Error), Is.EqualTo((0, "")));
        Assert.That(trained.Output, Does.Contain("standardized        each column is learnt with mean 0 and standard deviation 1"));
        Assert.That(trained.Output, Does.Contain("verdict             converged\n"));
    }

    [OneTimeTearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public void Samples_are_in_the_units_of_the_data_and_have_the_moments_that_the_run_tells()
    {
        Table drawn = CsvDataReader.Parse("output", Gpugan.Run("sample", Run, "-n", "10000").Output, new CsvOptions(), centred: true).Table;
        Moments real = Moments.Of(CsvDataReader.Read(data, new CsvOptions(), centred: true).Table), generated = Moments.Of(drawn);
        using JsonDocument metrics = JsonDocument.Parse(File.ReadAllText(folder["run/metrics.json"]));
        Assert.Multiple(() =>
        {
            Assert.That(drawn.Names, Is.EqualTo(new[] { "time", "humidity" }));
            for (int column = 0; column < 2; column++)
            {
                double deviation = Math.Sqrt(real.Covariance[column, column]);
                Assert.That(generated.Mean[column], Is.EqualTo(real.Mean[column]).Within(deviation));
                Assert.That(Math.Sqrt(generated.Covariance[column, column]), Is.EqualTo(deviation).Within(50).Percent);
            }

            // Of 10,000 rows, not by the weights: some standard errors.
            Assert.That(new KullbackLeibler(real).Of(generated), Is.EqualTo(metrics.RootElement.GetProperty("kl_divergence").GetDouble()).Within(0.02));
            Assert.That((generated.Mean - real.Mean).L2Norm(), Is.EqualTo(metrics.RootElement.GetProperty("mean_error").GetDouble()).Within(0.1));
            Assert.That(drawn.Values.Where((_, i) => i % 2 == 0).Distinct().Count(), Is.GreaterThan(9000), "the seconds are told apart");
        });
    }

    [Test]
    public void A_file_of_weights_without_it_is_read_as_before()
    {
        Gpugan.Run(["train", "--data", data, "--allow-rounding", "--epochs", "1", .. Quiet, "--out", folder["plain"]]);
        WeightsFile plain = WeightsFile.Read(folder["plain/weights.safetensors"]), standardized = WeightsFile.Read(folder["run/weights.safetensors"]);
        TrainedNetwork generator = plain.Network(NetworkTensors.Generator);
        DataSet expected = Kernels.Training.GeneratedSamples.Draw(generator.Shape, generator.Values, plain.Seed, 20);
        Assert.Multiple(() =>
        {
            Assert.That(plain.StandardizationOf(generator).IsNone);
            Assert.That(SafetensorsFile.Read(folder["plain/weights.safetensors"]).Metadata.Keys, Has.None.StartsWith("standardize"));
            Assert.That(CsvDataReader.Parse("output", Gpugan.Run("sample", folder["plain"], "-n", "20").Output, new CsvOptions()).Table.ToDataSet().Values, Is.EqualTo(expected.Values));
            Assert.That(standardized.StandardizationOf(standardized.Network(NetworkTensors.Generator)), Is.EqualTo(Standardization.Of(CsvDataReader.Read(data, new CsvOptions(), centred: true).Table)).Using<Standardization>((one, other) => one.Shift.SequenceEqual(other.Shift) && one.Scale.SequenceEqual(other.Scale)));
        });
    }

    [Test]
    public void Pictures_are_in_the_units_of_the_data()
    {
        string[] labels = [.. System.Xml.Linq.XDocument.Load(folder["run/samples.svg"]).Descendants().Attributes("aria-label").Select(label => label.Value)];
        Assert.That(labels, Has.Some.StartsWith("0.01").And.Some.StartsWith("0.02"));
        Assert.That(labels, Has.Some.StartsWith("17000000").Or.Some.Contains("1.7"));
        foreach (string name in (string[])["samples", "data", "decision"])
        {
            byte[] drawn = File.ReadAllBytes(folder[$"run/{name}.png"]);
            Assert.That(Gpugan.Run("plot", Run).ExitCode, Is.Zero);
            Assert.That(File.ReadAllBytes(folder[$"run/{name}.png"]), Is.EqualTo(drawn), $"{name}, from the folder");
        }
    }

    [Test]
    public void A_training_that_goes_on_is_the_one_that_was_not_stopped()
    {
        string[] same = ["--data", data, "--standardize", "--kl-limit", "0.05", "--neighbor-limit", "0.55", "--evaluation-rows", "100", "--discriminator", "2-1", "--batch-size", "100", .. Quiet];
        Gpugan.Run(["train", .. same, "--epochs", "4", "--out", folder["whole"]]);
        Gpugan.Run(["train", .. same, "--epochs", "2", "--checkpoint-every", "1", "--out", folder["part"]]);
        Gpugan resumed = Gpugan.Run("resume", folder["part"], "--epochs", "4", "--quiet", "--no-plots");
        Assert.That((resumed.ExitCode, resumed.Error), Is.EqualTo((0, "")));
        JsonNode whole = Metrics("whole"), part = Metrics("part");
        Assert.That(part.ToJsonString(), Is.EqualTo(whole.ToJsonString()));
        Assert.That(whole["limits"]!["kl_divergence"]!.GetValue<double>(), Is.EqualTo(0.05));

        JsonNode Metrics(string name)
        {
            JsonObject metrics = JsonNode.Parse(File.ReadAllText(folder[$"{name}/metrics.json"]))!.AsObject();
            metrics.Remove("times");
            metrics.Remove("run_folder");
            return metrics;
        }
    }

    [Test]
    public void Without_it_the_same_generator_has_the_same_verdict_in_its_own_units()
    {
        // The rows that a standardised training learns from are data themselves.
        Table real = CsvDataReader.Read(data, new CsvOptions(), centred: true).Table;
        DataSet learnt = Standardization.Of(real).Apply(real);
        string units = folder.Write("units.csv", MadeRows.Csv(Table.Of(learnt)));
        Gpugan.Run(["train", "--data", units, .. Quiet, "--out", folder["units"]]);
        using JsonDocument one = JsonDocument.Parse(File.ReadAllText(folder["run/metrics.json"])), other = JsonDocument.Parse(File.ReadAllText(folder["units/metrics.json"]));
        Assert.Multiple(() =>
        {
            Assert.That(Text(one, "weights_sha256"), Is.EqualTo(Text(other, "weights_sha256")));
            Assert.That(Number(one, "kl_divergence"), Is.EqualTo(Number(other, "kl_divergence")).Within(1e-4).Percent);
            Assert.That(Number(one, "nearest_neighbor_accuracy"), Is.EqualTo(Number(other, "nearest_neighbor_accuracy")).Within(0.002));
            Assert.That(Number(one, "mean_error"), Is.Not.EqualTo(Number(other, "mean_error")).Within(1).Percent, "in other units");
        });

        static string? Text(JsonDocument json, string name) => json.RootElement.GetProperty(name).GetString();
        static double Number(JsonDocument json, string name) => json.RootElement.GetProperty(name).GetDouble();
    }

    [Test]
    public void A_sweep_and_its_report_have_it_too()
    {
        Gpugan sweep = Gpugan.Run("sweep", "--data", data, "--standardize", "--seeds", "1", "--lr-g", ".005", "--device", "cpu", "--quiet", "--json", "--csv", "--out", folder["sweep"]);
        using JsonDocument metrics = JsonDocument.Parse(File.ReadAllText(folder["run/metrics.json"]));
        string[][] lines = [.. File.ReadAllLines(folder["sweep/members.csv"]).Select(line => line.Split(','))];
        Assert.Multiple(() =>
        {
            Assert.That((sweep.ExitCode, sweep.Error), Is.EqualTo((0, "")));
            Assert.That(lines[1][Array.IndexOf(lines[0], "kl_divergence")], Is.EqualTo(metrics.RootElement.GetProperty("kl_divergence").GetRawText()));
            Assert.That(Gpugan.Run("report", folder["sweep"], "--device", "cpu", "--out", folder["sweep.html"]).ExitCode, Is.Zero);
            Assert.That(File.ReadAllText(folder["sweep.html"]), Does.Not.Contain("came out differently"));
        });
    }
}
