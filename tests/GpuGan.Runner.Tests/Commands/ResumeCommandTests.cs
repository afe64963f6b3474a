using System.Text.Json.Nodes;

namespace GpuGan.Runner.Tests.Commands;

/// <summary>A training that was stopped and went on ends with the bytes of one that was not.</summary>
internal sealed class ResumeCommandTests
{
    // A decay, a short last batch: all that depends on the epoch. An accuracy: a metric that only some runs have.
    private static readonly string[] Short =
        ["--rows", "50", "--lr-decay", "0.9", "--seed", "3", "--device", "cpu", "--quiet", "--no-plots", "--accuracy", "20"];

    [Test]
    public void Each_engine_goes_on_from_each([Values("compiled", "tiled", "stepwise")] string before, [Values("compiled", "tiled", "stepwise")] string after)
    {
        using TemporaryFolder folder = new();
        Train(folder["whole"], "--epochs", "7", "--engine", after);
        Train(folder["run"], "--epochs", "3", "--engine", before, "--checkpoint-every", "2");
        Gpugan resumed = Resume(folder["run"], "--epochs", "7", "--engine", after);
        Assert.That(resumed.ExitCode, Is.Zero, resumed.Error);
        Assert.That(resumed.Output, Does.Contain("resumed             after epoch 3 of 7\n"));
        AssertSame(folder["run"], folder["whole"]);
    }

    [Test]
    public void What_was_not_saved_is_trained_again()
    {
        // The files of a run that was killed in its fifth epoch.
        using TemporaryFolder folder = new();
        Train(folder["whole"], "--epochs", "7");
        Train(folder["run"], "--epochs", "4", "--checkpoint-every", "4");
        Edit(folder["run/settings.json"], settings => settings["epochs"] = 7);
        File.Delete(folder["run/metrics.json"]);
        Assert.That(Resume(folder["run"]).ExitCode, Is.Zero);
        AssertSame(folder["run"], folder["whole"]);
    }

    [Test]
    public void A_finished_run_stays_as_it_is()
    {
        using TemporaryFolder folder = new();
        Train(folder["whole"], "--epochs", "3");
        Train(folder["run"], "--epochs", "3", "--checkpoint-every", "1");
        byte[] checkpoint = File.ReadAllBytes(folder["run/checkpoint.safetensors"]);
        Assert.That(Resume(folder["run"]).ExitCode, Is.Zero);
        AssertSame(folder["run"], folder["whole"]);
        Assert.That(File.ReadAllBytes(folder["run/checkpoint.safetensors"]), Is.EqualTo(checkpoint));
    }

    [Test]
    public void The_checkpoint_is_the_same_whatever_came_before_it()
    {
        using TemporaryFolder folder = new();
        Train(folder["whole"], "--epochs", "5", "--checkpoint-every", "5");
        Train(folder["run"], "--epochs", "2", "--checkpoint-every", "1", "--engine", "stepwise");
        Resume(folder["run"], "--epochs", "5", "--engine", "compiled");
        Assert.That(File.ReadAllBytes(folder["run/checkpoint.safetensors"]), Is.EqualTo(File.ReadAllBytes(folder["whole/checkpoint.safetensors"])));
    }

    [Test]
    public void Every_training_ends_with_a_checkpoint_and_can_be_made_longer()
    {
        using TemporaryFolder folder = new();
        Train(folder["whole"], "--epochs", "5");
        Train(folder["run"], "--epochs", "2");
        Gpugan resumed = Resume(folder["run"], "--epochs", "5");
        Assert.That(resumed.Output, Does.Contain("resumed             after epoch 2 of 5\n"));
        AssertSame(folder["run"], folder["whole"]);
    }

    [Test]
    public void A_training_that_shall_have_no_checkpoint_has_none()
    {
        using TemporaryFolder folder = new();
        Train(folder["run"], "--epochs", "2", "--no-checkpoint");
        Assert.That(File.Exists(folder["run/checkpoint.safetensors"]), Is.False);
        Refused(Resume(folder["run"]), $"{folder["run"]}: has no checkpoint.safetensors to go on from: its training was killed before it wrote one, diverged, or had --no-checkpoint; train it again");
        Gpugan both = Gpugan.Run("train", "--no-checkpoint", "--checkpoint-every", "3");
        Assert.That((both.ExitCode, both.Error), Is.EqualTo((2, "gpugan: --checkpoint-every and --no-checkpoint contradict each other; leave one of them out\n")));
    }

    [Test]
    public void The_page_of_what_it_was_does_not_stay()
    {
        using TemporaryFolder folder = new();
        Train(folder["run"], "--epochs", "2");
        File.WriteAllText(folder["run/report.html"], "");
        Resume(folder["run"], "--epochs", "3");
        Assert.That(File.Exists(folder["run/report.html"]), Is.False);
    }

