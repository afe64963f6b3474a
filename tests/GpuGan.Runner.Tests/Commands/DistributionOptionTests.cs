using System.Text.Json.Nodes;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Files;
using GpuGan.Runner.Folders;
using GpuGan.Runner.Settings;
using GpuGan.Runner.Sweeps.Results;

namespace GpuGan.Runner.Tests.Commands;

/// <summary>Rows of every distribution: in one training, a population and a sweep, with the modes of mixtures in files and tables.</summary>
internal sealed class DistributionOptionTests
{
    private static readonly string[] Ring = ["--distribution", "ring:4:1:0.2", "--rows", "60", "--epochs", "2", "--batch-size", "20", "--evaluation-rows", "500"];

    private TemporaryFolder folder = null!;

    // Numbers that must be given are those of two columns.
    private static IEnumerable<string> Texts => DistributionTable.All.Keys.Select(word => word switch
    {
        "gaussian" => "gaussian:1,0,.5,2:3,-1",
        "normal" => "normal:2",
        "point" => "point:1,-2",
        _ => word,
    });

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [TestCaseSource(nameof(Texts))]
    public void A_member_is_the_training_of_its_seed(string text)
    {
        string[] options = ["--distribution", text, "--rows", "20", "--epochs", "1", "--evaluation-rows", "200", "--quiet", "--no-plots", "--device", "cpu"];
        Gpugan alone = Gpugan.Run(["train", .. options, "--seed", "1", "--out", folder["alone"]]);
        Gpugan population = Gpugan.Run(["train", .. options, "--population", "2", "--out", folder["population"]]);
        Gpugan sweep = Gpugan.Run(["sweep", .. options, "--seeds", "2", "--csv", "--out", folder["sweep"]]);
        Gpugan again = Gpugan.Run("train", "--from", folder["sweep"], "--member", "1", "--quiet", "--no-plots", "--out", folder["again"]);
        Assert.Multiple(() =>
        {
            foreach (Gpugan run in (Gpugan[])[alone, population, sweep, again])
            {
                Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")));
            }

            JsonObject metrics = Json("alone/metrics.json");
            Assert.That((string?)Json("again/metrics.json")["weights_sha256"], Is.EqualTo((string?)metrics["weights_sha256"]));
            Assert.That(DistributionTable.Parse((string)Json("alone/settings.json")["distribution"]!), Is.EqualTo(DistributionTable.Parse(text)));
            Assert.That(alone.Output, Does.Contain(text == "chapter" ? "Gaussian, seed 1" : $"{DistributionTable.Parse(text)}, seed 1"));
            SweepRow member = SweepResult.Read(folder["sweep"]).Rows[1], other = PopulationMembers.Read(folder["population"]).Rows[1];
            Assert.That(member.LossG, Is.EqualTo((float)metrics["loss_g"]!));
            Assert.That(other with { Settings = null! }, Is.EqualTo(member with { Settings = null! }));
            Assert.That(member.Settings["distribution"], Is.EqualTo($"{DistributionTable.Parse(text)}"));
            Assert.That(member.Mixture is not null, Is.EqualTo(DistributionTable.Parse(text).Mixture is not null));
        });
    }

    [Test]
    public void The_modes_of_a_mixture_are_counted_everywhere()
    {
        Gpugan alone = Gpugan.Run(["train", .. Ring, "--seed", "0", "--quiet", "--json", "--out", folder["alone"]]);
        Gpugan population = Gpugan.Run(["train", .. Ring, "--population", "2", "--accuracy", "50", "--quiet", "--out", folder["population"]]);
        Gpugan sweep = Gpugan.Run(["sweep", .. Ring, "--accuracy", "50", "--loss", "hinge,non-saturating", "--r1", "0,.1", "--csv", "--quiet", "--out", folder["sweep"]]);
        JsonObject metrics = JsonNode.Parse(alone.Output)!.AsObject();
        SweepResult members = PopulationMembers.Read(folder["population"]), swept = SweepResult.Read(folder["sweep"]);
        MixtureFigures figures = members.Rows[0].Mixture!.Value;
        Assert.Multiple(() =>
        {
            Assert.That((alone.ExitCode, population.ExitCode, sweep.ExitCode), Is.EqualTo((0, 0, 0)), alone.Error + population.Error + sweep.Error);
            Assert.That((double)metrics["high_quality"]!, Is.EqualTo(figures.HighQuality));
            Assert.That((int)metrics["modes"]!, Is.EqualTo(figures.Modes));
            Assert.That((int)metrics["centers"]!, Is.EqualTo(4));
            Assert.That((double)metrics["least_share"]!, Is.EqualTo(figures.LeastShare));
            Assert.That((double?)metrics["reverse_kl"] ?? double.NaN, Is.EqualTo(figures.ReverseKl));
            Assert.That((double)metrics["high_quality_of_real_rows"]!, Is.InRange(0.98889, 0.98890));
            Assert.That(metrics["limits"]!.AsObject().Select(limit => limit.Key), Is.EqualTo(new[] { "kl_divergence", "nearest_neighbor_accuracy", "high_quality", "least_share" }));
            Assert.That(members.Rows[0].DiscriminatorAccuracy, Is.Not.Null);
            Assert.That(swept.Rows.Select(row => row.Settings["loss"] + row.Settings["r1"]), Is.EqualTo(new[] { "hinge0", "hinge0.1", "non-saturating0", "non-saturating0.1" }));
            Assert.That(swept.Rows[2].Mixture, Is.EqualTo(figures), "of the loss and the penalty of the population");
            Assert.That(File.ReadLines(folder["sweep/members.csv"]).First(), Does.EndWith("discriminator_accuracy,high_quality,modes,centers,least_share,reverse_kl"));
            Assert.That(Json("sweep/summary.json").Select(one => one.Key), Does.Contain("all_modes_share"));
            Assert.That(Json("population/summary.json")["quantiles"]!.AsObject().Select(one => one.Key), Does.Contain("modes"));
            Assert.That(population.Output, Does.Contain("all modes met"));
            Assert.That(File.ReadAllText(folder["sweep/heat_loss_r1.svg"]), Does.Contain("Median modes met").And.Contain("Both losses near their equilibrium"));
            Assert.That(File.ReadAllText(folder["alone/samples.svg"]), Does.Match("modes (not )?covered"));
        });
    }

