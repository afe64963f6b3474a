using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Tests.Examples;

/// <summary>The example that the READMEs quote is a program that runs.</summary>
[TestFixture]
[NonParallelizable]
public class TrainOneTests
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
    public void It_trains_the_GAN_that_the_other_engine_trains()
    {
        TrainingSettings settings = new() { Seed = 7, LrG = 0.01 };
        using Device device = Device.Open("cpu");
        using CompiledTrainer trainer = new(new CompiledKernels(device, settings, Gaussian.Chapter.Sample(7, 1000)), [settings]);
        trainer.Train(settings.Epochs * trainer.StepsPerEpoch, withLosses: false);
        Assert.That(Program.Run("TrainOne"), Has.Member($"weights_sha256 {trainer.ReadParameters()[0].Sha256}"));
    }
}
