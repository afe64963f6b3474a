using System.Text.Json;

namespace GpuGan.Runner.Tests.Commands;

internal sealed class ReplayCommandTests
{
    private static string Reference(string name) => Path.Join(TestContext.CurrentContext.TestDirectory, "Reference", $"{name}.safetensors");

    // The chapter's has ten times as many steps; the others go the same way, and gpugan verify replays them all.
    [TestCase("chapter", 2500, Category = "Slow")]
    [TestCase("partial-batch", 130)]
    [TestCase("minimax", 250)]
    [TestCase("wide", 80)]
    public void The_recorded_trainings_hold_every_tolerance(string name, int steps)
    {
        Gpugan run = Gpugan.Run("replay", "--device", "cpu", Reference(name));
        Assert.Multiple(() =>
        {
            Assert.That(run.Error, Is.Empty);
            Assert.That(run.ExitCode, Is.Zero, run.Output);
            Assert.That(run.Output, Does.Contain("every tolerance holds"));
            Assert.That(run.Output, Does.Match($@"parity horizon: \d+ of {steps} steps"));
            Assert.That(run.Output, Does.Match(@"discriminator gradient +1 +\S+ +shown only"));
            Assert.That(run.Output, Does.Not.Contain("\u001b"), "plain text where there is no terminal");
        });
    }

    /// <summary>Games of other losses, penalties, optimisers and orders, by PyTorch's double backward; both engines.</summary>
    [TestCase("dirac", 300)]
    [TestCase("gradient-penalty", 100)]
    [TestCase("hinge", 100)]
    [TestCase("instance-noise", 100)]
    [TestCase("least-squares", 100)]
    [TestCase("momentum-simultaneous", 100)]
    [TestCase("optimistic-adam", 100)]
    [TestCase("optimistic-sgd", 100)]
    [TestCase("r1-tanh", 116)]
    [TestCase("relativistic-r1-r2", 100)]
    [TestCase("three-columns", 52)]
    [TestCase("wasserstein-clip", 104)]
    public void The_recorded_games_hold_every_tolerance_in_both_engines(string name, int steps)
    {
        Gpugan run = Gpugan.Run("replay", "--device", "cpu", Reference($"games/{name}"));
        Assert.Multiple(() =>
        {
            Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")), run.Output);
            Assert.That(run.Output, Does.Contain("every tolerance holds").And.Contain($"parity horizon: {steps} of {steps} steps"));
            Assert.That(run.Output, Does.Contain("compiled engine: the same losses and parameters, bit for bit"));
        });
    }

    [Test]
    public void A_tolerance_that_is_exceeded_is_a_disagreement()
    {
        using TemporaryFolder folder = new();
        Gpugan run = Gpugan.Run("replay", Change(folder, "partial-batch", "\"8e-6\"", "\"8e-9\""));
        Assert.That(run.ExitCode, Is.EqualTo(4));
        Assert.That(run.Output, Does.Contain("EXCEEDED").And.Contain("NOT within the tolerances"));
    }

    [Test]
    public void A_horizon_that_is_too_short_is_a_disagreement()
    {
        using TemporaryFolder folder = new();
        Gpugan run = Gpugan.Run("replay", Change(folder, "partial-batch", "\"least_horizon\": \"130\"", "\"least_horizon\": \"131\""));
        Assert.That(run.ExitCode, Is.EqualTo(4));
        Assert.That(run.Output, Does.Contain("parity horizon: 130 of 130 steps (at least 131)").And.Not.Contain("EXCEEDED"));
    }

