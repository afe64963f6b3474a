using System.Globalization;
using System.Text.Json;
using GpuGan.Runner.Benchmarks;

namespace GpuGan.Runner.Tests.Commands;

internal sealed class BenchCommandTests
{
    private static readonly string[] Names =
    [
        "series", "engine", "device", "population", "lanes", "steps_per_launch", "generator", "discriminator", "batch_size", "fast_math",
        "gan_steps_per_second", "seconds", "emit_seconds", "compile_seconds", "share_of_peak",
    ];

    [Test]
    public void One_point_gives_one_row()
    {
        using TemporaryFolder folder = new();
        Gpugan run = Gpugan.Run("bench", "--population", "20", "--seconds", "0.01", "--device", "cpu", "--json", "--out", folder["bench"]);
        using JsonDocument json = JsonDocument.Parse(run.Output);
        JsonElement row = json.RootElement.GetProperty("rows").EnumerateArray().Single();
        string[] csv = File.ReadAllLines(folder["bench/bench.csv"]);
        Assert.Multiple(() =>
        {
            Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")));
            Assert.That(row.EnumerateObject().Select(property => property.Name), Is.EqualTo(Names));
            Assert.That(row.GetProperty("population").GetInt32(), Is.EqualTo(20));
            Assert.That(row.GetProperty("gan_steps_per_second").GetDouble(), Is.GreaterThan(1000));
            Assert.That(csv[0], Is.EqualTo(string.Join(',', Names)));
            Assert.That(csv, Has.Length.EqualTo(2));
            Assert.That(csv[1], Does.Match(@"^population,compiled,cpu,20,\d+,\d+,2-2,2-5-3-1,8,false,\d+,"));
            Assert.That(double.Parse(csv[1].Split(',')[10], CultureInfo.InvariantCulture), Is.EqualTo(row.GetProperty("gan_steps_per_second").GetDouble()));
        });
    }

    [Test]
    public void The_table_names_its_columns()
    {
        Gpugan run = Gpugan.Run("bench", "--population", "3", "--seconds", "0.01", "--device", "cpu");
        Assert.That(run.Output.Split('\n')[1], Does.Contain("population").And.Contain("GAN-steps/s"));
        Assert.That(run.Output.Split('\n')[2], Does.Match(@"^population +compiled +3 +\d+ +\d+ +2-2 +2-5-3-1 +8 +\d\.\d\de\+\d "));
    }

    [Test]
    public void Fast_math_is_named_and_told_to_change_nothing_on_the_cpu()
    {
        Gpugan run = Gpugan.Run("bench", "--population", "3", "--fast-math", "--seconds", "0.01", "--device", "cpu");
        Assert.That(run.Output, Does.Contain("changes nothing on the CPU accelerator"));
        Assert.That(run.Output.Split('\n')[3], Does.Match("^fast math +compiled +3 "));
    }

    [Test]
    public void Shuffled_rows_are_a_series_of_their_own()
    {
        Gpugan run = Gpugan.Run("bench", "--population", "3", "--shuffle", "--seconds", "0.01", "--device", "cpu");
        Assert.That(run.Output.Split('\n')[2], Does.Match("^shuffled +compiled +3 "));
    }

    [Test]
    public void The_tour_of_a_gpu_has_a_million_in_both_arithmetics()
    {
        static IEnumerable<BenchmarkCase> Millions(bool vectors) => BenchmarkCase.Tour(vectors).Where(one => one.Population == 1_000_000);
        Assert.That(Millions(vectors: false).Select(one => one.FastMath), Is.EquivalentTo([false, true]));
        Assert.That(Millions(vectors: true).Select(one => one.FastMath), Is.EqualTo([false]));
    }

    [TestCase("1", "tiled")]
    [TestCase("3", "tiled")]
    public void Wide_networks_tell_their_share_of_the_peak(string population, string engine)
    {
        Gpugan run = Gpugan.Run("bench", "--population", population, "--generator", "3-60-2", "--discriminator", "2-60-1", "--batch-size", "64", "--seconds", "0.01", "--device", "cpu", "--json");
        using JsonDocument json = JsonDocument.Parse(run.Output);
        JsonElement row = json.RootElement.GetProperty("rows").EnumerateArray().Single();
        Assert.Multiple(() =>
        {
            Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")));
            Assert.That((row.GetProperty("engine").GetString(), row.GetProperty("generator").GetString()), Is.EqualTo((engine, "3-60-2")));
            Assert.That(row.GetProperty("share_of_peak").GetDouble(), Is.InRange(0.001, 1));
        });
    }

    [TestCase("--fast-math")]
    [TestCase("--shuffle")]
    public void What_is_of_one_point_measures_nothing_alone(string option) => Assert.That(
        Gpugan.Run("bench", option),
        Is.EqualTo(new Gpugan(2, "", $"gpugan: {option} measures one point; give its --population\n")));

    [Test]
    public void The_comparison_is_found_from_any_folder_of_the_sources()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["clone/bench/deep"]);
        File.WriteAllText(folder["clone/bench/compare.sh"], "");
        Assert.Multiple(() =>
        {
            Assert.That(PeerComparison.Find(folder["clone/bench/deep"]), Is.EqualTo(folder["clone/bench/compare.sh"]));
            Assert.That(PeerComparison.Find(folder["clone"]), Is.EqualTo(folder["clone/bench/compare.sh"]));
            Assert.That(PeerComparison.Find(folder["."]), Is.Null);
        });
    }

    [TestCase("--population", "3")]
    [TestCase("--engine", "tiled")]
    [TestCase("--device", "cuda")]
    public void The_comparison_takes_no_option_that_it_would_ignore(string option, string value)
    {
        Gpugan run = Gpugan.Run("bench", "--compare", option, value);
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((2, "gpugan: --compare measures populations of its own on the CPU; leave out --population, --engine and --device\n")));
    }
}
