using System.Globalization;
using System.Text.Json;

namespace GpuGan.Runner.Tests.Commands;

internal sealed class TrainCommandTests
{
    // A training that takes no time.
    private static readonly string[] Short = ["--rows", "50", "--epochs", "3", "--device", "cpu", "--quiet", "--no-plots"];

    [Test]
    public void Json_gives_every_field()
    {
        using TemporaryFolder folder = new();
        Gpugan run = Gpugan.Run(["train", .. Short, "--seed", "18446744073709551615", "--json", "--out", folder["run"]]);
        using JsonDocument json = JsonDocument.Parse(run.Output);
        JsonElement root = json.RootElement;
        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.Zero);
            Assert.That(run.Error, Is.Empty);
            Assert.That(root.GetProperty("seed").GetUInt64(), Is.EqualTo(ulong.MaxValue));
            Assert.That(root.GetProperty("device").GetString(), Is.EqualTo("cpu"));
            Assert.That(root.GetProperty("engine").GetString(), Is.EqualTo("tiled"));
            Assert.That(root.GetProperty("epochs").GetInt32(), Is.EqualTo(3));
            Assert.That(root.GetProperty("steps").GetInt32(), Is.EqualTo(21), "3 epochs of 7 batches, the last one short");
            Assert.That(root.GetProperty("converged").GetBoolean(), Is.False);
            Assert.That(root.GetProperty("diverged_at").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(root.GetProperty("run_folder").GetString(), Is.EqualTo(folder["run"]));
            Assert.That(root.GetProperty("weights_sha256").GetString(), Does.Match("^[0-9a-f]{64}$"));
            foreach (string number in (string[])["loss_d", "loss_g", "last_loss_d", "last_loss_g", "mean_error", "covariance_error", "wasserstein_2"])
            {
                Assert.That(double.IsFinite(root.GetProperty(number).GetDouble()), number);
            }

            Assert.That(root.GetProperty("times").EnumerateObject().Select(time => time.Name), Is.EqualTo(new[] { "load", "compile", "train", "plot", "total" }));
            Assert.That(File.ReadAllText(Path.Join(folder["run"], "metrics.json")), Is.EqualTo(run.Output));
        });
    }

    [Test]
    public void The_folder_holds_settings_losses_metrics_weights_and_a_checkpoint()
    {
        using TemporaryFolder folder = new();
        Gpugan run = Gpugan.Run([.. Short, "--lr-d", "0.03", "--json", "--out", folder["run"]]);
        using JsonDocument metrics = JsonDocument.Parse(run.Output);
        using JsonDocument settings = JsonDocument.Parse(File.ReadAllText(folder["run/settings.json"]));
        string[] losses = File.ReadAllLines(folder["run/losses.csv"]);
        SafetensorsFile weights = SafetensorsFile.Read(folder["run/weights.safetensors"]);
        Assert.Multiple(() =>
        {
            Assert.That(
                Directory.GetFileSystemEntries(folder["run"]).Select(Path.GetFileName),
                Is.EquivalentTo(new[] { "settings.json", "losses.csv", "metrics.json", "weights.safetensors", "checkpoint.safetensors" }));
            Assert.That(settings.RootElement.GetProperty("lr_d").GetDouble(), Is.EqualTo(0.03));
            Assert.That(settings.RootElement.GetProperty("discriminator").GetString(), Is.EqualTo("2-5-3-1"));
            Assert.That(losses, Has.Length.EqualTo(4));
            Assert.That(losses[0], Is.EqualTo("epoch,loss_d,loss_g"));
            Assert.That(
                losses[3].Split(',').Select(cell => float.Parse(cell, CultureInfo.InvariantCulture)),
                Is.EqualTo(new[] { 3f, metrics.RootElement.GetProperty("loss_d").GetSingle(), metrics.RootElement.GetProperty("loss_g").GetSingle() }));
            Assert.That(weights.Metadata["generator"], Is.EqualTo("2-2"));
            Assert.That(weights.Metadata["lr_d"], Is.EqualTo("0.03"));
            Assert.That(weights.Metadata["layer_numbering"], Is.EqualTo("sequential"));
            Assert.That(weights.Floats("discriminator.2.weight", 3, 5), Has.None.NaN);
        });
    }

    [Test]
    public void A_seed_gives_the_same_bytes_in_every_run_and_another_seed_others()
    {
        using TemporaryFolder folder = new();
        (byte[] Weights, byte[] Losses) first = Train("first", 5), second = Train("second", 5), other = Train("other", 6);
        Assert.Multiple(() =>
        {
            Assert.That(second.Weights, Is.EqualTo(first.Weights));
            Assert.That(second.Losses, Is.EqualTo(first.Losses));
            Assert.That(other.Weights, Is.Not.EqualTo(first.Weights));
            Assert.That(other.Losses, Is.Not.EqualTo(first.Losses));
        });

        (byte[] Weights, byte[] Losses) Train(string name, int seed)
        {
            Gpugan.Run([.. Short, "--seed", $"{seed}", "--out", folder[name]]);
            return (File.ReadAllBytes(folder[$"{name}/weights.safetensors"]), File.ReadAllBytes(folder[$"{name}/losses.csv"]));
        }
    }

    [Test]
    public void The_report_names_matrices_verdict_and_weights()
    {
        using TemporaryFolder folder = new();
        Gpugan run = Gpugan.Run([.. Short, "--out", folder["run"]]);
        Assert.Multiple(() =>
        {
            Assert.That(run.Output, Does.Contain("in theory           [      1.01      1.95 ]\n                    [      1.95      4.25 ]"));
            Assert.That(run.Output, Does.Contain("verdict             not converged: kl_divergence not within its limit\n"));
            Assert.That(run.Output, Does.Match(@"KL divergence +\d+\.\d{4} \(limit 0\.2000\)\n"));
            Assert.That(run.Output, Does.Match(@"worst direction +along x1 .+ the generator is .+\n"));
            Assert.That(run.Output, Does.Match(@"mean error +\d+\.\d{4}\n"));
            Assert.That(run.Output, Does.Match(@"covariance error +\d+\.\d{4}\n"));
            Assert.That(run.Output, Does.Match(@"2-Wasserstein +\d+\.\d{4}\n"));
            Assert.That(run.Output, Does.Contain("the figures with a limit tell").Or.Contain("trust the verdict"));
            Assert.That(run.Output, Does.Match("weights_sha256 +[0-9a-f]{64}\n"));
            Assert.That(run.Output, Does.Match(@"device +cpu \(.+\), seed 0\n"));
        });
    }

    [Test]
    public void Progress_is_a_plain_line_for_each_epoch_and_not_on_stdout()
    {
        using TemporaryFolder folder = new();
        Gpugan run = Gpugan.Run("--rows", "8", "--epochs", "3", "--no-plots", "--json", "--out", folder["run"]);
        Assert.That(run.Error.TrimEnd().Split('\n'), Has.Length.EqualTo(3).And.All.Match(@"^epoch [123]/3  loss_d \d\.\d{4}  loss_g \d\.\d{4}$"));
        Assert.That(run.Output, Does.StartWith("{"));
    }

    [Test]
    public void Many_epochs_give_twenty_lines()
    {
        using TemporaryFolder folder = new();
        Gpugan run = Gpugan.Run("--rows", "8", "--epochs", "50", "--no-plots", "--out", folder["run"]);
        Assert.That(run.Error.TrimEnd().Split('\n'), Has.Length.EqualTo(20));
        Assert.That(run.Error, Does.Contain("epoch 50/50 "));
    }

    [Test]
    public void Require_converged_makes_the_verdict_an_exit_code()
    {
        using TemporaryFolder folder = new();
        Assert.That(Gpugan.Run([.. Short, "--require-converged", "--out", folder["run"]]).ExitCode, Is.EqualTo(4));
    }

    [Test]
    public void An_accuracy_is_told_where_it_is_asked_for()
    {
        using TemporaryFolder folder = new();
        Gpugan run = Gpugan.Run([.. Short, "--accuracy", "50", "--out", folder["run"]]);
        Gpugan diverged = Gpugan.Run([.. Short, "--accuracy", "50", "--init-std", "1e38", "--json", "--out", folder["diverged"]]);
        Gpugan without = Gpugan.Run([.. Short, "--out", folder["without"]]);
        using JsonDocument metrics = JsonDocument.Parse(File.ReadAllText(folder["run/metrics.json"]));
        using JsonDocument nothing = JsonDocument.Parse(diverged.Output);
        Assert.Multiple(() =>
        {
            Assert.That(metrics.RootElement.EnumerateObject().Select(one => one.Name), Does.Contain("discriminator_accuracy"));
            Assert.That(run.Output, Does.Contain($"accuracy of D       {metrics.RootElement.GetProperty("discriminator_accuracy").GetDouble():f4}  (on fresh rows"));
            Assert.That(nothing.RootElement.GetProperty("discriminator_accuracy").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(without.Output + File.ReadAllText(folder["without/metrics.json"]) + File.ReadAllText(folder["without/settings.json"]), Does.Not.Contain("discriminator_accuracy").And.Not.Contain("accuracy of D"));
        });
    }

    [Test]
    public void A_divergence_names_its_step_and_keeps_what_there_is()
    {
        using TemporaryFolder folder = new();
        Gpugan run = Gpugan.Run(
            "--init-std", "1e38", "--rows", "50", "--epochs", "3", "--device", "cpu", "--quiet", "--json", "--require-converged", "--out", folder["run"]);
        using JsonDocument json = JsonDocument.Parse(run.Output);
        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(5));
            Assert.That(run.Error, Is.EqualTo("gpugan: diverged at step 1: a parameter is not finite; smaller learning rates may help\n"));
            Assert.That(json.RootElement.GetProperty("diverged_at").GetInt32(), Is.EqualTo(1));
            Assert.That(json.RootElement.GetProperty("epochs").GetInt32(), Is.EqualTo(1), "it stops");
            Assert.That(json.RootElement.GetProperty("mean_error").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(json.RootElement.GetProperty("loss_d").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(SafetensorsFile.Read(folder["run/weights.safetensors"]).Floats("generator.0.bias", 2), Is.All.NaN);
        });
    }

    [Test]
    public void Data_of_three_columns_set_the_widths()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("data.csv", "x;y;z\n1;2;3\n4;5;6\n7;8;10\n");
        Gpugan run = Gpugan.Run("--data", file, "--epochs", "1", "--quiet", "--no-plots", "--out", folder["run"]);
        using JsonDocument settings = JsonDocument.Parse(File.ReadAllText(folder["run/settings.json"]));
        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.Zero);
            Assert.That(settings.RootElement.GetProperty("generator").GetString(), Is.EqualTo("3-3"));
            Assert.That(settings.RootElement.GetProperty("discriminator").GetString(), Is.EqualTo("3-5-3-1"));
            Assert.That(settings.RootElement.GetProperty("data").GetString(), Is.EqualTo(file));
            Assert.That(run.Output, Does.Not.Contain("in theory"));
        });
    }

    [Test]
    public void Data_without_spread_are_never_learnt()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("data.csv", "5,5\n5,5\n");
        Gpugan run = Gpugan.Run("--data", file, "--epochs", "1", "--quiet", "--no-plots", "--json", "--out", folder["run"]);
        using JsonDocument json = JsonDocument.Parse(run.Output);
        Assert.That(json.RootElement.GetProperty("covariance_error").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(json.RootElement.GetProperty("converged").GetBoolean(), Is.False);
    }

    [Test]
    public void Force_replaces_a_run()
    {
        using TemporaryFolder folder = new();
        Gpugan.Run([.. Short, "--out", folder["run"]]);
        Gpugan again = Gpugan.Run([.. Short, "--seed", "3", "--out", folder["run"], "--force"]);
        using JsonDocument metrics = JsonDocument.Parse(File.ReadAllText(folder["run/metrics.json"]));
        Assert.That(again.ExitCode, Is.Zero);
        Assert.That(metrics.RootElement.GetProperty("seed").GetInt32(), Is.EqualTo(3));
    }
}
