using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Tests.Training;

[TestFixture]
public class GanParametersTests
{
    private static readonly GanParameters Parameters = new(
        new Network(1, 2), new Network(2, 3, 1), [.. Enumerable.Range(0, 17).Select(i => (float)i)]);

    [Test]
    public void Tensors_have_the_names_and_shapes_of_PyTorch()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Parameters.Tensors(LayerNumbering.Sequential).Select(tensor => tensor.Name), Is.EqualTo(new[]
            {
                "generator.0.weight", "generator.0.bias", "discriminator.0.weight", "discriminator.0.bias", "discriminator.2.weight", "discriminator.2.bias",
            }));
            Tensor[] tensors = [.. Parameters.Tensors(LayerNumbering.Layers)];
            Assert.That(tensors.Select(tensor => tensor.Name), Is.EqualTo(new[]
            {
                "generator.0.weight", "generator.0.bias", "discriminator.0.weight", "discriminator.0.bias", "discriminator.1.weight", "discriminator.1.bias",
            }));
            Assert.That(tensors.Select(tensor => string.Join('x', tensor.Shape)), Is.EqualTo(new[] { "2x1", "2", "3x2", "3", "1x3", "1" }));
            Assert.That(Bits.Of(tensors.SelectMany(tensor => tensor.Values.ToArray())), Is.EqualTo(Bits.Of(Parameters.Values)));
        });
    }

    [Test]
    public void The_checksum_is_that_of_the_little_endian_floats()
    {
        // sha256sum of the bytes 00 00 80 3f 00 00 00 c0: 1 and -2.
        GanParameters two = new(new Network(1, 1), new Network(1, 1), [1, -2, 0, 0]);
        byte[] bytes = [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0, 0];
        Assert.That(two.Sha256, Is.EqualTo(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes))));
    }

    [Test]
    public void A_wrong_number_of_values_is_refused() =>
        Assert.That(() => new GanParameters(Parameters.Generator, Parameters.Discriminator, new float[16]), Throws.ArgumentException);
}