    [Test]
    public void A_file_without_tolerances_gets_the_usual_ones_and_is_told_so()
    {
        using TemporaryFolder folder = new();
        string file = Change(folder, "partial-batch", "parameter_tolerance", "parameter_tolerancX", "loss_tolerance", "loss_tolerancX");
        Gpugan run = Gpugan.Run("replay", file);
        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Output, Does.Contain("held to 0.0005 for parameters and 0.00025 for losses up to step 400"));
    }

    [Test]
    public void Every_file_is_run_and_the_worst_exit_code_counts()
    {
        using TemporaryFolder folder = new();
        string exceeded = Change(folder, "partial-batch", "\"4e-6\"", "\"4e-9\"");
        Gpugan run = Gpugan.Run("replay", exceeded, "no-such.file", Reference("wide"));
        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(4));
            Assert.That(run.Error, Is.EqualTo("gpugan: no-such.file: no such file or folder\n"));
            Assert.That(run.Output, Does.Contain("generator 2-16-2").And.Contain("every tolerance holds").And.Contain("NOT within"));
        });
    }

    [TestCase("\"steps\": \"130\"", "\"steps\": \"131\"", "tensor 'noise' has the shape [130, 8, 2], not [131, 8, 2]")]
    [TestCase("\"steps\": \"130\"", "\"steps\": \"1x0\"", "metadata steps '1x0' is no whole number from 1 on")]
    [TestCase("\"steps\":", "\"stepX\":", "metadata steps is missing; it is no trace")]
    [TestCase("\"[2, 5, 3, 1]\"", "\"[2, 5, 4, 1]\"", "tensor 'init.discriminator.1.weight' has the shape [3, 5], not [4, 5]")]
    [TestCase("\"[2, 5, 3, 1]\"", "\"[2, 5, 3, 2]\"", "metadata discriminator 2-5-3-2 does not fit: its last width must be 1, the logit")]
    [TestCase("\"[2, 5, 3, 1]\"", "\"[2, 5, 3, 0]\"", "metadata discriminator '2-5-3-0' is refused: a width is 1 to 65536, not 0")]
    [TestCase("\"[2, 5, 3, 1]\"", "\"{2, 5, 3, 1]\"", "metadata discriminator '{2, 5, 3, 1]' is no list of whole numbers, such as [2, 5, 3, 1]")]
    [TestCase("\"tanh\"", "\"tanx\"", "metadata hidden_activation 'tanx' is none of tanh, relu, leaky-relu[:SLOPE], sigmoid, identity")]
    [TestCase("\"0.05\"", "\"1e99\"", "metadata lr_d 1E+99 is not a finite float32 number")]
    [TestCase("[1, 2, 3, 10, 13, 65, 130]", "[1, 2, 3, 10, 13, 65, 131]", "metadata kept_steps holds 131; steps are counted from 1 to 130")]
    [TestCase("[1, 2, 3, 10, 13, 65, 130]", "[1, 2, 3, 10, 13, 66, 130]", "has no tensor 'grad_d.66.discriminator.0.weight'")]
    [TestCase("\"loss_d\":", "\"loss_X\":", "has no tensor 'loss_d'")]
    public void A_file_that_is_no_trace_is_told_in_one_line(string from, string to, string problem)
    {
        using TemporaryFolder folder = new();
        string file = Change(folder, "partial-batch", from, to);
        Gpugan run = Gpugan.Run("replay", file);
        Assert.That(run.Error, Is.EqualTo($"gpugan: {file}: {problem}\n"));
        Assert.That(run.ExitCode, Is.EqualTo(1));
    }

    [Test]
    public void Data_that_are_not_finite_are_told()
    {
        using TemporaryFolder folder = new();
        byte[] bytes = File.ReadAllBytes(Reference("wide"));
        int header = BitConverter.ToInt32(bytes, 0);
        using JsonDocument tensors = JsonDocument.Parse(bytes.AsMemory(8, header));
        BitConverter.TryWriteBytes(bytes.AsSpan(8 + header + tensors.RootElement.GetProperty("data").GetProperty("data_offsets")[0].GetInt32()), float.NaN);
        File.WriteAllBytes(folder["nan"], bytes);
        Assert.That(Gpugan.Run("replay", folder["nan"]), Is.EqualTo(new Gpugan(1, "", $"gpugan: {folder["nan"]}: data holds numbers that are not finite\n")));
    }

    [Test]
    public void A_truncated_trace_is_told_in_one_line()
    {
        using TemporaryFolder folder = new();
        byte[] whole = File.ReadAllBytes(Reference("wide"));
        File.WriteAllBytes(folder["half"], whole[..(whole.Length / 2)]);
        Gpugan run = Gpugan.Run("replay", folder["half"]);
        Assert.That(run.Error, Does.Match(@"\Agpugan: .*half: is truncated: its tensors take \d+ bytes, \d+ are there\n\z"));
        Assert.That(run.ExitCode, Is.EqualTo(1));
    }

    [Test]
    public void Weights_are_no_trace()
    {
        using TemporaryFolder folder = new();
        Gpugan.Run("--rows", "8", "--epochs", "1", "--quiet", "--no-plots", "--out", folder["run"]);
        string file = folder["run/weights.safetensors"];
        Assert.That(SafetensorsFile.Read(file).Names, Is.Not.Empty);
        Assert.That(Gpugan.Run("replay", file).ExitCode, Is.EqualTo(1));
    }

    // Changes the header of a recorded training; what is put in is as long as what is taken out.
    private static string Change(TemporaryFolder folder, string name, params string[] fromTo)
    {
        string bytes = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(Reference(name)));
        foreach (string[] pair in fromTo.Chunk(2))
        {
            Assert.That(bytes.Contains(pair[0], StringComparison.Ordinal), pair[0]);
            Assert.That(pair[1], Has.Length.EqualTo(pair[0].Length));
            bytes = bytes.Replace(pair[0], pair[1], StringComparison.Ordinal);
        }

        string file = folder[$"{name}.safetensors"];
        File.WriteAllBytes(file, System.Text.Encoding.Latin1.GetBytes(bytes));
        return file;
    }
}
