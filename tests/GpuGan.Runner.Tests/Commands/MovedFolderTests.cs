using System.Text.Json.Nodes;

namespace GpuGan.Runner.Tests.Commands;

/// <summary>Folders that were copied to where their data are not, and to where other data have the same name.</summary>
internal sealed class MovedFolderTests
{
    private static readonly string[] Quiet = ["--device", "cpu", "--quiet", "--no-plots"];

    private TemporaryFolder folder = null!;
    private string data = null!;

    [SetUp]
    public void Train()
    {
        folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["home"]);
        Directory.CreateDirectory(folder["away"]);
        data = folder.Write("home/points.csv", "a,b\n1,2\n3,4\n5,7\n2,2\n");
    }

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [TestCase("train --epochs 2 --standardize", "plot,report,resume --epochs 3")]
    [TestCase("train --epochs 2 --standardize --population 3", "report,train --member 1 --from")]
    [TestCase("sweep --epochs 2 --standardize --lr-d .01,.05 --seeds 2", "report,train --member 3 --from")]
    public void What_reads_the_rows_again_finds_them_beside_or_asks(string made, string commands)
    {
        Gpugan run = Gpugan.Run([.. made.Split(' '), "--data", data, .. Quiet, "--out", folder["home/run"]]);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Directory.Move(folder["home/run"], folder["away/run"]);
        Directory.Move(folder["home"], folder["gone"]);
        string copy = folder["gone/points.csv"];
        foreach (string command in commands.Split(','))
        {
            Refused(command, $"gpugan: {data}: is neither there, nor in or beside {folder["away/run"]}, which learnt its rows; name the file by --data FILE\n");
            folder.Write("away/points.csv", "a,b\n1,2\n3,4\n5,7\n2,3\n");
            Refused(command, "away/points.csv: the rows have changed since ");
            Refused(command, $"gpugan: {folder["away/points.csv"]}: has other rows than {folder["away/run"]} learnt (SHA-256 ", "--data", folder["away/points.csv"]);

            Works(command, "--data", copy);
            File.Copy(copy, folder["away/points.csv"], overwrite: true);
            Works(command);
            File.Delete(folder["away/points.csv"]);
        }
    }

    [Test]
    public void What_needs_no_rows_does_not_ask_for_them()
    {
        Gpugan.Run(["train", "--epochs", "1", "--data", data, .. Quiet, "--out", folder["run"]]);
        Gpugan.Run(["train", "--epochs", "1", "--population", "2", "--data", data, .. Quiet, "--out", folder["population"]]);
        Gpugan.Run(["sweep", "--epochs", "1", "--lr-d", ".01,.05", "--data", data, .. Quiet, "--out", folder["sweep"]]);
        File.Delete(data);
        foreach (string[] command in (string[][])[["sample", folder["run"], "-n", "2"], ["plot", folder["population"]], ["plot", folder["sweep"]], ["merge", folder["sweep"]]])
        {
            Gpugan run = Gpugan.Run(command);
            Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")), command[0]);
        }
    }

    [Test]
    public void Settings_name_the_hash_of_the_rows_and_the_path_as_it_was_given()
    {
        Gpugan.Run(["train", "--epochs", "1", "--data", data, .. Quiet, "--out", folder["run"]]);
        Gpugan.Run(["train", "--epochs", "1", "--population", "2", "--data", data, .. Quiet, "--out", folder["population"]]);
        Gpugan.Run(["train", "--epochs", "1", .. Quiet, "--out", folder["drawn"]]);
        string hash = Runner.Data.CsvDataReader.Read(data, new()).Table.Sha256;
        Assert.Multiple(() =>
        {
            foreach (string name in (string[])["run", "population"])
            {
                JsonNode settings = Settings(name);
                Assert.That((settings["data"]?.GetValue<string>(), settings["data_sha256"]?.GetValue<string>()), Is.EqualTo((data, hash)), name);
            }

            Assert.That(Settings("drawn")["data_sha256"], Is.Null, "drawn rows follow from the seed");
        });
    }

    [Test]
    public void A_training_that_goes_on_with_a_copy_of_its_rows_has_the_bits_of_one_that_never_stopped()
    {
        Gpugan.Run(["train", "--epochs", "5", "--data", data, .. Quiet, "--out", folder["whole"]]);
        Gpugan.Run(["train", "--epochs", "2", "--data", data, .. Quiet, "--out", folder["run"]]);
        string moved = folder["moved.csv"];
        File.Move(data, moved);
        Gpugan resumed = Gpugan.Run("resume", folder["run"], "--epochs", "5", "--data", moved, "--quiet", "--no-plots");
        Assert.That(resumed.ExitCode, Is.Zero, resumed.Error);
        Assert.That(File.ReadAllBytes(folder["run/weights.safetensors"]), Is.EqualTo(File.ReadAllBytes(folder["whole/weights.safetensors"])));
        Assert.That(Settings("run")["data"]!.GetValue<string>(), Is.EqualTo(moved), "where the next command finds them");
        Assert.That(Gpugan.Run("plot", folder["run"]).ExitCode, Is.Zero);
    }

    [Test]
    public void Drawn_rows_are_in_no_file()
    {
        Gpugan.Run(["train", "--epochs", "1", .. Quiet, "--out", folder["run"]]);
        Gpugan plot = Gpugan.Run("plot", folder["run"], "--data", data);
        Assert.That((plot.ExitCode, plot.Error), Is.EqualTo((1, $"gpugan: {folder["run"]}: learnt drawn rows, not those of a file; leave --data out\n")));
    }

    private JsonNode Settings(string run) => JsonNode.Parse(File.ReadAllText(folder[$"{run}/settings.json"]))!;

    private void Works(string command, params string[] options)
    {
        Gpugan run = Run(command, options);
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")), command);
    }

    private void Refused(string command, string problem, params string[] options)
    {
        string[] before = Directory.GetFiles(folder["away/run"]);
        Gpugan run = Run(command, options);
        Assert.That((run.ExitCode, run.Output), Is.EqualTo((1, "")), command);
        Assert.That(run.Error, Does.Contain(problem).And.Matches(@"\A[^\n]+\n\z"), command);
        Assert.That(Directory.GetFiles(folder["away/run"]), Is.EqualTo(before), "nothing was drawn or trained");
    }

    private Gpugan Run(string command, string[] options) => Gpugan.Run(
    [
        .. command.Split(' '), folder["away/run"], .. options, .. command.StartsWith("train", StringComparison.Ordinal) ? ["--out", folder["member"], "--force", .. Quiet] : Array.Empty<string>(),
        .. command.StartsWith("resume", StringComparison.Ordinal) ? ["--quiet", "--no-plots"] : Array.Empty<string>(),
        .. command == "report" ? ["--device", "cpu", "--quiet"] : Array.Empty<string>(),
    ]);
}