    [Test]
    public void Distributions_are_swept_and_each_is_judged_by_its_own()
    {
        Gpugan run = Gpugan.Run(
            "sweep", "--distribution", "ring:3:1:.2,gaussian:1,0,0,1:2,2,point:1,2", "--rows", "30", "--epochs", "1", "--accuracy", "20", "--evaluation-rows", "300", "--seeds", "2", "--csv", "--quiet", "--out", folder["s"]);
        SweepRow[] rows = [.. SweepResult.Read(folder["s"]).Rows];
        Gpugan alone = Gpugan.Run(
            "train", "--distribution", "gaussian:1,0,0,1:2,2", "--rows", "30", "--epochs", "1", "--accuracy", "20", "--evaluation-rows", "300", "--seed", "1", "--quiet", "--no-plots", "--json", "--out", folder["alone"]);
        Gpugan report = Gpugan.Run("report", folder["s"], "--quiet");
        JsonObject metrics = JsonNode.Parse(alone.Output)!.AsObject();
        Assert.Multiple(() =>
        {
            Assert.That((run.ExitCode, run.Error, report.ExitCode), Is.EqualTo((0, "", 0)), report.Error);
            Assert.That(rows.Select(row => row.Settings["distribution"]).Distinct(), Is.EqualTo(new[] { "ring:3:1:0.2", "gaussian:1,0,0,1:2,2", "point:1,2" }));
            Assert.That(rows.Select(row => row.Mixture is not null), Is.EqualTo(new[] { true, true, false, false, false, false }));
            Assert.That(rows[3].KlDivergence, Is.EqualTo((double)metrics["kl_divergence"]!));
            Assert.That(rows[3].DiscriminatorAccuracy, Is.EqualTo((double)metrics["discriminator_accuracy"]!));
            Assert.That(File.ReadAllText(folder["s/members.csv"]), Does.Contain(",\"gaussian:1,0,0,1:2,2\","));
        });
    }

    [Test]
    public void All_rows_are_one_batch()
    {
        string[] options = ["--rows", "23", "--epochs", "3", "--no-plots", "--quiet"];
        Assert.Multiple(() =>
        {
            Assert.That(Hash("all"), Is.EqualTo(Hash("23")));
            Assert.That((int)Json("all/settings.json")["batch_size"]!, Is.EqualTo(23));
        });
        Gpugan sweep = Gpugan.Run(["sweep", .. options[..4], "--batch-size", "all", "--seeds", "2", "--quiet", "--out", folder["s"]]);
        SweepRow row = SweepResult.Read(folder["s"]).Rows[0];
        Assert.That((sweep.Error, row.Settings["batch_size"], row.LossD), Is.EqualTo(("", "23", (double?)(float)Json("all/metrics.json")["loss_d"]!)));

        string? Hash(string batch)
        {
            Gpugan run = Gpugan.Run(["train", .. options, "--batch-size", batch, "--out", folder[batch]]);
            Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")));
            return (string?)Json($"{batch}/metrics.json")["weights_sha256"];
        }
    }

