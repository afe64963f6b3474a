using GpuGan.Kernels.Networks;

namespace GpuGan.Kernels.Tests.Networks;

[TestFixture]
public class InitialWeightsTests
{
    [Test]
    public void Weights_are_normal_and_biases_zero()
    {
        NetworkShape generator = new(2, 2), discriminator = new(100, 200, 1);
        float[] parameters = InitialWeights.Draw(generator, discriminator, seed: 5, standardDeviation: 0.02f);
        Layer first = discriminator.Layers[0];
        ReadOnlySpan<float> weights = parameters.AsSpan(generator.ParameterCount, 20_000);
        double sum = 0, squares = 0;
        foreach (float weight in weights)
        {
            sum += weight;
            squares += (double)weight * weight;
        }

        // Four standard errors of 20,000 draws.
        Assert.Multiple(() =>
        {
            Assert.That(sum / 20_000, Is.Zero.Within(4 * 0.02 / Math.Sqrt(20_000)));
            Assert.That(Math.Sqrt(squares / 20_000), Is.EqualTo(0.02).Within(4 * 0.02 / Math.Sqrt(40_000)));
            Assert.That(parameters[4..6], Is.All.Zero);
            Assert.That(parameters.AsSpan(generator.ParameterCount + first.BiasOffset, first.Outputs).ToArray(), Is.All.Zero);
            Assert.That(parameters[^1], Is.Zero);
        });
    }

    [Test]
    public void An_activation_does_not_change_the_draw_of_another_network()
    {
        // An element is a parameter's index, so a longer discriminator leaves the first weights as they were.
        NetworkShape generator = new(2, 2);
        float[] small = InitialWeights.Draw(generator, new NetworkShape(2, 1), 1, 1), large = InitialWeights.Draw(generator, new NetworkShape(2, 9, 1), 1, 1);
        Assert.That(Bits.Of(large[..8]), Is.EqualTo(Bits.Of(small[..8])));
    }
}
