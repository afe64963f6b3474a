using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using GpuGan.Kernels.Training;
using GpuGan.Runner.Commands;
using GpuGan.Runner.Data;
using GpuGan.Runner.Files;
using GpuGan.Runner.Wording;

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
        DataSet expected = GeneratedSamples.Draw(TrainingFolder.Read(Run).Parameters, seed: 5, rows: 10);
        Gpugan run = Gpugan.Run("sample", Run, "-n", "10");
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")));
        Assert.That(run.Output, Does.StartWith("x1,x2\n"));
        Assert.That(Bits.Of(CsvDataReader.Parse("output", run.Output, new CsvOptions()).Table.ToDataSet().Values), Is.EqualTo(Bits.Of(expected.Values)));
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
        DataSet expected = GeneratedSamples.Draw(TrainingFolder.Read(Run).Parameters, seed: 5, rows: 40_001);
        Assert.That(
            Bits.Of(CsvDataReader.Parse("output", Gpugan.Run("sample", Run, "-n", "40001").Output, new CsvOptions()).Table.ToDataSet().Values),
            Is.EqualTo(Bits.Of(expected.Values)));
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
        Moments exact = Moments.Of(TrainingFolder.Read(folder["linear"]).Parameters, seed: 0);
        Moments drawn = Moments.Of(CsvDataReader.Parse("output", Gpugan.Run("sample", folder["linear"], "-n", "40000", "--seed", "1").Output, new CsvOptions()).Table);

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
        Refused(1, $"{folder["wild/weights.safetensors"]}: its weights are not finite: the training diverged", "sample", folder["wild"]);
    }

    [Test]
    public void A_generator_from_PyTorch_is_told_what_stands_between_its_layers()
    {
        // Weights 1 and 2, bias 3, then weights 4 and 5 … of a chain 1-2-1: the output is 5 f(x + 3) + 6 f(2 x + 4) + 7.
        string file = folder["pytorch.safetensors"];
        File.WriteAllBytes(file, Files.SafetensorsBytes.Counting([], "model.0.weight:2x1", "model.0.bias:2", "model.2.weight:1x2", "model.2.bias:1"));
        Gpugan run = Gpugan.Run("sample", file, "--hidden-activation", "relu", "-n", "4", "--seed", "2");
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")));
        float[] expected = [.. GeneratedSamples.Prior(seed: 2, rows: 4, new Kernels.Networks.Network(1, 1)).Values.Select(x => (5 * MathF.Max(0, x + 3)) + (6 * MathF.Max(0, (2 * x) + 4)) + 7)];
        float[] drawn = [.. CsvDataReader.Parse("output", run.Output, new CsvOptions()).Table.ToDataSet().Values];
        for (int row = 0; row < 4; row++)
        {
            Assert.That(drawn[row], Is.InRange(expected[row] - 1e-4f, expected[row] + 1e-4f));
        }

        Assert.That(Gpugan.Run("sample", file, "--hidden-activation", "relu", "-n", "4").Output, Is.EqualTo(Gpugan.Run("sample", file, "--hidden-activation", "relu", "-n", "4", "--seed", "0").Output));
        Refused(
            1,
            $"{file}: does not say what stands between the layers of its generator 1-2-1; add --hidden-activation tanh|relu|leaky-relu[:SLOPE]|sigmoid|identity",
            "sample",
            file);
        Refused(2, "--hidden-activation 'gelu' is none of tanh, relu, leaky-relu[:SLOPE], sigmoid, identity", "sample", file, "--hidden-activation", "gelu");
        Refused(1, $"{Run}/weights.safetensors: its metadata generator_activation is tanh, not relu; leave --hidden-activation out", "sample", Run, "--hidden-activation", "relu");
        Assert.That(Gpugan.Run("sample", Run, "--hidden-activation", "tanh", "-n", "1").ExitCode, Is.Zero);
    }

    [Test]
    public void Rounded_weights_are_told_beside_the_rows()
    {
        string file = folder["double.safetensors"];
        byte[] bytes = Files.SafetensorsBytes.Of(
            """{"weight":{"dtype":"F64","shape":[1,1],"data_offsets":[0,8]},"bias":{"dtype":"F64","shape":[1],"data_offsets":[8,16]}}""", 16);
        BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - 16), 0.1);
        BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - 8), 0.5);
        File.WriteAllBytes(file, bytes);
        Gpugan run = Gpugan.Run("sample", file, "-n", "1");
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, $"note: 1 of the 2 weights of {file} are finer than float32; they are rounded\n")));
        float latent = GeneratedSamples.Prior(seed: 0, rows: 1, new Kernels.Networks.Network(1, 1)).Values[0];
        Assert.That(CsvDataReader.Parse("output", run.Output, new CsvOptions()).Table.ToDataSet().Values[0], Is.EqualTo(MathF.FusedMultiplyAdd(0.1f, latent, 0.5f)));
    }

    [Test]
    public void A_pipe_that_is_closed_ends_the_rows_and_is_no_error()
    {
        using ClosedPipe output = new();
        using StringWriter error = new();
        ExitCode exitCode = CommandLine.Run(["sample", Run, "-n", "700000000"], output, error);
        Assert.That((exitCode, $"{error}"), Is.EqualTo((ExitCode.Done, "")));
    }

    [Test]
    public void Another_failure_of_the_output_is_an_error()
    {
        using ClosedPipe output = new(code: 28);
        using StringWriter error = new();
        Assert.That(CommandLine.Run(["sample", Run, "-n", "100000"], output, error), Is.EqualTo(ExitCode.Failed));
        Assert.That($"{error}", Does.Match(@"\Agpugan: .*\n\z"));
    }

    [Test]
    public void Other_files_are_told()
    {
        Refused(1, "no-such.safetensors: no such file or folder", "sample", "no-such.safetensors");
        string text = folder.Write("text", "hello");
        Refused(1, $"{text}: 5 bytes are too few for a safetensors file", "sample", text);
        string foreign = folder["foreign.safetensors"];
        File.WriteAllBytes(foreign, Files.SafetensorsBytes.Counting([], "w:1"));
        Refused(
            1,
            $"{foreign}: tensor 'w' is of no chain of linear layers; a generator has 0.weight, 0.bias, 2.weight, … as nn.Sequential names them, " +
            "or generator.0.weight, … beside another network",
            "sample",
            foreign);
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

    // Takes some rows, and fails then.
    private sealed class ClosedPipe(int code = 32) : StringWriter
    {
        public override void Write(char[] buffer, int index, int count)
        {
            if (GetStringBuilder().Length > 10_000)
            {
                throw new IOException("Broken pipe", code);
            }

            base.Write(buffer, index, count);
        }
    }
}
