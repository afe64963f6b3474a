using GpuGan.Kernels.Compiled;
using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Stepwise;
using GpuGan.Kernels.Tests.Examples;
using GpuGan.Kernels.Tiled;
using GpuGan.Kernels.Training;
using OwnGame;

namespace GpuGan.Kernels.Tests.Training;

/// <summary>The loss, the activation, the optimiser and the distribution of an example, with no word in any table, in all engines.</summary>
[TestFixture]
public class OwnGameTests
{
    private const int Rows = 21;

    [Test]
    [NonParallelizable]
    public void The_example_comes_to_the_same_by_both_engines()
    {
        string[] lines = Program.Run("OwnGame");
        Assert.That(lines, Has.Length.EqualTo(3));
        Assert.That(lines[0], Does.StartWith("weights_sha256 ").And.EqualTo(lines[1]));
    }

    [Test]
    public void A_game_of_ones_own_is_the_same_in_all_engines([Values(0, 0.3)] double penalty)
    {
        TrainingSettings settings = new TrainingSettings
        {
            Generator = new Network(2, 4, 2),
            Discriminator = new Network(2, 5, 3, 1),
            Loss = default(FisherLoss),
            DOptimizer = default(SignDescent),
            R1 = penalty,
            InitStd = 0.5,
            Epochs = 3,
            LrD = 0.01,
        }.WithActivation(new SoftSign(2));
        using Device device = Device.Open("cpu");
        DataSet data = Gaussian.Chapter.Sample(seed: 3, Rows);
        using StepwiseTrainer stepwise = new(device, settings, data);
        using CompiledTrainer compiled = new(new CompiledKernels(device, settings, data), [settings]);
        using TiledTrainer tiled = new(device, settings, data);
        EpochLosses last = null!, ofTiled = null!;
        for (int epoch = 0; epoch < settings.Epochs; epoch++)
        {
            last = stepwise.TrainEpoch();
            ofTiled = tiled.TrainEpoch();
        }

        compiled.Train(settings.Epochs * compiled.StepsPerEpoch, withLosses: true);
        Assert.Multiple(() =>
        {
            Assert.That(compiled.ReadParameters()[0].Sha256, Is.EqualTo(stepwise.ReadParameters().Sha256));
            Assert.That(Bits.Of(compiled.ReadLosses()[0]), Is.EqualTo(Bits.Of(last)));
            Assert.That(tiled.ReadParameters().Sha256, Is.EqualTo(stepwise.ReadParameters().Sha256));
            Assert.That(Bits.Of(ofTiled), Is.EqualTo(Bits.Of(last)));
            Assert.That(stepwise.ReadParameters().AllFinite);
        });
    }
}
