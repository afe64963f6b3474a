using System.Text.Json.Nodes;
using System.Xml.Linq;
using GpuGan.Runner.Folders;
using GpuGan.Runner.Plots;
using ScottPlot;
using ScottPlot.Plottables;

namespace GpuGan.Runner.Tests.Commands;

internal sealed class CompareCommandTests
{
    private static readonly string[] Short = ["--rows", "50", "--epochs", "2", "--device", "cpu", "--quiet", "--no-plots"];

    private TemporaryFolder folder = null!;

    [OneTimeSetUp]
    public void Make()
    {
        folder = new TemporaryFolder();
        Train("first", "--seed", "3");
        Train("second", "--seed", "3", "--beta1", "0.5");
        Train("population", "--population", "5");
        Train("diverged", "--init-std", "1e38");
        string data = folder.Write("data.csv", "waiting\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i % 7}\n")));
        Gpugan.Run("train", "--data", data, "--epochs", "1", "--device", "cpu", "--quiet", "--no-plots", "--out", folder["column"]);
        Gpugan.Run("sweep", "--lr-d", ".01,.05", "--rows", "50", "--epochs", "1", "--seeds", "3", "--device", "cpu", "--quiet", "--out", folder["sweep"]);
    }

    [OneTimeTearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public void Only_the_settings_that_differ_are_told_and_verdicts_with_their_limits()
    {
        Gpugan compare = Gpugan.Run("compare", folder["first"], folder["second"], "--no-plots");
        string[] lines = compare.Output.Split('\n');
        JsonNode metrics = JsonNode.Parse(File.ReadAllText(folder["first/metrics.json"]))!;
        Assert.Multiple(() =>
        {
            Assert.That((compare.ExitCode, compare.Error), Is.EqualTo((0, "")));
            Assert.That(lines[..2], Is.EqualTo(new[] { $"A                   {folder["first"]}: a training, seed 3", $"B                   {folder["second"]}: a training, seed 3" }));
            Assert.That(lines[4], Does.Match(@"\Abeta1 +0\.9 +0\.5\z"));
            Assert.That(lines[5], Does.Match(@"\Averdict +(not )?converged +(not )?converged\z"), "no other setting differs");
            Assert.That(lines[6], Does.StartWith(FormattableString.Invariant($"KL divergence       {metrics["kl_divergence"]!.GetValue<double>():G4} (limit 0.2)")));
            Assert.That(compare.Output, Does.Not.Contain("picture").And.Not.Contain("note"));
        });
    }

    [Test]
    public void Equal_settings_are_told()
    {
        Gpugan compare = Gpugan.Run("compare", folder["first"], folder["first"], "--no-plots");
        Assert.That(compare.Output, Does.Match(@"(?m)^settings +the same$"));
        JsonNode json = JsonNode.Parse(Gpugan.Run("compare", folder["first"], folder["first"], "--no-plots", "--json").Output)!;
        Assert.That(json["settings_that_differ"]!.AsObject(), Is.Empty);
    }

    [Test]
    public void Any_kinds_stand_side_by_side()
    {
        Gpugan compare = Gpugan.Run("compare", folder["first"], folder["population"], folder["sweep"], "--out", folder["mix"]);
        JsonNode summary = JsonNode.Parse(File.ReadAllText(folder["population/summary.json"]))!;
        Assert.Multiple(() =>
        {
            Assert.That((compare.ExitCode, compare.Error), Is.EqualTo((0, "")));
            Assert.That(compare.Output, Does.Match(@"(?m)^lr_d +0\.05 +0\.05 +0\.01, 0\.05$"));
            Assert.That(compare.Output, Does.Match(@"(?m)^verdict .* % converged +\S+ % converged$"));
            Assert.That(compare.Output, Does.Match(@"(?m)^95 % interval +- +\S+ to \S+ % +\S+ to \S+ %$"));
            Assert.That(compare.Output, Does.Contain(FormattableString.Invariant($"median {summary["quantiles"]!["kl_divergence"]!["50"]!.GetValue<double>():G4} (limit 0.2)")));
            Assert.That(compare.Output, Does.Match(@"(?m)^best cell .* at lr_d 0\.0[15]$"));
            Assert.That(compare.Output, Does.Not.Match("(?m)^seeds"), "a training has no number of seeds");
            Assert.That(Directory.GetFiles(folder["mix"]).Select(Path.GetFileName), Is.EquivalentTo(
                ((string[])["losses", "samples", "shares"]).SelectMany(name => new[] { $"compare-{name}.png", $"compare-{name}.svg" })));
            Assert.That(Texts("mix/compare-shares.svg"), Does.Contain("B").And.Contain("C").And.Contain("A first, B population, C sweep"));
            Assert.That(Texts("mix/compare-shares.svg"), Has.None.EqualTo("A"), "a training has no share");
        });
    }

    [Test]
    public void Losses_and_rows_of_all_trainings_are_in_one_picture_each()
    {
        Gpugan.Run("compare", folder["first"], folder["second"], folder["column"], "--out", folder["pictures"]);
        string[] losses = Texts("pictures/compare-losses.svg"), samples = Texts("pictures/compare-samples.svg");
        Assert.Multiple(() =>
        {
            Assert.That(losses, Does.Contain("A first").And.Contain("B second").And.Contain("C column").And.Contain("log 2").And.Contain("epoch"));
            Assert.That(samples, Does.Contain("x1").And.Contain("waiting").And.Contain("density"));
            Assert.That(samples.Count(text => text == "1 and 2 standard deviations"), Is.EqualTo(3));
            Assert.That(samples.Count(text => text.StartsWith("A, ", StringComparison.Ordinal) || text.StartsWith("B, ", StringComparison.Ordinal) || text.StartsWith("C, ", StringComparison.Ordinal)), Is.EqualTo(3));
        });
    }

    [Test]
    public void The_marker_of_a_single_epoch_is_not_dashed()
    {
        using Plot plot = ComparePlots.Losses([ComparedFolder.Read(folder["first"], 'A', null), ComparedFolder.Read(folder["column"], 'B', null)]);
        Assert.That(plot.GetPlottables<Scatter>().Select(curve => (curve.MarkerSize > 0, curve.LinePattern)), Is.EqualTo(new[]
        {
            (false, LinePattern.Solid), (false, LinePattern.Dashed), (true, LinePattern.Solid), (true, LinePattern.Solid),
        }));
    }

    [Test]
    public void The_document_has_all_that_the_folders_tell()
    {
        Gpugan compare = Gpugan.Run("compare", folder["first"], folder["sweep"], "--out", folder["document"], "--json");
        JsonNode json = JsonNode.Parse(compare.Output)!;
        Assert.Multiple(() =>
        {
            Assert.That(json["folders"]!.AsArray().Select(one => one!["kind"]!.GetValue<string>()), Is.EqualTo(new[] { "training", "sweep" }));
            Assert.That(JsonNode.DeepEquals(json["folders"]![0]!["results"], JsonNode.Parse(File.ReadAllText(folder["first/metrics.json"]))));
            Assert.That(json["folders"]![1]!["settings"]!["seeds"]!.GetValue<int>(), Is.EqualTo(3));
            Assert.That(json["settings_that_differ"]!["lr_d"]!.ToJsonString(), Is.EqualTo("[0.05,[0.01,0.05]]"));
            Assert.That(json["settings_that_differ"]!.AsObject().Select(one => one.Key), Has.None.EqualTo("generator"));
            Assert.That(json["pictures"]!.AsArray().Select(one => File.Exists(one!.GetValue<string>())), Has.Exactly(6).True);
        });
    }

    [Test]
    public void A_folder_whose_data_are_gone_is_compared_as_far_as_its_files_go()
    {
        string data = folder.Write("gone.csv", "1,2\n3,4\n5,7\n2,2\n");
        Gpugan.Run("train", "--data", data, "--epochs", "1", "--device", "cpu", "--quiet", "--no-plots", "--out", folder["gone"]);
        File.Delete(data);
        Gpugan compare = Gpugan.Run("compare", folder["first"], folder["gone"], "--out", folder["left"]);
        Assert.Multiple(() =>
        {
            Assert.That((compare.ExitCode, compare.Error), Is.EqualTo((0, "")));
            Assert.That(compare.Output, Does.Contain(
                $"note                B: {data}: is neither there, nor in or beside {folder["gone"]}, which learnt its rows; name the file by --data FILE; its real rows are left out\n"));
            Assert.That(compare.Output, Does.Match(@"(?m)^verdict +(not )?converged +(not )?converged$"));
            Assert.That(Texts("left/compare-samples.svg"), Has.Some.StartsWith("B, ").And.Some.EndsWith("real rows not found"));
        });
    }

    [Test]
    public void Rows_that_lie_elsewhere_now_are_named_or_left_out()
    {
        string data = folder.Write("was.csv", "1,2\n3,4\n5,7\n2,2\n"), copy = folder.Write("copy.csv", "a;b\n1;2\n3;4\n5;7\n2;2\n"), other = folder.Write("other.csv", "1,2\n3,4\n5,7\n2,3\n");
        string[] train = ["train", "--epochs", "1", "--device", "cpu", "--quiet", "--no-plots", "--out"];
        Gpugan.Run([.. train, folder["was"], "--data", data]);
        Gpugan.Run([.. train, folder["copied"], "--data", copy]);
        File.Delete(data);
        Gpugan found = Gpugan.Run("compare", folder["was"], folder["copied"], folder["first"], "--data", copy, "--out", folder["found"]);
        Gpugan refused = Gpugan.Run("compare", folder["was"], folder["copied"], "--data", other, "--no-plots");
        Assert.Multiple(() =>
        {
            Assert.That((found.ExitCode, found.Error), Is.EqualTo((0, "")));
            Assert.That(found.Output, Does.Not.Contain("note"));
            Assert.That(Texts("found/compare-samples.svg"), Has.None.EndsWith("real rows not found"));
            Assert.That(refused.Output, Does.Match(@"(?m)^note +A: .*other\.csv: has other rows than .* learnt \(SHA-256 .* then\); its real rows are left out$"));
            Assert.That(refused.Output, Does.Not.Contain("note                B: "), "its rows are where they were");
            Assert.That(refused.Output, Does.Match("(?m)^settings +the same$"), "the same rows, wherever they lie");
        });
    }

    [Test]
    public void What_diverged_or_was_cut_off_is_told()
    {
        Train("cut", "--seed", "4");
        File.Delete(folder["cut/metrics.json"]);
        Gpugan compare = Gpugan.Run("compare", folder["diverged"], folder["cut"], "--out", folder["rest"]);
        Assert.Multiple(() =>
        {
            Assert.That((compare.ExitCode, compare.Error), Is.EqualTo((0, "")));
            Assert.That(compare.Output, Does.Match(@"(?m)^verdict +diverged at step 1 +-$"));
            Assert.That(compare.Output, Does.Contain("note                B: has no metrics.json yet, and so no verdict\n"));
            Assert.That(compare.Output, Does.Contain("its weights are not finite: the training diverged"));
        });
    }

    [Test]
    public void What_is_malformed_is_refused_in_one_line()
    {
        Train("broken");
        File.WriteAllText(folder["broken/metrics.json"], "{");
        Gpugan compare = Gpugan.Run("compare", folder["first"], folder["broken"], "--out", folder["none"]);
        Assert.That(compare.ExitCode, Is.EqualTo(1));
        Assert.That(compare.Error, Does.Match(@"\Agpugan: .*broken/metrics\.json: is not valid JSON: .+\n\z"));
        Assert.That(Directory.Exists(folder["none"]), Is.False);

        string file = folder.Write("file", "");
        Gpugan nowhere = Gpugan.Run("compare", folder["first"], folder["second"], "--out", file);
        Assert.That(nowhere.ExitCode, Is.EqualTo(1));
        Assert.That(nowhere.Error, Does.Match(@"\Agpugan: .+\n\z"));
    }

    private void Train(string name, params string[] options) => Gpugan.Run(["train", .. Short, .. options, "--out", folder[name]]);

    private string[] Texts(string svg) => [.. XDocument.Load(folder[svg]).Descendants().Attributes("aria-label").Select(label => label.Value)];
}
