using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GpuGan.Runner.Tests.Commands;

internal sealed partial class ReportCommandTests
{
    private static readonly string[] Short = ["--rows", "50", "--epochs", "2", "--device", "cpu", "--quiet", "--no-plots"];

    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void The_page_is_written_into_the_folder_and_replaced_with_it()
    {
        Train("run");
        Gpugan report = Gpugan.Run("report", folder["run"], "--device", "cpu", "--quiet");
        string page = File.ReadAllText(folder["run/report.html"]);
        Assert.That((report.ExitCode, report.Error, report.Output), Is.EqualTo((0, "", $"report              {folder["run/report.html"]}\n")));
        Assert.That(page, Does.StartWith("<!DOCTYPE html>").And.Not.Contain("{data}").And.Not.Contain("{style}").And.Not.Contain("{script}"));

        Gpugan.Run("report", folder["run"], "--device", "cpu");
        Assert.That(File.ReadAllText(folder["run/report.html"]), Is.EqualTo(page), "the same folder gives the same page");
        Train("run", "--force", "--seed", "1");
        Assert.That(File.Exists(folder["run/report.html"]), Is.False, "the page of an earlier run does not stay");
    }

    [Test]
    public void The_evolution_begins_before_the_first_step_and_ends_with_the_losses_of_the_folder()
    {
        Train("run");
        JsonNode evolution = Data("run")["evolution"]!;
        string[] losses = File.ReadAllLines(folder["run/losses.csv"])[^1].Split(',');
        Assert.Multiple(() =>
        {
            Assert.That(evolution["frames"]!.AsArray().Select(frame => frame!["epoch"]!.GetValue<int>()), Is.EqualTo(new[] { 0, 1, 2 }));
            Assert.That(evolution["loss_d"]![1]!.GetValue<double>(), Is.EqualTo(double.Parse(losses[1], System.Globalization.CultureInfo.InvariantCulture)).Within(1e-4));
            Assert.That(Convert.FromBase64String(evolution["frames"]![0]!["surface"]!.GetValue<string>()), Has.Length.EqualTo(48 * 36).And.All.InRange(120, 135), "an untrained discriminator is undecided");
        });
    }

    [Test]
    public void Many_epochs_are_looked_at_61_times()
    {
        Gpugan.Run("train", "--rows", "8", "--epochs", "1000", "--device", "cpu", "--quiet", "--no-plots", "--out", folder["run"]);
        JsonArray frames = Data("run")["evolution"]!["frames"]!.AsArray();
        Assert.That(frames, Has.Count.EqualTo(61));
        Assert.That(frames[^1]!["epoch"]!.GetValue<int>(), Is.EqualTo(1000));
    }

    [Test]
    public void A_population_shows_members_from_the_best_to_the_worst_as_they_were()
    {
        Train("run", "--population", "20", "--seed", "5");
        JsonArray shown = Data("run")["maps"]!["cells"]![0]!["shown"]!.AsArray();
        string[][] members = [.. File.ReadAllLines(folder["run/members.csv"]).Skip(1).Select(line => line.Split(',')).OrderBy(fields => Number(fields[4]))];
        Assert.Multiple(() =>
        {
            Assert.That(shown, Has.Count.EqualTo(16));
            Assert.That(Places(shown), Is.EqualTo(new[] { (0, "best"), (7, "median"), (15, "worst") }));
            Assert.That(((int[])[0, 7, 15]).Select(i => shown[i]!["seed"]!.GetValue<string>()), Is.EqualTo(((int[])[0, 9, 19]).Select(i => members[i][1])));
            Assert.That(shown[0]!["command"]!.GetValue<string>(), Is.EqualTo($"gpugan train --rows 50 --epochs 2 --seed {members[0][1]}"));
            Assert.That(shown[0]!["loss_d"]![1]!.GetValue<double>(), Is.EqualTo(Number(members[0][2])).Within(1e-4));
            Assert.That(File.ReadAllText(folder["run/report.html"]), Does.Not.Contain("came out differently"));
        });
    }

    [TestCase(0, "")]
    [TestCase(1, "median")]
    [TestCase(2, "best worst")]
    [TestCase(3, "best median worst")]
    public void As_many_members_are_shown_as_are_asked_for(int members, string places)
    {
        Train("run", "--population", "9");
        JsonArray shown = Data("run", "--members", $"{members}")["maps"]!["cells"]![0]!["shown"]!.AsArray();
        Assert.That(string.Join(' ', Places(shown).Select(one => one.Place)), Is.EqualTo(places));
        Assert.That(shown, Has.Count.EqualTo(members));
    }

    [Test]
    public void Progress_is_told_on_the_standard_error()
    {
        Train("run");
        Train("population", "--population", "3");
        Assert.That(Gpugan.Run("report", folder["run"], "--device", "cpu").Error, Does.Match(@"\Aepoch 1/2  loss_d \S+  loss_g \S+\nepoch 2/2 .*\n\z"));
        Assert.That(Gpugan.Run("report", folder["population"], "--device", "cpu").Error, Does.Match(@"\A100 %  \S+ GAN-steps/s, 0:00 left\n\z"));
    }

