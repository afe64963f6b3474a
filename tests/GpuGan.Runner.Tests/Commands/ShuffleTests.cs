using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GpuGan.Runner.Sweeps.Results;

namespace GpuGan.Runner.Tests.Commands;

/// <summary>When rows are shuffled, where that is told and kept, and that every command that trains again does as was done.</summary>
internal sealed class ShuffleTests
{
    private static readonly string[] Quiet = ["--epochs", "3", "--device", "cpu", "--quiet", "--no-plots"];

    private TemporaryFolder folder = null!;
    private string data = null!;

    [SetUp]
    public void MakeFolder()
    {
        folder = new TemporaryFolder();
        data = folder.Write("data.csv", "a,b\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"{i % 7},{i % 3}\n")));
    }

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void Rows_of_a_file_are_shuffled_and_drawn_ones_are_not_unless_it_is_asked_for()
    {
        (string Name, bool Shuffled, string[] Options)[] cases =
        [
            ("file", true, ["--data", data, "--standardize"]), ("kept", false, ["--data", data, "--standardize", "--no-shuffle"]), ("asked", true, ["--data", data, "--standardize", "--shuffle"]),
            ("drawn", false, ["--rows", "20"]), ("drawn-asked", true, ["--rows", "20", "--shuffle"]), ("drawn-kept", false, ["--rows", "20", "--no-shuffle"]),
        ];
        Assert.Multiple(() =>
        {
            foreach ((string name, bool shuffled, string[] options) in cases)
            {
                Gpugan run = Gpugan.Run(["train", .. Quiet, .. options, "--checkpoint-every", "3", "--out", folder[name]]);
                Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")), name);
                Assert.That(run.Output.Contains("order of rows       shuffled in each epoch\n", StringComparison.Ordinal), Is.EqualTo(shuffled), name);
                Assert.That(Settings(name)["shuffle"]!.GetValue<bool>(), Is.EqualTo(shuffled), name);
                foreach (string file in (string[])["weights", "checkpoint"])
                {
                    Assert.That(SafetensorsFile.Read(folder[$"{name}/{file}.safetensors"]).Metadata["shuffle"], Is.EqualTo(shuffled ? "true" : "false"), name);
                }
            }

            Assert.That(Weights("file"), Is.EqualTo(Weights("asked")).And.Not.EqualTo(Weights("kept")));
            Assert.That(Weights("drawn"), Is.EqualTo(Weights("drawn-kept")).And.Not.EqualTo(Weights("drawn-asked")));
        });
    }

    [Test]
    public void Both_engines_give_the_same_weights()
    {
        Gpugan.Run(["train", .. Quiet, "--data", data, "--standardize", "--engine", "stepwise", "--out", folder["stepwise"]]);
        Gpugan.Run(["train", .. Quiet, "--data", data, "--standardize", "--engine", "compiled", "--out", folder["compiled"]]);
        Assert.That(Weights("stepwise"), Is.EqualTo(Weights("compiled")));
    }

    [TestCase("train")]
    [TestCase("sweep")]
    public void Both_switches_at_once_are_refused(string command) => Assert.That(
        Gpugan.Run(command, "--shuffle", "--no-shuffle"),
        Is.EqualTo(new Gpugan(2, "", "gpugan: --shuffle and --no-shuffle contradict each other; leave one of them out\n")));

    [Test]
    public void Sorted_rows_are_warned_of_where_they_are_not_shuffled()
    {
        string sorted = folder.Write("sorted.csv", "a,height\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i * 7 % 40},{i / 4}\n")));
        string warning = $"gpugan: {sorted}: the rows are sorted, it seems: the correlation of column 'height' with the next row's is 0.92, in any order it would be near 0; use --shuffle\n";
        string[] args = ["--data", sorted, "--standardize", "--epochs", "1", "--device", "cpu", "--quiet"];
        Assert.Multiple(() =>
        {
            Assert.That(Gpugan.Run(["train", .. args, "--no-plots", "--out", folder["shuffled"]]).Error, Is.Empty);
            Assert.That(Gpugan.Run(["train", .. args, "--no-plots", "--no-shuffle", "--out", folder["train"]]).Error, Is.EqualTo(warning));
            Assert.That(Gpugan.Run(["train", .. args, "--no-plots", "--no-shuffle", "--population", "2", "--out", folder["population"]]).Error, Is.EqualTo(warning));
            Assert.That(Gpugan.Run(["sweep", .. args, "--no-shuffle", "--out", folder["sweep"]]).Error, Is.EqualTo(warning));
            Assert.That(Gpugan.Run(["sweep", .. args, "--out", folder["shuffled-sweep"]]).Error, Is.Empty);
        });
    }

    [Test]
    public void A_resumed_training_is_the_whole_one()
    {
        string[] args = ["train", "--data", data, "--standardize", "--device", "cpu", "--quiet", "--no-plots"];
        Gpugan.Run([.. args, "--epochs", "5", "--out", folder["whole"]]);
        Gpugan.Run([.. args, "--epochs", "2", "--checkpoint-every", "1", "--out", folder["run"]]);
        Gpugan resumed = Gpugan.Run("resume", folder["run"], "--epochs", "5", "--quiet", "--no-plots");
        Assert.That(resumed.Output, Does.Contain("order of rows       shuffled in each epoch\n"));
        Assert.That(Weights("run"), Is.EqualTo(Weights("whole")));
    }

    [Test]
    public void Files_from_before_shuffling_are_of_rows_in_their_order()
    {
        string[] args = ["train", "--data", data, "--standardize", "--no-shuffle", "--device", "cpu", "--quiet", "--no-plots"];
        Gpugan.Run([.. args, "--epochs", "5", "--out", folder["whole"]]);
        Gpugan.Run([.. args, "--epochs", "2", "--checkpoint-every", "1", "--out", folder["run"]]);
        Edit("run", settings => settings.Remove("shuffle"));

        // Blanks of the same length leave the file whole.
        string old = """,  "shuffle":"false" """.Replace(" ", "");
        byte[] checkpoint = File.ReadAllBytes(folder["run/checkpoint.safetensors"]);
        string text = Encoding.Latin1.GetString(checkpoint);
        Assert.That(Regex.Count(text, old), Is.EqualTo(1));
        File.WriteAllBytes(folder["run/checkpoint.safetensors"], Encoding.Latin1.GetBytes(text.Replace(old, new string(' ', old.Length))));

        Gpugan resumed = Gpugan.Run("resume", folder["run"], "--epochs", "5", "--quiet", "--no-plots");
        Assert.That((resumed.ExitCode, resumed.Error), Is.EqualTo((0, "")));
        Assert.That(Weights("run"), Is.EqualTo(Weights("whole")));

        Edit("run", settings => settings["shuffle"] = true);
        Assert.That(
            Gpugan.Run("resume", folder["run"], "--epochs", "6", "--quiet", "--no-plots").Error,
            Does.Contain("is of another training: it has the shuffle 'false', this run 'true'"));
    }

    [TestCase("--data")]
    [TestCase("--shared-data")]
    [TestCase("--shuffle")]
    public void A_member_alone_is_what_it_is_in_its_population(string kind)
    {
        string[] options = kind == "--data" ? ["--data", data, "--standardize"] : ["--rows", "20", "--shuffle", .. kind == "--shuffle" ? (string[])[] : [kind]];
        Gpugan population = Gpugan.Run(["train", .. Quiet, .. options, "--population", "3", "--out", folder["population"]]);
        Gpugan.Run("train", "--from", folder["population"], "--member", "2", "--device", "cpu", "--quiet", "--no-plots", "--out", folder["member"]);
        string[] row = File.ReadAllLines(folder["population/members.csv"])[3].Split(',');
        JsonNode metrics = JsonNode.Parse(File.ReadAllText(folder["member/metrics.json"]))!;
        Assert.That(population.Output, Does.Contain("order of rows       shuffled in each epoch\n"));
        Assert.That((row[2], row[8]), Is.EqualTo(($"{metrics["loss_d"]}", $"{metrics["wasserstein_2"]}")));
    }

    [Test]
    public void A_report_trains_again_as_was_trained()
    {
        foreach ((string name, string[] options) in ((string, string[])[])[("on", []), ("off", ["--no-shuffle"])])
        {
            Gpugan.Run(["train", .. Quiet, "--data", data, "--standardize", .. options, "--out", folder[name]]);
            Gpugan report = Gpugan.Run("report", folder[name], "--device", "cpu", "--quiet");
            string page = File.ReadAllText(folder[$"{name}/report.html"]);
            Assert.Multiple(() =>
            {
                Assert.That((report.ExitCode, report.Error), Is.EqualTo((0, "")));
                Assert.That(page.Contains("shuffled in each epoch", StringComparison.Ordinal), Is.EqualTo(name == "on"));
                Assert.That(page, Does.Contain($"gpugan train --data {data} --epochs 3{(name == "on" ? "" : " --no-shuffle")} --standardize<"));
            });
        }
    }

    [Test]
    public void A_sweep_keeps_it_in_its_specification()
    {
        string[] args = ["sweep", "--data", data, "--standardize", "--epochs", "1", "--lr-d", ".1,.2", "--device", "cpu", "--quiet"];
        Gpugan run = Gpugan.Run([.. args, "--out", folder["s"]]);
        Gpugan other = Gpugan.Run([.. args, "--no-shuffle", "--out", folder["s"]]);
        Gpugan kept = Gpugan.Run([.. args, "--no-shuffle", "--print-spec"]);
        Gpugan drawn = Gpugan.Run("sweep", "--lr-d", ".1,.2", "--print-spec");
        Assert.Multiple(() =>
        {
            Assert.That(run.Output, Does.Contain("order of rows       shuffled in each epoch\n"));
            Assert.That(other.Error, Does.Contain("holds another sweep: shuffle is true there and false here"));
            Assert.That(Gpugan.Run("sweep", "--spec", folder.Write("kept.json", kept.Output), "--print-spec").Output, Is.EqualTo(kept.Output));
            Assert.That(JsonNode.Parse(kept.Output)!["shuffle"]!.GetValue<bool>(), Is.False);
            Assert.That(drawn.Output, Does.Not.Contain("shuffle"), "the hashes of such sweeps are older");
            Assert.That(SweepResult.Read(folder["s"]).BaseSettings.Shuffle, Is.True);
        });

        // Trained again for the report, the members come out as they did.
        Gpugan.Run("report", folder["s"], "--device", "cpu");
        Assert.That(File.ReadAllText(folder["s/report.html"]), Does.Not.Contain("came out differently"));

        // The folder of a sweep from before shuffling.
        Edit("s", settings => settings["sweep"]!.AsObject().Remove("shuffle"));
        Assert.That(SweepResult.Read(folder["s"]).BaseSettings.Shuffle, Is.False);
    }

    private string Weights(string name) => JsonNode.Parse(File.ReadAllText(folder[$"{name}/metrics.json"]))!["weights_sha256"]!.GetValue<string>();

    private JsonNode Settings(string name) => JsonNode.Parse(File.ReadAllText(folder[$"{name}/settings.json"]))!;

    private void Edit(string name, Action<JsonObject> edit)
    {
        JsonObject settings = Settings(name).AsObject();
        edit(settings);
        File.WriteAllText(folder[$"{name}/settings.json"], settings.ToJsonString());
    }
}
