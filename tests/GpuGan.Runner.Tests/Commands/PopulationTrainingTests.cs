using System.Text.Json;

namespace GpuGan.Runner.Tests.Commands;

internal sealed class PopulationTrainingTests
{
    // A training that takes no time.
    private static readonly string[] Short = ["--rows", "50", "--epochs", "2", "--device", "cpu", "--quiet"];

    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void A_population_leaves_a_row_for_each_member_a_summary_and_pictures()
    {
        Gpugan run = Gpugan.Run(["train", .. Short, "--population", "5", "--seed", "7", "--json", "--out", folder["run"]]);
        string[] members = File.ReadAllLines(folder["run/members.csv"]);
        using JsonDocument json = JsonDocument.Parse(run.Output);
        Assert.Multiple(() =>
        {
            Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")));
            Assert.That(members[0], Is.EqualTo("member,seed,loss_d,loss_g,kl_divergence,nearest_neighbor_accuracy,mean_error,covariance_error,wasserstein_2,converged,looks_converged,runaway,diverged_at"));
            Assert.That(members[1..].Select(line => string.Join(',', line.Split(',')[..2])), Is.EqualTo(new[] { "0,7", "1,8", "2,9", "3,10", "4,11" }));
            Assert.That(json.RootElement.GetProperty("population").GetInt32(), Is.EqualTo(5));
            Assert.That(File.ReadAllText(folder["run/summary.json"]), Is.EqualTo(run.Output));
            Assert.That(File.Exists(folder["run/settings.json"]), Is.True);
            Assert.That(new FileInfo(folder["run/errors.png"]).Length, Is.GreaterThan(1000));
            Assert.That(File.ReadAllText(folder["run/mean_error.svg"]), Does.StartWith("<"));
        });
    }

    [Test]
    public void Either_engine_leaves_the_same_members()
    {
        string[] args = ["train", .. Short, "--population", "5", "--seed", "7", "--lr-g", "0.05", "--distribution", "moons", "--no-plots"];
        Gpugan compiled = Gpugan.Run([.. args, "--engine", "compiled", "--out", folder["compiled"]]), tiled = Gpugan.Run([.. args, "--engine", "tiled", "--out", folder["tiled"]]);
        Assert.That((compiled.Error, tiled.Error), Is.EqualTo(("", "")));
        Assert.That(File.ReadAllText(folder["tiled/members.csv"]), Is.EqualTo(File.ReadAllText(folder["compiled/members.csv"])));
    }

    [Test]
    public void Wide_networks_are_trained_one_a_core_and_alone_to_the_same_losses()
    {
        string[] wide = [.. Short, "--generator", "2-40-2", "--discriminator", "2-48-40-1", "--batch-size", "20", "--evaluation-rows", "200", "--no-plots"];
        Gpugan population = Gpugan.Run(["train", .. wide, "--population", "3", "--json", "--out", folder["run"]]);
        Gpugan sweep = Gpugan.Run(["sweep", .. wide, "--seeds", "3", "--csv", "--out", folder["sweep"]]);
        Gpugan member = Gpugan.Run("train", "--from", folder["run"], "--member", "2", "--quiet", "--no-plots", "--json", "--out", folder["member"]);
        using JsonDocument json = JsonDocument.Parse(population.Output), alone = JsonDocument.Parse(member.Output);
        string[] row = File.ReadAllLines(folder["run/members.csv"])[3].Split(','), swept = File.ReadAllLines(folder["sweep/members.csv"])[3].Split(',');
        Assert.Multiple(() =>
        {
            Assert.That((population.Error, sweep.Error, member.Error), Is.EqualTo(("", "", "")));
            Assert.That(json.RootElement.GetProperty("engine").GetString(), Is.EqualTo("tiled"));
            Assert.That(row[2..4], Is.EqualTo(((string[])["loss_d", "loss_g"]).Select(name => alone.RootElement.GetProperty(name).GetRawText())));
            Assert.That(swept[^11..], Is.EqualTo(row[2..]));
        });
    }

    [Test]
    public void An_accuracy_is_a_last_column_with_quantiles_and_a_picture()
    {
        string[] args = ["train", .. Short, "--population", "5", "--seed", "7", "--lr-g", "0.05", "--accuracy", "50"];
        Gpugan run = Gpugan.Run([.. args, "--json", "--out", folder["run"]]);
        Gpugan.Run([.. args[..^2], "--out", folder["without"]]);
        Gpugan member = Gpugan.Run("train", "--from", folder["run"], "--member", "2", "--accuracy", "50", "--quiet", "--no-plots", "--json", "--out", folder["member"]);
        string[] members = File.ReadAllLines(folder["run/members.csv"]);
        using JsonDocument json = JsonDocument.Parse(run.Output);
        using JsonDocument alone = JsonDocument.Parse(member.Output);
        JsonElement quantiles = json.RootElement.GetProperty("quantiles").GetProperty("discriminator_accuracy");
        File.Delete(folder["run/discriminator_accuracy.png"]);
        Gpugan plot = Gpugan.Run("plot", folder["run"]);
        Assert.Multiple(() =>
        {
            Assert.That((run.ExitCode, run.Error, plot.ExitCode), Is.EqualTo((0, "", 0)));
            Assert.That(members.Select(line => line[..line.LastIndexOf(',')]), Is.EqualTo(File.ReadAllLines(folder["without/members.csv"])));
            Assert.That(members[0], Does.EndWith(",diverged_at,discriminator_accuracy"));
            Assert.That(members[3].Split(',')[^1], Is.EqualTo(alone.RootElement.GetProperty("discriminator_accuracy").GetRawText()));
            Assert.That(members[1..].Select(line => line.Split(',')[^1]), Does.Contain(quantiles.GetProperty("50").GetRawText()));
            Assert.That(new FileInfo(folder["run/discriminator_accuracy.png"]).Length, Is.GreaterThan(1000));
            Assert.That(File.Exists(folder["without/discriminator_accuracy.png"]), Is.False);
        });
    }

