using GpuGan.Kernels.Devices;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Networks.Activations;
using GpuGan.Kernels.Stepwise;
using GpuGan.Kernels.Training;
using GpuGan.Kernels.Training.Losses;

namespace GpuGan.Kernels.Tests.Stepwise;

/// <summary>The gradients of the first step against central differences of the losses in float64.</summary>
[TestFixture]
public class GradientTests
{
    // A gradient is a sum of rows through at most four layers: a few dozen roundings of 6e-8 each, relative to the
    // largest summand. What cancels is covered by the absolute part, for gradients of about 1.
    private const double Relative = 2e-5, Absolute = 4e-6;

    private static readonly string[][] Shapes = [["2-2", "2-5-3-1"], ["3-4-2", "2-6-1"], ["2-5-4-3-3", "3-7-5-4-1"]];

    private Device device = null!;

    [OneTimeSetUp]
    public void OpenDevice() => device = Device.Open("cpu");

    [OneTimeTearDown]
    public void CloseDevice() => device.Dispose();

    [Test]
    public void Gradients_of_the_first_step_are_those_of_central_differences(
        [ValueSource(typeof(GameWords), nameof(GameWords.Activations))] string activation,
        [ValueSource(typeof(GameWords), nameof(GameWords.Losses))] string loss,
        [Values("none", "r1", "r2", "gradient_penalty", "all")] string penalty)
    {
        for (int network = 0; network < Shapes.Length; network++)
        {
            foreach (int batch in (int[])[1, 5])
            {
                AssertGradients(activation, loss, penalty, network, batch);
            }
        }
    }

    private void AssertGradients(string activation, string loss, string penalty, int network, int batch)
    {
        TrainingSettings settings = new TrainingSettings
        {
            Generator = Network.Parse(Shapes[network][0]),
            Discriminator = Network.Parse(Shapes[network][1]),
            Loss = LossTable.All.Parse(loss),
            LabelSmoothing = penalty == "all" && LossTable.All.Parse(loss).TakesLabels ? 0.1 : 0,
            R1 = penalty is "r1" or "all" ? 0.7 : 0,
            R2 = penalty is "r2" or "all" ? 0.4 : 0,
            GradientPenalty = penalty is "gradient_penalty" or "all" ? 0.9 : 0,
            BatchSize = batch,
        }.WithActivation(ActivationTable.All.Parse(activation));
        System.Random random = new(1 + network);
        GanParameters initial = new(
            settings.Generator, settings.Discriminator, Numbers(random, settings.Generator.ParameterCount + settings.Discriminator.ParameterCount, 0.6));
        DataSet data = new(Numbers(random, batch * settings.Generator.Outputs, 1), settings.Generator.Outputs);
        float[] noise = Numbers(random, batch * settings.Generator.Inputs, 1);
        float[] mix = settings.GradientPenalty == 0 ? [] : [.. Enumerable.Range(0, batch).Select(_ => random.NextSingle())];

        using StepwiseTrainer trainer = new(device, settings, data, initial);
        (float lossD, float lossG) = trainer.TrainStep(noise, stepMix: mix);
        GanParameters gradients = trainer.ReadGradients();
        GanParameters after = trainer.ReadParameters();

        // The generator's gradient goes through the updated discriminator.
        ReferenceGan gan = new(settings);
        double[] ofG = Doubles(initial.GeneratorValues), ofD = Doubles(initial.DiscriminatorValues), updatedD = Doubles(after.DiscriminatorValues);
        double[][] real = Rows(data.Values, data.Columns), latent = Rows(noise, settings.Generator.Inputs);
        string what = $"{settings.Discriminator}, batch of {batch}";
        Assert.Multiple(() =>
        {
            Assert.That(lossD, Is.EqualTo(gan.LossD(ofG, ofD, real, latent)).Within(4e-6), $"{what}: loss_d");
            Assert.That(lossG, Is.EqualTo(gan.LossG(ofG, updatedD, real, latent)).Within(4e-6), $"{what}: loss_g");
            AssertClose(
                gradients.DiscriminatorValues,
                ReferenceGan.Gradient(ofD, d => gan.LossD(ofG, d, real, latent) + gan.Penalty(ofG, d, real, latent, Doubles(mix))),
                $"discriminator, {what}");
            AssertClose(gradients.GeneratorValues, ReferenceGan.Gradient(ofG, g => gan.LossG(g, updatedD, real, latent)), $"generator, {what}");
        });
    }

    private static void AssertClose(ReadOnlySpan<float> gradient, double[] expected, string network)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.That(gradient[i], Is.EqualTo(expected[i]).Within(Absolute + (Relative * Math.Abs(expected[i]))), $"parameter {i} of the {network}");
        }
    }

    private static float[] Numbers(System.Random random, int count, double scale) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)(scale * ((2 * random.NextDouble()) - 1)))];

    private static double[] Doubles(ReadOnlySpan<float> values) => Array.ConvertAll(values.ToArray(), value => (double)value);

    private static double[][] Rows(float[] values, int columns) => [.. Doubles(values).Chunk(columns)];
}
