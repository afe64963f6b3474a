using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Networks.Activations;

namespace GpuGan.Kernels.Tests.Networks;

/// <summary>Many rows at once come out as each does alone.</summary>
[TestFixture]
public class PerceptronTests
{
    [Test]
    public void Rows_have_the_bits_that_each_has_alone([Values(1, 7, 64, 65, 131)] int rows, [Values] bool hasBias)
    {
        Network network = new(3, 17, 5, 2) { Hidden = default(TanhActivation), Output = default(SigmoidActivation), HasBias = hasBias };
        System.Random random = new(rows);
        float[] parameters = Draw(network.ParameterCount), inputs = Draw(3 * rows), together = new float[2 * rows], alone = new float[2 * rows];
        Perceptron.Evaluate(network, parameters, inputs, together);
        for (int row = 0; row < rows; row++)
        {
            Perceptron.Evaluate(network, parameters, inputs.AsSpan(3 * row, 3), alone.AsSpan(2 * row, 2));
        }

        Assert.That(Array.ConvertAll(together, BitConverter.SingleToInt32Bits), Is.EqualTo(Array.ConvertAll(alone, BitConverter.SingleToInt32Bits)));

        float[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)((2 * random.NextDouble()) - 1))];
    }

    [Test]
    public void Rows_that_are_not_whole_are_refused() => Assert.That(
        () => Perceptron.Evaluate(new Network(2, 1), new float[3], new float[5], new float[2]),
        Throws.ArgumentException.With.Message.EqualTo("2-1 takes 3 parameters, and 2 inputs and 1 outputs for each row, not 3, 5 and 2"));
}