    [TestCase(false)]
    [TestCase(true)]
    public void A_member_is_trained_again_alone_to_the_same_numbers(bool sharedData)
    {
        string[] shared = sharedData ? ["--shared-data"] : [];
        Gpugan.Run(["train", .. Short, "--population", "4", "--seed", "7", "--lr-g", "0.01", "--no-plots", .. shared, "--out", folder["run"]]);
        Gpugan member = Gpugan.Run("train", "--from", folder["run"], "--member", "2", "--device", "cpu", "--quiet", "--no-plots", "--json", "--out", folder["member"]);
        Gpugan stepwise = Gpugan.Run("train", "--from", folder["run"], "--member", "2", "--device", "cpu", "--quiet", "--no-plots", "--json", "--engine", "stepwise", "--out", folder["stepwise"]);
        string[] row = File.ReadAllLines(folder["run/members.csv"])[3].Split(',');
        using JsonDocument alone = JsonDocument.Parse(member.Output);
        using JsonDocument slow = JsonDocument.Parse(stepwise.Output);
        Assert.Multiple(() =>
        {
            Assert.That((member.ExitCode, member.Error), Is.EqualTo((0, "")));
            Assert.That(alone.RootElement.GetProperty("seed").GetUInt64(), Is.EqualTo(9));
            Assert.That(alone.RootElement.GetProperty("loss_d").GetRawText(), Is.EqualTo(row[2]));
            Assert.That(alone.RootElement.GetProperty("kl_divergence").GetRawText(), Is.EqualTo(row[4]));
            Assert.That(alone.RootElement.GetProperty("mean_error").GetRawText(), Is.EqualTo(row[6]));
            Assert.That(alone.RootElement.GetProperty("wasserstein_2").GetRawText(), Is.EqualTo(row[8]));
            Assert.That(slow.RootElement.GetProperty("engine").GetString(), Is.EqualTo("stepwise"));
            Assert.That(slow.RootElement.GetProperty("weights_sha256").GetString(), Is.EqualTo(alone.RootElement.GetProperty("weights_sha256").GetString()));
        });
    }

    [Test]
    public void A_member_is_trained_again_with_the_functions_that_it_had()
    {
        Gpugan.Run(["train", .. Short, "--population", "2", "--fast-math", "--no-plots", "--out", folder["run"]]);
        Gpugan member = Gpugan.Run("train", "--from", folder["run"], "--member", "1", "--device", "cpu", "--quiet", "--no-plots", "--out", folder["member"]);
        Gpugan stepwise = Gpugan.Run("train", "--from", folder["run"], "--member", "1", "--engine", "stepwise");
        Assert.Multiple(() =>
        {
            Assert.That((member.ExitCode, member.Error), Is.EqualTo((0, "")));
            Assert.That(member.Output, Does.Contain("\nfast math "));
            Assert.That(
                (stepwise.ExitCode, stepwise.Error),
                Is.EqualTo((1, $"gpugan: {folder["run"]}: was trained with --fast-math, which only the compiled engine has; leave --engine stepwise out\n")));
        });
    }

    [Test]
    public void A_member_without_own_data_differs_from_one_with()
    {
        Gpugan.Run(["train", .. Short, "--population", "2", "--no-plots", "--out", folder["own"]]);
        Gpugan.Run(["train", .. Short, "--population", "2", "--no-plots", "--shared-data", "--out", folder["shared"]]);
        string[] own = File.ReadAllLines(folder["own/members.csv"]), shared = File.ReadAllLines(folder["shared/members.csv"]);
        Assert.That(own[1], Is.EqualTo(shared[1]), "the first member has the seed of the shared data");
        Assert.That(own[2], Is.Not.EqualTo(shared[2]));
    }

    [Test]
    public void A_member_that_is_not_there_is_told()
    {
        Gpugan.Run(["train", .. Short, "--population", "2", "--no-plots", "--out", folder["run"]]);
        Gpugan run = Gpugan.Run("train", "--from", folder["run"], "--member", "2", "--quiet", "--no-plots");
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((1, $"gpugan: {folder["run"]}: has the members 0 to 1, no member 2\n")));
    }

    [Test]
    public void Networks_that_are_too_large_for_the_compiled_engine_are_trained_by_the_tiled_one()
    {
        Gpugan run = Gpugan.Run("train", "--rows", "8", "--epochs", "1", "--device", "cpu", "--quiet", "--no-plots", "--json", "--discriminator", "2-64-64-1", "--out", folder["run"]);
        using JsonDocument json = JsonDocument.Parse(run.Output);
        Assert.That(json.RootElement.GetProperty("engine").GetString(), Is.EqualTo("tiled"));
    }
}
