using System.Globalization;
using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Tests.Examples;

/// <summary>The examples are programs that run, and the one that the READMEs quote is short.</summary>
[TestFixture]
[NonParallelizable]
public class ExamplesTests
{
    private static readonly string Folder = Path.Join(AppContext.BaseDirectory, "Examples");

    [TestCase("README.md")]
    [TestCase("README.package.md")]
    public void A_README_quotes_the_example(string readme)
    {
        string example = File.ReadAllText(Path.Join(Folder, "TrainOne.cs"));
        Assert.That(File.ReadAllText(Path.Join(Folder, readme)), Does.Contain($"```csharp\n{example}```\n"));
    }

    [Test]
    public void The_quoted_one_has_a_dozen_lines() => Assert.That(File.ReadAllLines(Path.Join(Folder, "TrainOne.cs")), Has.Length.InRange(1, 12));

    [Test]
    public void A_thousand_are_trained_on_two_devices()
    {
        string last = Program.Run("Thousand")[^1];
        Assert.That(last, Does.EndWith(" of 1000 converged"));
        Assert.That(int.Parse(last.Split(' ')[0], CultureInfo.InvariantCulture), Is.InRange(100, 900));
    }

    [Test]
    public void Rows_of_an_array_come_back_in_their_units()
    {
        string[] lines = Program.Run("OwnData");
        Assert.That(lines[..3], Is.All.Match(@"^height 1\.\d\d, weight \d\d$"));
        Assert.That(lines[3], Does.StartWith("converged True"));
    }

    [Test]
    public void It_trains_the_GAN_that_the_other_engine_trains()
    {
        TrainingSettings settings = new() { Seed = 7, LrG = 0.01 };
        using Device device = Device.Open("cpu");
        using CompiledTrainer trainer = new(new CompiledKernels(device, settings, Gaussian.Chapter.Sample(7, 1000)), [settings]);
        trainer.Train(settings.Epochs * trainer.StepsPerEpoch, withLosses: false);
        Assert.That(Program.Run("TrainOne"), Has.Member($"weights_sha256 {trainer.ReadParameters()[0].Sha256}"));
    }
}
