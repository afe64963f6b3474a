using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Networks.Initializers;

namespace GpuGan.Kernels.Tests.Networks;

[TestFixture]
public class InitialWeightsTests
{
    [Test]
    public void Weights_are_normal_and_biases_zero()
    {
        Network generator = new(2, 2), discriminator = new(100, 200, 1);
        float[] parameters = InitialWeights.Draw(generator, discriminator, default(NormalInitializer), seed: 5, standardDeviation: 0.02f);
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
        Network generator = new(2, 2);
        float[] small = InitialWeights.Draw(generator, new Network(2, 1), default(NormalInitializer), 1, 1), large = InitialWeights.Draw(generator, new Network(2, 9, 1), default(NormalInitializer), 1, 1);
        Assert.That(Bits.Of(large[..8]), Is.EqualTo(Bits.Of(small[..8])));
    }

    /// <summary>PyTorch's bounds and deviations: a uniform variate's variance is a third of its bound's square.</summary>
    [TestCase("xavier", 0.109545, 0.06325, true)]
    [TestCase("he", double.PositiveInfinity, 0.1, true)]
    [TestCase("normal-biases", double.PositiveInfinity, 0.1, false)]
    [TestCase("pytorch", 0.070711, 0.040825, false)]
    public void Known_initialisations_have_their_bounds_and_deviations(string word, double bound, double deviation, bool areBiasesZero)
    {
        Network generator = new(2, 2), discriminator = new(200, 300, 1);
        float[] all = InitialWeights.Draw(generator, discriminator, InitializerTable.All.Parse(word), seed: 5, standardDeviation: word == "normal-biases" ? 0.1f : 7);
        float[] weights = all[generator.ParameterCount..(generator.ParameterCount + 60_000)], biases = all[(generator.ParameterCount + 60_000)..][..300];
        Assert.Multiple(() =>
        {
            Assert.That(weights.Max(Math.Abs), Is.InRange(double.IsFinite(bound) ? 0.99 * bound : 0.3, double.IsFinite(bound) ? bound : 0.6));
            Assert.That(Math.Sqrt(weights.Average(weight => (double)weight * weight)), Is.EqualTo(deviation).Within(4 * deviation / Math.Sqrt(60_000)));
            Assert.That(biases.All(bias => bias == 0), Is.EqualTo(areBiasesZero));
        });
    }
}
