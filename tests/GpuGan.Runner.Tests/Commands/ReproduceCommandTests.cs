using System.Text.Json.Nodes;
using GpuGan.Kernels.Devices;
using GpuGan.Runner.Commands;
using GpuGan.Runner.Reproductions;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Tests.Commands;

internal sealed class ReproduceCommandTests
{
    private static IEnumerable<string> Names => ReproductionTable.All.Select(one => one.Name);

    [TestCase("bilinear")]
    [TestCase("dirac-gan")]
    [TestCase("optimistic-wgan")]
    public void Deterministic_numbers_come_out_again(string name) => AssertReproduced(name);

    /// <summary>With fewer seeds than the program takes; their intervals are the wider.</summary>
    [TestCase("analytic-optimum", "64")]
    [TestCase("chapter-sequel", "1024")]
    [TestCase("numerics-of-gans", "1")]
    [TestCase("two-clusters", "16")]
    [Category("Slow")]
    public void Numbers_over_seeds_come_out_again(string name, string seeds) => AssertReproduced(name, "--seeds", seeds);

    [Test]
    [Category("Slow")]
    public void A_training_that_is_cut_off_is_not_judged()
    {
        Gpugan run = Gpugan.Run("reproduce", "twenty-five-gaussians", "--minutes", "0", "--device", "cpu");
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")));
        Assert.That(run.Output, Does.Contain("was cut off after 100 of 100,000 steps, so that nothing is judged").And.Contain("nothing was compared: no training came to its end"));
    }

    [Test]
    public void What_there_is_is_listed_with_its_source([Values("reproduce", "reproduce --list", "reproduce bilinear --list")] string args)
    {
        Gpugan run = Gpugan.Run(args.Split(' '));
        Assert.Multiple(() =>
        {
            Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")));
            foreach (Reproduction one in ReproductionTable.All)
            {
                Assert.That(run.Output, Does.Contain($"{one.Name}{(one.IsForGpu ? " (for a GPU; not in --all)" : "")}\n").And.Contain(one.Summary).And.Contain(one.Source));
            }
        });
    }

    [Test]
    public void The_list_is_json_too() => Assert.That(
        JsonNode.Parse(Gpugan.Run("reproduce", "--list", "--json").Output)!["reproductions"]!.AsArray().Select(one => (string?)one!["name"]), Is.EqualTo(Names));

    [Test]
    public void An_unknown_name_is_told_with_those_that_there_are()
    {
        Gpugan run = Gpugan.Run("reproduce", "bilinear", "no-such");
        Assert.That((run.ExitCode, run.Output), Is.EqualTo((2, "")));
        Assert.That(run.Error, Is.EqualTo($"gpugan: reproduce: unknown name 'no-such'; there are {string.Join(", ", Names)}\n"));
    }

    [TestCase(2, "--all and the name 'bilinear' contradict each other", "--all", "bilinear")]
    [TestCase(2, "unknown option '--sedes'; did you mean '--seeds'?", "--sedes", "2")]
    [TestCase(2, "--seeds '0' is no whole number from 1 to 1000000", "bilinear", "--seeds", "0")]
    [TestCase(2, "--minutes 'x' is no number from 0 on", "bilinear", "--minutes", "x")]
    [TestCase(2, "--engine stepwise trains one GAN at a time", "chapter-sequel", "--engine", "stepwise")]
    [TestCase(2, "the compiled engine takes at most 2000; --engine auto trains them", "numerics-of-gans", "--engine", "compiled")]
    [TestCase(3, "--device cpu works everywhere", "bilinear", "--device", "cuda:77")]
    public void Wrong_arguments_are_told_in_one_line(int exitCode, string message, params string[] args)
    {
        Gpugan run = Gpugan.Run(["reproduce", .. args]);
        Assert.That((run.ExitCode, run.Output), Is.EqualTo((exitCode, "")));
        Assert.That(run.Error, Does.StartWith("gpugan: ").And.Contain(message));
        Assert.That(run.Error.Count(letter => letter == '\n'), Is.EqualTo(1));
    }

