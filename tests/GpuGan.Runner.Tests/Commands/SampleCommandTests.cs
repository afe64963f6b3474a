using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Data;
using GpuGan.Runner.Files;

namespace GpuGan.Runner.Tests.Commands;

internal sealed class SampleCommandTests
{
    private static readonly string[] Short = ["--epochs", "2", "--device", "cpu", "--quiet", "--no-plots"];

    private TemporaryFolder folder = null!;

    private string Run => folder["run"];

    [OneTimeSetUp]
    public void Train()
    {
        folder = new TemporaryFolder();
        Gpugan trained = Gpugan.Run(["train", .. Short, "--rows", "200", "--seed", "5", "--generator", "3-4-2", "--out", Run]);
        Assert.That(trained.ExitCode, Is.Zero, trained.Error);
    }

    [OneTimeTearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public void Rows_are_those_that_the_verdict_is_of()
    {
        WeightsFile weights = WeightsFile.Read(Path.Join(Run, "weights.safetensors"));
        DataSet expected = GeneratedSamples.Draw(weights.Parameters, Activation.Tanh, seed: 5, rows: 10);
        Gpugan run = Gpugan.Run("sample", Run, "-n", "10");
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")));
        Assert.That(run.Output, Does.StartWith("x1,x2\n"));
        Assert.That(Bits.Of(CsvDataReader.Parse("output", run.Output).ToDataSet().Values), Is.EqualTo(Bits.Of(expected.Values)));
    }

    [Test]
    public void More_rows_begin_with_the_same_and_another_seed_gives_others()
    {
        string few = Gpugan.Run("sample", Run, "-n", "3").Output, more = Gpugan.Run("sample", Run, "--rows", "7").Output;
        string same = Gpugan.Run("sample", Run, "-n", "3", "--seed", "5").Output, other = Gpugan.Run("sample", Run, "-n", "3", "--seed", "6").Output;
        Assert.That(more, Does.StartWith(few).And.Not.EqualTo(few));
        Assert.That(same, Is.EqualTo(few));
        Assert.That(other, Is.Not.EqualTo(few));
    }

    [Test]
    public void Rows_that_are_drawn_piece_by_piece_are_those_that_are_drawn_at_once()
    {
        WeightsFile weights = WeightsFile.Read(Path.Join(Run, "weights.safetensors"));
        DataSet expected = GeneratedSamples.Draw(weights.Parameters, Activation.Tanh, seed: 5, rows: 40_001);
        Assert.That(Bits.Of(CsvDataReader.Parse("output", Gpugan.Run("sample", Run, "-n", "40001").Output).ToDataSet().Values), Is.EqualTo(Bits.Of(expected.Values)));
    }

    [Test]
    public void A_file_of_weights_will_do_and_rows_go_into_a_file()
    {
        Gpugan run = Gpugan.Run("sample", Path.Join(Run, "weights.safetensors"), "-n", "3", "-o", folder["x.csv"]);
        Assert.That((run.ExitCode, run.Error, run.Output), Is.EqualTo((0, "", "")));
        Assert.That(File.ReadAllText(folder["x.csv"]), Is.EqualTo(Gpugan.Run("sample", Run, "-n", "3").Output));
    }

    [Test]
    public void The_header_has_the_names_of_the_data()
    {
        string data = folder.Write("data.csv", "height;\"weight, kg\";age\n1;2;3\n4;5;6\n7;8;10\n");
        Gpugan.Run(["train", .. Short, "--data", data, "--out", folder["named"]]);
        string csv = Gpugan.Run("sample", folder["named"], "-n", "2").Output;
        Assert.That(csv.Split('\n'), Has.Length.EqualTo(4));
        Assert.That(csv, Does.StartWith("height,\"weight, kg\",age\n"));
        Assert.That(Gpugan.Run(["train", .. Short, "--data", folder.Write("again.csv", csv), "--out", folder["again"]]).ExitCode, Is.Zero, "it is data itself");
    }

    [Test]
    public void Many_rows_have_the_moments_that_the_run_tells()
    {
        Gpugan.Run(["train", "--rows", "200", "--device", "cpu", "--quiet", "--no-plots", "--out", folder["linear"]]);
        WeightsFile weights = WeightsFile.Read(folder["linear/weights.safetensors"]);
        Moments exact = Moments.Of(weights.Parameters, weights.Activation, seed: 0);
        Moments drawn = Moments.Of(CsvDataReader.Parse("output", Gpugan.Run("sample", folder["linear"], "-n", "40000", "--seed", "1").Output).ToDataSet());

        // Five standard errors of a mean, and of a variance, of 40,000 rows.
        for (int column = 0; column < 2; column++)
        {
            double variance = exact.Covariance[column, column];
            Assert.That(drawn.Mean[column], Is.EqualTo(exact.Mean[column]).Within(5 * Math.Sqrt(variance / 40_000)));
            Assert.That(drawn.Covariance[column, column], Is.EqualTo(variance).Within(5 * variance * Math.Sqrt(2.0 / 40_000)));
        }
    }

    [Test]
    public void A_training_that_diverged_has_nothing_to_draw_from()
    {
        Gpugan.Run(["train", .. Short, "--rows", "50", "--init-std", "1e38", "--out", folder["wild"]]);
        Refused(1, $"{folder["wild/weights.safetensors"]}: its weights are not finite, the training diverged; there is nothing to draw from", "sample", folder["wild"]);
    }

    [Test]
    public void Other_files_are_told()
    {
        Refused(1, "no-such.safetensors: no such file or folder", "sample", "no-such.safetensors");
        string text = folder.Write("text", "hello");
        Refused(1, $"{text}: 5 bytes are too few for a safetensors file", "sample", text);
        string foreign = folder["foreign.safetensors"];
        File.WriteAllBytes(foreign, Files.SafetensorsBytes.Of("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4));
        Refused(1, $"{foreign}: is not the weights of a training: its metadata have no generator", "sample", foreign);
        File.WriteAllBytes(foreign, Files.SafetensorsBytes.Of("""{"__metadata__":{"generator":"2-x"}}""", 0));
        Refused(1, $"{foreign}: its metadata generator '2-x' cannot be read", "sample", foreign);
        Refused(1, $"{folder.Path}/weights.safetensors: no such file or folder", "sample", folder.Path);
        Refused(2, "--rows '0' is no whole number from 1 to 1073741795", "sample", Run, "-n", "0");
        Refused(2, "--rows 1073741795 is too many for this generator; it draws at most 715827863 at once", "sample", Run, "-n", "1073741795");
        Refused(2, "sample needs RUN|FILE; see 'gpugan sample --help'", "sample");
    }

    private static void Refused(int exitCode, string line, params string[] args)
    {
        Gpugan run = Gpugan.Run(args);
        Assert.That((run.ExitCode, run.Error, run.Output), Is.EqualTo((exitCode, $"gpugan: {line}\n", "")));
    }
}
