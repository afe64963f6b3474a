using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GpuGan.Runner.Commands;

namespace GpuGan.Runner.Tests.HtmlReport;

/// <summary>The command of a report trains what the report shows: to the same weights, judged by the same limits.</summary>
internal sealed partial class TrainingOptionsTests
{
    // Each has another value than its default.
    private static readonly string[] Drawn =
    [
        "--distribution", "moons:0.1", "--rows", "40", "--generator", "3-2", "--discriminator", "2-4-1", "--hidden-activation", "leaky-relu", "--generator-activation", "relu",
        "--generator-output", "tanh", "--no-generator-bias", "--no-discriminator-bias", "--loss", "minimax", "--label-smoothing", "0.1", "--r1", "0.2", "--r2", "0.1", "--gradient-penalty", "0.3",
        "--weight-clip", "2", "--instance-noise", "0.05", "--latent", "uniform", "--init", "xavier", "--init-std", "0.3", "--init-offset", "0.25,-0.5", "--d-steps", "2", "--g-steps", "2", "--updates", "simultaneous",
        "--fixed-noise", "--optimizer", "sgd", "--g-optimizer", "rmsprop", "--momentum", "0.2", "--g-ema", "0.9",
        "--batch-size", "5", "--epochs", "2", "--lr-d", "0.01", "--lr-g", "0.02", "--lr-decay", "0.9", "--beta1", "0.5", "--beta2", "0.9", "--epsilon", "1E-07",
        "--shuffle", "--seed", "7", "--fast-math", "--accuracy", "30", "--energy", "--evaluation-rows", "200", "--kl-limit", "0.5", "--neighbor-limit", "0.7",
    ];

    private static readonly string[] OfFile =
    [
        "--columns", "2,1", "--skip-missing", "--decimal", ",", "--delimiter", ";", "--header", "no", "--allow-rounding", "--no-shuffle", "--standardize", "--epochs", "2",
    ];

    // Said by the settings of both networks or players, of which only what differs is named; the discriminator's are those of both.
    private static readonly string[] SaidByOthers = ["--discriminator-activation", "--d-optimizer"];

    // The command trains one GAN alone: to the same bits by whatever engine, on whatever device. The others change what is written or told, not what is trained.
    private static readonly string[] NotNeeded =
    [
        "--population", "--shared-data", "--from", "--member", "--engine", "--device", "--threads",
        "--checkpoint-every", "--no-checkpoint", "--history", "--history-parameters", "--out", "--force", "--no-plots", "--quiet", "--json", "--require-converged",
    ];

    [Test]
    public void Every_option_of_a_training_is_in_the_command_or_has_its_reason()
    {
        string[] all =
        [
            .. CommandLine.CreateRoot().Subcommands.Single(command => command.Name == "train").Options.Select(option => option.Name).Where(name => name is not ("--help" or "--version")),
        ];
        IEnumerable<string> tried = Drawn.Concat(OfFile).Append("--data").Append("--init-from").Where(word => word.StartsWith("--", StringComparison.Ordinal)).Distinct();
        Assert.That(all, Is.EquivalentTo(tried.Concat(SaidByOthers).Concat(NotNeeded)), "a new option: is it needed to train the same again?");
    }

    [Test]
    public void Drawn_rows_are_trained_and_judged_again() => AssertComesOutAgain(Drawn);

    [Test]
    public void Rows_of_a_file_are_trained_and_judged_again()
    {
        using TemporaryFolder folder = new();
        string rows = string.Concat(Enumerable.Range(0, 40).Select(i => i == 3 ? "NA;1\n" : $"{16_777_217 + i},5;{i % 5}\n"));
        AssertComesOutAgain(["--data", folder.Write("it's a file.csv", rows), .. OfFile]);
    }

    /// <summary>The folder has a copy of the networks that it began with, so that their file may be gone.</summary>
    [Test]
    public void Networks_to_begin_with_are_begun_with_again()
    {
        using TemporaryFolder folder = new();
        Train(["--seed", "5", "--epochs", "3", "--rows", "40"], folder["before"]);
        File.Copy(folder["before/weights.safetensors"], folder["start.safetensors"]);
        Train(["--init-from", folder["start.safetensors"], "--epochs", "2", "--rows", "40"], folder["first"]);
        File.Delete(folder["start.safetensors"]);
        Gpugan report = Gpugan.Run("report", folder["first"], "--device", "cpu", "--quiet"), longer = Gpugan.Run("resume", folder["first"], "--epochs", "4", "--quiet");
        Train(["--init-from", folder["first/init.safetensors"], "--epochs", "4", "--rows", "40"], folder["second"]);
        Assert.Multiple(() =>
        {
            Assert.That((report.ExitCode, report.Error), Is.EqualTo((0, "")));
            Assert.That((longer.ExitCode, longer.Error), Is.EqualTo((0, "")));
            Assert.That(Hash("first"), Is.EqualTo(Hash("second")));
        });

        string? Hash(string run) => (string?)JsonNode.Parse(File.ReadAllText(folder[$"{run}/metrics.json"]))!["weights_sha256"];
    }

    private static void AssertComesOutAgain(string[] options)
    {
        using TemporaryFolder folder = new();
        Train(options, folder["first"]);
        Gpugan report = Gpugan.Run("report", folder["first"], "--device", "cpu", "--quiet");
        Assert.That((report.ExitCode, report.Error), Is.EqualTo((0, "")));
        string command = WebUtility.HtmlDecode(Again().Match(File.ReadAllText(folder["first/report.html"])).Groups[1].Value);
        string[] words = [.. ShellWords().Matches(command).Select(word => word.Value.Replace("'\\''", "\0", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal).Replace('\0', '\''))];
        Assert.That(words[..2], Is.EqualTo((string[])["gpugan", "train"]), command);
        Assert.That(options, Is.SubsetOf(words), command);
        Train(words[2..], folder["second"]);
        Assert.Multiple(() =>
        {
            Assert.That(Read("second", "settings.json"), Is.EqualTo(Read("first", "settings.json")));
            Assert.That(Read("second", "metrics.json"), Is.EqualTo(Read("first", "metrics.json")));
        });

        string Read(string run, string file)
        {
            JsonObject json = JsonNode.Parse(File.ReadAllText(folder[$"{run}/{file}"]))!.AsObject();
            json.Remove("times");
            json.Remove("run_folder");
            return json.ToJsonString();
        }
    }

    private static void Train(string[] options, string folder)
    {
        Gpugan run = Gpugan.Run(["train", .. options, "--device", "cpu", "--quiet", "--no-plots", "--out", folder]);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
    }

    [GeneratedRegex("<dt>again</dt><dd>(.*?)</dd>")]
    private static partial Regex Again();

    [GeneratedRegex(@"(?:'[^']*'|\\'|[^\s'\\])+")]
    private static partial Regex ShellWords();
}