    [TestCase("auto")]
    [TestCase("compiled")]
    [TestCase("tiled")]
    [TestCase("stepwise")]
    public void Every_engine_gives_the_same_numbers(string engine)
    {
        // Of 0.2 to 3 s.
        Gpugan run = Gpugan.Run("reproduce", "dirac-gan", "--json", "--device", "cpu", "--engine", engine);
        JsonNode norm = JsonNode.Parse(run.Output)!["reproductions"]![0]!["trials"]![0]!["findings"]![0]!;
        Assert.That(run.ExitCode, Is.Zero);
        Assert.That((string?)norm["published"], Is.EqualTo("3.097"));
        Assert.That((double)norm["ours"]!, Is.InRange(3.09694, 3.09696));
    }

    [Test]
    public void A_number_that_is_missed_is_told_and_ends_with_4([Values] bool json)
    {
        Gpugan run = Run(new Shifted(0.1), json);
        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(4));
            Assert.That(run.Output, json ? Does.Contain("\"reproduced\": false").And.Contain("\"holds\": false") : Does.Match(@"last θ +3\.1 .* MISSED").And.EndsWith("NOT reproduced: 1 of 1 published numbers\n"));
            Assert.That(Run(new Shifted(0), json).ExitCode, Is.Zero);
        });
    }

    /// <summary>The command that is printed gives the parameters that are compared.</summary>
    [Test]
    public void A_printed_command_trains_the_same()
    {
        using TemporaryFolder folder = new();
        using Device device = Device.Open("cpu");
        string command = new Shifted(0).Run(new Laboratory(device)).Trials[0].Command!;
        Gpugan run = Gpugan.Run([.. command.Split(' ')[1..], "--device", "cpu", "--quiet", "--no-plots", "--out", folder["run"]]);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That((string?)JsonNode.Parse(File.ReadAllText(folder["run/metrics.json"]))!["weights_sha256"], Is.EqualTo(new Laboratory(device).Orbit(command)[^1].Sha256));
    }

    [Test]
    public void Pictures_are_written_where_they_are_asked_for()
    {
        using TemporaryFolder folder = new();
        Assert.That(Gpugan.Run("reproduce", "bilinear", "--out", folder["pictures"]).ExitCode, Is.Zero);
        Assert.That(Directory.GetFiles(folder["pictures"]).Select(Path.GetFileName), Is.EquivalentTo((string[])["bilinear.png", "bilinear.svg"]));
    }

    private static void AssertReproduced(string name, params string[] options)
    {
        Gpugan run = Gpugan.Run(["reproduce", name, .. options, "--device", "cpu"]);
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")), run.Output);
        Assert.That(run.Output, Does.Contain(name).And.Not.Contain("MISSED"));
        Assert.That(run.Output, Does.Match(@"\nreproduced: all \d+ published numbers\n$"));
    }

    private static Gpugan Run(Reproduction reproduction, bool json)
    {
        using Device device = Device.Open("cpu");
        using StringWriter output = new() { NewLine = "\n" }, error = new();
        ExitCode exitCode = ReproduceCommand.Run([reproduction], [], new Laboratory(device), json, folder: null, output, error);
        return new Gpugan((int)exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Says that a paper printed another number than comes out.</summary>
    private sealed class Shifted(double shift) : Reproduction("shifted", "a generator that stays where it is", "nowhere")
    {
        public override Reproduced Run(Laboratory laboratory)
        {
            string command = "gpugan train --distribution point:0 --rows 1 --batch-size 1 --epochs 3 --latent zero --generator 1-1 --discriminator 1-1 --lr-g 0 --init-std 0 --init-offset 0,3";
            Published published = Published.Number((3 + shift).ToString(System.Globalization.CultureInfo.InvariantCulture) + (shift == 0 ? ".0" : ""));
            return new Reproduced([new Trial("one", command, [Finding.Exact("last θ", published, laboratory.Orbit(command)[^1].GeneratorValues[1])])], []);
        }
    }
}