    [Test]
    public void A_single_column_evolves_as_a_histogram()
    {
        string data = folder.Write("data.csv", "waiting\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i}\n")));
        Gpugan.Run("train", "--data", data, "--epochs", "2", "--device", "cpu", "--quiet", "--no-plots", "--out", folder["run"]);
        JsonNode evolution = Data("run")["evolution"]!;
        double[] real = [.. evolution["real"]!.AsArray().Select(part => part!.GetValue<double>())];
        Assert.Multiple(() =>
        {
            Assert.That(evolution["names"]!.AsArray().Select(name => name!.GetValue<string>()), Is.EqualTo(new[] { "waiting" }));
            Assert.That(real, Has.Length.EqualTo(48));
            Assert.That(real.Sum(), Is.EqualTo(1000).Within(1e-9), "thousandths of the rows");
            Assert.That(evolution["frames"]!.AsArray().Select(frame => frame!["made"]!.AsArray().Count), Is.All.EqualTo(48));
            Assert.That(Convert.FromBase64String(evolution["frames"]![0]!["surface"]!.GetValue<string>()), Has.Length.EqualTo(48));
        });
    }

    [Test]
    public void Rows_of_a_sorted_file_are_shown_from_all_over_it()
    {
        string data = folder.Write("data.csv", string.Concat(Enumerable.Range(0, 2000).Select(i => $"{i},{i % 9}\n")));
        Gpugan.Run("train", "--data", data, "--epochs", "1", "--device", "cpu", "--quiet", "--no-plots", "--out", folder["run"]);
        double[] first = [.. Data("run")["evolution"]!["real"]!.AsArray().Where((_, i) => i % 2 == 0).Select(part => part!.GetValue<double>())];
        Assert.That((first.Min(), first.Max()), Is.EqualTo((83.0, 916.0)).Using<double>((one, other) => Math.Abs(one - other) < 8), "thousandths of a frame with a margin");
    }

    [Test]
    public void Members_that_come_out_differently_are_told()
    {
        Train("run", "--population", "3");
        File.WriteAllText(folder["run/members.csv"], Regex.Replace(File.ReadAllText(folder["run/members.csv"]), "(?m)^(0,0),[^,]*", "$1,0.5"));
        Data("run");
        Assert.That(File.ReadAllText(folder["run/report.html"]), Does.Contain("1 of 3 members came out differently"));
    }

    [Test]
    public void Members_with_shared_data_have_no_command()
    {
        Train("run", "--population", "2", "--shared-data");
        JsonArray shown = Data("run")["maps"]!["cells"]![0]!["shown"]!.AsArray();
        Assert.That(shown.Select(one => one!["command"]?.GetValue<string>()), Is.EqualTo(new[] { "gpugan train --rows 50 --epochs 2", null }));
    }

    [TestCase("--lr-d .01,.05 --rows 20,50")]
    [TestCase("--lr-d .01,.05 --rows 20,50 --shared-data --seed 3")]
    [TestCase("--discriminator 2-5-3-1,2-4-1 --loss minimax,non-saturating")]
    [TestCase("--discriminator 2-3-1 --batch-size 4,7 --hidden-activation tanh,leaky-relu")]
    [TestCase("--discriminator 2-64-64-1,2-4-1 --epochs 1")]
    [TestCase("--lr-d loguniform:1e-3:1 --init-std uniform:0.01:0.1 --epochs 1,2 --lr-decay .5,1 --random 10 --discriminator 2-3-1")]
    public void Members_of_a_sweep_come_out_as_they_were(string options)
    {
        string[] rows = options.Contains("--rows") ? [] : ["--rows", "20"], epochs = options.Contains("--epochs") ? [] : ["--epochs", "2"];
        Gpugan sweep = Gpugan.Run(["sweep", .. options.Split(' '), .. rows, .. epochs, "--seeds", "2", "--device", "cpu", "--quiet", "--no-plots", "--out", folder["run"]]);
        Assert.That((sweep.ExitCode, sweep.Error), Is.EqualTo((0, "")));
        JsonArray cells = Data("run")["maps"]!["cells"]!.AsArray();
        JsonNode[] shown = [.. cells.SelectMany(cell => cell!["shown"]!.AsArray()).OfType<JsonNode>()];
        Assert.Multiple(() =>
        {
            Assert.That(cells.Sum(cell => cell!["members"]!.GetValue<int>()), Is.EqualTo(shown.Length), "every member of so small a sweep is shown");
            Assert.That(File.ReadAllText(folder["run/report.html"]), Does.Not.Contain("came out differently"));
        });

        // The command of a member trains that member.
        if (shown[^1]["command"]?.GetValue<string>() is string command)
        {
            Gpugan alone = Gpugan.Run([.. command.Split(' ')[1..], "--device", "cpu", "--quiet", "--no-plots", "--json", "--out", folder["alone"]]);
            Assert.That(JsonNode.Parse(alone.Output)!["loss_d"]!.GetValue<double>(), Is.EqualTo(shown[^1]["loss_d"]!.AsArray()[^1]!.GetValue<double>()).Within(1e-4));
        }
    }

    [Test]
    public void An_unfinished_sweep_says_so()
    {
        string[] sweep = ["sweep", "--lr-d", ".01,.05", "--rows", "20", "--epochs", "1", "--seeds", "2", "--device", "cpu", "--quiet", "--no-plots", "--out", folder["run"]];
        Gpugan.Run([.. sweep, "--shard", "1/2"]);
        Gpugan report = Gpugan.Run("report", folder["run"], "--device", "cpu");
        Assert.That((report.ExitCode, report.Output), Is.EqualTo((0, $"report              {folder["run/report.html"]}\nunfinished          2 of 4 members are done, and these are shown\n")));
        Assert.That(File.ReadAllText(folder["run/report.html"]), Does.Contain("<strong>Unfinished</strong>: 2 of 4 members are done, and these are shown."));
        Assert.That(Data("run")["maps"]!["cells"]!.AsArray(), Has.Count.EqualTo(1));

        Gpugan.Run(sweep);
        Assert.That(File.Exists(folder["run/report.html"]), Is.False, "the page of what it was does not stay");
        Data("run");
        Assert.That(File.ReadAllText(folder["run/report.html"]), Does.Not.Contain("Unfinished"));
    }

    [Test]
    public void Changed_data_are_told()
    {
        string data = folder.Write("data.csv", "1,2\n3,4\n5,7\n");
        Gpugan.Run("train", "--data", data, "--epochs", "1", "--device", "cpu", "--quiet", "--no-plots", "--out", folder["run"]);
        File.WriteAllText(data, "1,2\n3,4\n5,8\n");
        Gpugan report = Gpugan.Run("report", folder["run"], "--device", "cpu", "--quiet");
        Assert.That(report.ExitCode, Is.EqualTo(1));
        Assert.That(report.Error, Does.StartWith($"gpugan: {data}: the rows have changed since {folder["run"]} learnt them (SHA-256 ").And.EndsWith("name a file of those rows by --data FILE\n"));
        Assert.That(File.Exists(folder["run/report.html"]), Is.False);
    }

    [Test]
    public void Names_are_no_markup()
    {
        string data = folder.Write("<b>&.csv", "1,2\n3,4\n5,7\n");
        Gpugan.Run("train", "--data", data, "--epochs", "1", "--device", "cpu", "--quiet", "--no-plots", "--out", folder["run"]);
        Gpugan.Run("report", folder["run"], "--device", "cpu");
        Assert.That(File.ReadAllText(folder["run/report.html"]), Does.Contain("&lt;b&gt;&amp;.csv").And.Not.Contain("<b>"));
    }

    [Test]
    public void Problems_have_their_exit_codes()
    {
        Train("run");
        Assert.Multiple(() =>
        {
            Assert.That(Gpugan.Run("report").ExitCode, Is.EqualTo(2));
            Assert.That(Gpugan.Run("report", folder["nothing"]).ExitCode, Is.EqualTo(1));
            Gpugan members = Gpugan.Run("report", folder["run"], "--members", "3");
            Assert.That((members.ExitCode, members.Error), Is.EqualTo((2, $"gpugan: --members is for populations and sweeps; {folder["run"]} is one training\n")));
            Assert.That(Gpugan.Run("report", folder["run"], "--device", "cuda:77").ExitCode, Is.EqualTo(3));
            Assert.That(Gpugan.Run("report", folder["run"], "--device", "cpu", "--out", folder["no/such/report.html"]).ExitCode, Is.EqualTo(1));
        });
    }

    private static IEnumerable<(int, string Place)> Places(JsonArray shown) =>
        shown.Select((one, i) => (i, one!["place"]?.GetValue<string>() ?? "")).Where(one => one.Item2.Length > 0);

    private static double Number(string field) => double.Parse(field, System.Globalization.CultureInfo.InvariantCulture);

    private void Train(string name, params string[] options) => Gpugan.Run(["train", .. Short, .. options, "--out", folder[name]]);

    private JsonNode Data(string name, params string[] options)
    {
        Gpugan report = Gpugan.Run(["report", folder[name], "--device", "cpu", "--quiet", .. options]);
        Assert.That((report.ExitCode, report.Error), Is.EqualTo((0, "")));
        return JsonNode.Parse(DataOfPage().Match(File.ReadAllText(folder[$"{name}/report.html"])).Groups[1].Value)!;
    }

    [GeneratedRegex("""<script type="application/json" id="data">(.*?)</script>""", RegexOptions.Singleline)]
    private static partial Regex DataOfPage();
}