    [Test]
    public void Force_deletes_the_checkpoint_of_the_earlier_run()
    {
        using TemporaryFolder folder = new();
        Train(folder["run"], "--epochs", "2");
        Train(folder["run"], "--epochs", "2", "--no-checkpoint", "--force");
        Assert.That(File.Exists(folder["run/checkpoint.safetensors"]), Is.False);
    }

    [Test]
    public void Data_of_a_file_must_be_the_same()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("data.csv", "a,b\n1,2\n3,4\n5,7\n");
        string[] args = ["--data", file, "--epochs", "2", "--checkpoint-every", "1", "--device", "cpu", "--quiet", "--no-plots"];
        Gpugan.Run(["train", .. args, "--out", folder["run"]]);
        Assert.That(Resume(folder["run"], "--epochs", "3").ExitCode, Is.Zero);
        folder.Write("data.csv", "a,b\n1,2\n3,4\n5,8\n");
        Gpugan run = Resume(folder["run"], "--epochs", "4");
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Does.StartWith($"gpugan: {file}: the rows have changed since {folder["run"]} learnt them (SHA-256 "));
    }

    [Test]
    public void A_member_of_a_population_with_shared_data_goes_on_with_them()
    {
        using TemporaryFolder folder = new();
        string[] quiet = ["--device", "cpu", "--quiet", "--no-plots"];
        Gpugan.Run(["train", "--population", "3", "--shared-data", "--rows", "50", "--epochs", "4", .. quiet, "--out", folder["population"]]);
        string[] member = ["train", "--from", folder["population"], "--member", "2", .. quiet];
        Gpugan.Run([.. member, "--out", folder["whole"]]);
        Gpugan.Run([.. member, "--checkpoint-every", "3", "--out", folder["run"]]);
        Assert.That(Resume(folder["run"]).ExitCode, Is.Zero);
        AssertSame(folder["run"], folder["whole"]);
        Resume(folder["run"], "--epochs", "6");
        Edit(folder["run/settings.json"], settings => settings.Remove("data_seed"));
        Refused(
            Resume(folder["run"], "--epochs", "7"),
            $"{folder["run/checkpoint.safetensors"]}: is of another training: it has the data_sha256", prefix: true);
    }

    [Test]
    public void A_divergence_is_reached_again()
    {
        using TemporaryFolder folder = new();
        string[] wild = ["--lr-d", "1e30", "--lr-g", "1e30", "--lr-decay", "3", "--checkpoint-every", "5", "--epochs", "40"];
        Gpugan whole = Gpugan.Run(["train", "--rows", "50", "--device", "cpu", "--quiet", "--no-plots", .. wild, "--out", folder["run"]]);
        string losses = File.ReadAllText(folder["run/losses.csv"]);
        Assert.That((whole.ExitCode, losses.Count(c => c == '\n')), Is.EqualTo((5, 20)), "in epoch 19, after the checkpoints of epochs 5, 10 and 15");
        Gpugan resumed = Resume(folder["run"]);
        Assert.That((resumed.ExitCode, resumed.Error), Is.EqualTo((5, whole.Error)));
        Assert.That(File.ReadAllText(folder["run/losses.csv"]), Is.EqualTo(losses));
    }

    [TestCase("lr_d", "0.04", "has the lr_d '0.05', this run '0.04'")]
    [TestCase("seed", "4", "has the seed '3', this run '4'")]
    [TestCase("generator", "\"2-3-2\"", "has the generator '2-2', this run '2-3-2'")]
    [TestCase("data_seed", "9", "has no data_seed, this run '9'")]
    [TestCase("rows", "51", "has the rows '50', this run '51'")]
    public void Settings_that_do_not_match_are_told(string name, string value, string problem)
    {
        using TemporaryFolder folder = new();
        Train(folder["run"], "--epochs", "2", "--checkpoint-every", "1");
        Edit(folder["run/settings.json"], settings => settings[name] = JsonNode.Parse(value));
        Refused(Resume(folder["run"]), $"{folder["run/checkpoint.safetensors"]}: is of another training: it {problem}");
        Assert.That(File.Exists(folder["run/metrics.json"]), "nothing was touched");
    }

    [Test]
    public void Fewer_epochs_than_were_done_are_refused()
    {
        using TemporaryFolder folder = new();
        Train(folder["run"], "--epochs", "3", "--checkpoint-every", "1");
        Refused(Resume(folder["run"], "--epochs", "2"), $"{folder["run/checkpoint.safetensors"]}: was written after epoch 3, more than the 2 that are asked for");
    }

    [Test]
    public void A_file_that_is_no_checkpoint_is_told()
    {
        using TemporaryFolder folder = new();
        Train(folder["run"], "--epochs", "2", "--checkpoint-every", "1");
        string path = folder["run/checkpoint.safetensors"];
        byte[] whole = File.ReadAllBytes(path);
        File.Copy(folder["run/weights.safetensors"], path, overwrite: true);
        Refused(Resume(folder["run"]), $"{path}: is no checkpoint of a training: its metadata do not say so");
        File.WriteAllBytes(path, whole[..^4]);
        Refused(Resume(folder["run"]), $"{path}: is truncated: its tensors take {TensorBytes(whole)} bytes, {TensorBytes(whole) - 4} are there");
        File.WriteAllText(path, "not a checkpoint");
        Assert.That(Resume(folder["run"]).Error, Does.StartWith($"gpugan: {path}: is truncated or no safetensors file").And.Not.Contain("\n  "));
        File.WriteAllBytes(path, Replaced(whole, "\"step\":\"14\"", "\"step\":\"15\""));
        Refused(Resume(folder["run"]), $"{path}: its step is not the end of an epoch, a multiple of 7");
        File.WriteAllBytes(path, Replaced(whole, "\"step\":\"14\"", "\"step\":\"07\""));
        Refused(Resume(folder["run"]), $"{path}: tensor 'losses' has the shape [2, 4], not [1, 4]");
        File.WriteAllBytes(path, Replaced(whole, "first_moment.generator.0.bias", "first_moment.generator.9.bias"));
        Refused(Resume(folder["run"]), $"{path}: has no tensor 'first_moment.generator.0.bias'");
        File.WriteAllBytes(path, Replaced(whole, "\"checkpoint\":\"3\"", "\"checkpoint\":\"9\""));
        Refused(Resume(folder["run"]), $"{path}: is a checkpoint of version '9'; this program reads versions 1 to 3");
    }

    [Test]
    public void A_folder_that_is_no_run_is_told()
    {
        using TemporaryFolder folder = new();
        Refused(Resume(folder["none"]), $"{folder["none/settings.json"]}: no such file or folder");
        foreach (string kind in (string[])["population", "sweep"])
        {
            folder.Write("settings.json", $$"""{"{{kind}}": 3}""");
            Refused(Resume(folder.Path), $"{folder["settings.json"]}: is a {kind}'s; name the folder of one training");
        }

        folder.Write("settings.json", "{\"rows\": 3");
        Assert.That(Resume(folder.Path).Error, Does.StartWith($"gpugan: {folder["settings.json"]}: is not the settings of a training: "));
    }

    [TestCase("--checkpoint-every 1")]
    [TestCase("--no-checkpoint")]
    public void A_population_has_no_checkpoint(string option)
    {
        Gpugan run = Gpugan.Run(["train", "--population", "3", .. option.Split(' ')]);
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((2, $"gpugan: {option.Split(' ')[0]} is for one training; leave --population out\n")));
    }

    private static void Train(string run, params string[] args)
    {
        Gpugan trained = Gpugan.Run(["train", .. Short, .. args, "--out", run]);
        Assert.That(trained.ExitCode, Is.Zero, trained.Error);
    }

    private static Gpugan Resume(string run, params string[] args) => Gpugan.Run(["resume", run, "--quiet", "--no-plots", .. args]);

    private static void AssertSame(string run, string whole) => Assert.Multiple(() =>
    {
        Assert.That(File.ReadAllBytes(Path.Join(run, "weights.safetensors")), Is.EqualTo(File.ReadAllBytes(Path.Join(whole, "weights.safetensors"))));
        Assert.That(File.ReadAllText(Path.Join(run, "losses.csv")), Is.EqualTo(File.ReadAllText(Path.Join(whole, "losses.csv"))));
        Assert.That(Metrics(run), Is.EqualTo(Metrics(whole)));
    });

    // All but times and the folder's name.
    private static string Metrics(string run)
    {
        JsonObject metrics = JsonNode.Parse(File.ReadAllText(Path.Join(run, "metrics.json")))!.AsObject();
        metrics.Remove("times");
        metrics.Remove("run_folder");
        return metrics.ToJsonString();
    }

    private static void Edit(string path, Action<JsonObject> edit)
    {
        JsonObject json = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        edit(json);
        File.WriteAllText(path, json.ToJsonString());
    }

    private static int TensorBytes(byte[] file) => file.Length - sizeof(ulong) - (int)BitConverter.ToUInt64(file);

    // Texts of one length, so that the header's length stays right.
    private static byte[] Replaced(byte[] file, string old, string by)
    {
        string text = System.Text.Encoding.Latin1.GetString(file);
        Assert.That(text, Does.Contain(old));
        return System.Text.Encoding.Latin1.GetBytes(text.Replace(old, by, StringComparison.Ordinal));
    }

    private static void Refused(Gpugan run, string line, bool prefix = false) => Assert.Multiple(() =>
    {
        Assert.That((run.ExitCode, run.Output), Is.EqualTo((1, "")));
        Assert.That(run.Error, prefix ? Does.StartWith($"gpugan: {line}").And.Matches(@"\A[^\n]+\n\z") : Is.EqualTo($"gpugan: {line}\n"));
    });
}
