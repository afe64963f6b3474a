using System.Text.Json.Nodes;
using GpuGan.Kernels.Distributions;
using GpuGan.Runner.Settings;

namespace GpuGan.Runner.Tests.Commands;

/// <summary>How a file is read is kept wherever the file is named, so that the same rows are read again.</summary>
internal sealed class DataOptionsTests
{
    private const string Skipped = "skipped 2 of 12 rows with missing values";

    // Refused as it stands: words, decimal commas, a missing number in a chosen column and one in another.
    private const string Rows =
        "place|n;eruptions;waiting\n" +
        "Park|1;3,6;79\nPark|4;1,8;54\nPark|9;3,333;74\nPark|;2,283;62\nPark|5;4,533;85\nPark|6;NA;55\nPark|7;4,7;88\nPark|8;3,6;85\nPark|9;1,95;51\nPark|1;4,35;85\nPark|2;4;?\nPark|3;1;2\n";

    private static readonly string[] Reading = ["--columns", "waiting,eruptions", "--decimal", ",", "--skip-missing", "--delimiter", ";"];
    private static readonly string[] Short = ["--epochs", "1", "--device", "cpu", "--quiet"];

    private TemporaryFolder folder = null!;

    private string File => folder["data.csv"];

    [SetUp]
    public void WriteFile()
    {
        folder = new TemporaryFolder();
        folder.Write("data.csv", Rows);
    }

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void A_training_reads_the_same_rows_again()
    {
        Gpugan run = Gpugan.Run(["train", "--data", File, "--standardize", .. Reading, .. Short, "--checkpoint-every", "1", "--no-plots", "--out", folder["run"]]);
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")));
        Assert.That(run.Output, Does.StartWith($"data                {File}: 10 rows, 2 columns\nremark              {Skipped}\nstandardized  "));
        Gpugan resumed = Gpugan.Run("resume", folder["run"], "--epochs", "2", "--quiet", "--no-plots", "--json");
        Assert.That((string?)Json(resumed)["remarks"]![0], Is.EqualTo(Skipped));
        Assert.That(Gpugan.Run("sample", folder["run"], "-n", "1").Output, Does.StartWith("waiting,eruptions\n"));
        Assert.That(Gpugan.Run("report", folder["run"], "--device", "cpu").ExitCode, Is.Zero);
        Assert.That(
            System.Net.WebUtility.HtmlDecode(System.IO.File.ReadAllText(folder["run/report.html"])),
            Does.Contain($"gpugan train --data {File} --columns waiting,eruptions --skip-missing --decimal , --delimiter ';' --epochs 2"));
    }

    [Test]
    public void A_population_and_its_members_read_the_same_rows_again()
    {
        Gpugan run = Gpugan.Run(["train", "--data", File, "--standardize", .. Reading, .. Short, "--population", "2", "--no-plots", "--json", "--out", folder["run"]]);
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")));
        Assert.That((string?)Json(run)["remarks"]![0], Is.EqualTo(Skipped));
        Gpugan member = Gpugan.Run(["train", "--from", folder["run"], "--member", "1", "--device", "cpu", "--quiet", "--no-plots", "--out", folder["member"]]);
        Assert.That(member.Output, Does.Contain($"{File}: 10 rows, 2 columns\nremark              {Skipped}\n"));
        Assert.That(Gpugan.Run("plot", folder["run"]).ExitCode, Is.Zero);
    }

    [Test]
    public void A_sweep_reads_the_same_rows_again()
    {
        string[] sweep = ["sweep", "--data", File, "--standardize", .. Reading, "--epochs", "1", "--lr-d", ".01,.05"];
        Gpugan run = Gpugan.Run([.. sweep, "--device", "cpu", "--quiet", "--json", "--out", folder["run"]]);
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")));
        Assert.That((string?)Json(run)["remarks"]![0], Is.EqualTo(Skipped));
        Assert.That(Gpugan.Run("report", folder["run"], "--device", "cpu").ExitCode, Is.Zero);

        string spec = folder.Write("spec.json", Gpugan.Run([.. sweep, "--print-spec"]).Output);
        Gpugan again = Gpugan.Run("sweep", "--spec", spec, "--device", "cpu", "--quiet", "--out", folder["run"]);
        Assert.That(again.Output, Does.Contain($"remark              {Skipped}\n").And.Contain("done before         2 members\n"));
        Assert.That(Gpugan.Run("sweep", "--spec", spec, "--columns", "2,3", "--device", "cpu", "--out", folder["run"]).Error, Does.Contain("holds another sweep: "));
        Assert.That((string?)Json(Gpugan.Run([.. sweep, "--device", "cpu", "--plan", "--json"]))["remarks"]![0], Is.EqualTo(Skipped));
    }

    [Test]
    public void A_specification_says_what_is_wrong_with_its_reading()
    {
        string spec = folder.Write("spec.json", $$"""{ "data": "{{File}}", "decimal": "x" }""");
        Assert.That(Gpugan.Run("sweep", "--spec", spec).Error, Is.EqualTo($"gpugan: {spec}: decimal 'x' is neither . nor ,\n"));
        folder.Write("spec.json", """{ "skip_missing": true }""");
        Assert.That(Gpugan.Run("sweep", "--spec", spec).Error, Is.EqualTo($"gpugan: {spec}: skip_missing says how a data file is read, and none is named; add --data FILE\n"));
    }

    [Test]
    public void Rounding_is_refused_or_remarked()
    {
        folder.Write("data.csv", "time,x\n" + string.Concat(Enumerable.Range(0, 10).Select(row => $"{1700000000 + row},{row}\n")));
        string[] train = ["train", "--data", File, "--columns", "time,x", .. Short, "--no-plots", "--out", folder["run"]];
        const string Loss = "column time has 10 different values, as float32 1";
        Assert.That((Gpugan.Run(train).ExitCode, Gpugan.Run(train).Error), Is.EqualTo((1, $"gpugan: {File}: {Loss}; --standardize keeps them apart, --allow-rounding takes them so\n")));
        Assert.That(Gpugan.Run([.. train, "--allow-rounding"]).Output, Does.Contain($"remark              {Loss}\n"));
        Assert.That(Gpugan.Run("plot", folder["run"]).ExitCode, Is.Zero);
    }

    [Test]
    public void What_is_kept_is_read_back()
    {
        foreach (string delimiter in (string[])[",", "tab", "space", "\\t", " ", ":"])
        {
            CsvOptions options = CsvWords.Of(name => name switch
            {
                "columns" => "1-2,\"a,b\"",
                "delimiter" => delimiter,
                "decimal" => ",",
                "header" => "no",
                _ => "true",
            });
            JsonObject json = [];
            options.AddTo(json);
            Assert.That(json.Select(pair => pair.Key), Is.EqualTo(CsvWords.Names));
            Assert.That(CsvWords.Read(System.Text.Json.JsonDocument.Parse(json.ToJsonString()).RootElement), Is.EqualTo(options));
        }

        JsonObject none = [];
        new CsvOptions().AddTo(none);
        Assert.That(none, Is.Empty, "so that the settings of a file that needs none are those that they were");
    }

    private static JsonNode Json(Gpugan run) => JsonNode.Parse(run.Output)!;
}