    [Test]
    public void A_generator_can_be_begun_with_and_the_discriminator_drawn()
    {
        Gpugan first = Gpugan.Run("train", "--rows", "40", "--epochs", "2", "--seed", "9", "--no-plots", "--quiet", "--out", folder["first"]);
        Assert.That(first.ExitCode, Is.Zero, first.Error);
        Gpugan export = Gpugan.Run("export", folder["first"], "--out", folder["networks"]);
        Assert.That(export.ExitCode, Is.Zero, export.Error);

        // With rates of 0 nothing moves: the generator is that of the file, the discriminator that of the seed.
        string[] still = ["--rows", "40", "--epochs", "1", "--lr-d", "0", "--lr-g", "0", "--no-plots", "--quiet", "--seed", "3"];
        Gpugan begun = Gpugan.Run(["train", .. still, "--init-from", folder["networks/generator.safetensors"], "--out", folder["begun"]]);
        Gpugan drawn = Gpugan.Run(["train", .. still, "--out", folder["drawn"]]);
        Gpugan members = Gpugan.Run(["train", .. still, "--population", "2", "--init-from", folder["networks/generator.safetensors"], "--out", folder["members"]]);
        Gpugan wide = Gpugan.Run(["train", .. still, "--generator", "3-2", "--init-from", folder["networks/generator.safetensors"], "--out", folder["wide"]]);
        Assert.Multiple(() =>
        {
            Assert.That((begun.ExitCode, begun.Error, drawn.ExitCode, members.ExitCode), Is.EqualTo((0, "", 0, 0)), members.Error);
            Assert.That(Values("begun", "generator"), Is.EqualTo(Values("first", "generator")));
            Assert.That(Values("begun", "discriminator"), Is.EqualTo(Values("drawn", "discriminator")));
            Assert.That(PopulationMembers.Read(folder["members"]).Rows[0].KlDivergence, Is.EqualTo((double)Json("begun/metrics.json")["kl_divergence"]!));
            Assert.That((wide.ExitCode, wide.Error), Is.EqualTo((1, $"gpugan: {folder["networks/generator.safetensors"]}: its generator is 2-2; that of the training is 3-2\n")));
            Assert.That(Directory.Exists(folder["wide"]), Is.False);
        });

        float[] Values(string run, string network) => WeightsFile.Read(folder[$"{run}/weights.safetensors"]).Network(network).Values;
    }

    /// <summary>Added to what is drawn, and to what a file has, alone and in populations, and again when a training goes on.</summary>
    [Test]
    public void Numbers_are_added_to_the_initial_parameters()
    {
        string[] still = ["--rows", "40", "--epochs", "1", "--lr-d", "0", "--lr-g", "0", "--no-plots", "--quiet", "--seed", "3"], offset = ["--init-offset", "1,0,0,0,0,0,0.5"];
        Run("drawn", still);
        Run("moved", [.. still, .. offset]);
        Run("members", [.. still, .. offset, "--population", "2"]);
        Run("again", [.. still, "--init-from", folder["drawn/weights.safetensors"], .. offset]);
        Gpugan longer = Gpugan.Run("resume", folder["moved"], "--epochs", "2", "--quiet");
        float[] drawn = Values("drawn"), moved = Values("moved");
        Assert.Multiple(() =>
        {
            Assert.That((longer.ExitCode, longer.Error), Is.EqualTo((0, "")));
            Assert.That(moved, Is.EqualTo((float[])[drawn[0] + 1, .. drawn[1..6], drawn[6] + 0.5f, .. drawn[7..]]));
            Assert.That(Values("again"), Is.EqualTo(moved));
            Assert.That(PopulationMembers.Read(folder["members"]).Rows[0].KlDivergence, Is.EqualTo((double)Json("moved/metrics.json")["kl_divergence"]!));
            Assert.That((string?)Json("moved/settings.json")["init_offset"], Is.EqualTo("1,0,0,0,0,0,0.5"));
        });

        float[] Values(string run) => TrainingFolder.Read(folder[run]).Parameters.Values;

        void Run(string name, string[] options) => Assert.That(Gpugan.Run(["train", .. options, "--out", folder[name]]).ExitCode, Is.Zero, name);
    }

    [Test]
    public void The_energy_distance_is_that_of_the_library()
    {
        Gpugan run = Gpugan.Run("train", "--distribution", "moons", "--rows", "40", "--epochs", "1", "--energy", "--no-plots", "--quiet", "--out", folder["run"]);
        JsonObject metrics = Json("run/metrics.json");
        GpuGan.Kernels.Metrics.EnergyDistance energy = GpuGan.Kernels.Metrics.Evaluation.Of(new Moons()).EnergyOf(TrainingFolder.Read(folder["run"]).Parameters, seed: 0);
        Assert.That(((double)metrics["energy_distance"]!, (double)metrics["energy_p_value"]!), Is.EqualTo((energy.Distance, energy.PValue)));
        Assert.That(run.Output, Does.Contain("energy distance     "));
    }

    private JsonObject Json(string file) => JsonNode.Parse(File.ReadAllText(folder[file]))!.AsObject();
}
