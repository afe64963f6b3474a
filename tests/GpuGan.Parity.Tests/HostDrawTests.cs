using System.Runtime.InteropServices;
using System.Security.Cryptography;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Networks.Initializers;
using GpuGan.Kernels.Training;

namespace GpuGan.Parity.Tests;

/// <summary>What the host draws, and no device: known answers, the same on every machine.</summary>
public sealed class HostDrawTests
{
    [TestCase(0ul, "c6ca34869392a078214ddf68fc8ffff02f5fc5a15f3d5f0e66d9fbe76ebb9342")]
    [TestCase(ulong.MaxValue, "cbd332ae39e8429abe0273f4e95271b6b0387497727010de7ac3fa2cecc46e48")]
    public void Initial_weights_have_the_bits_that_they_have_everywhere(ulong seed, string expected) =>
        Assert.That(Sha256(InitialWeights.Draw(new Network(2, 3, 2), new Network(2, 5, 3, 1), default(NormalInitializer), seed, 0.02f)), Is.EqualTo(expected));

    [TestCase(0ul, "9d5f7e09f4312e7e60451da77bfe8e5f927c29def8ddc748fee7cca498ee6dcc")]
    [TestCase(ulong.MaxValue, "86dcaf17c231fbac3f472c9b3b53a46a707f6cbad215d16b90d44cdfeddaf8e1")]
    public void The_chapters_data_have_the_bits_that_they_have_everywhere(ulong seed, string expected) =>
        Assert.That(Sha256(Gaussian.Chapter.Sample(seed, rows: 1001).Values), Is.EqualTo(expected));

    [TestCase(0ul, "026a25a84dc2b385442204239ae87aaff2f89834d457e21c8590fe12f6b6ff48")]
    [TestCase(ulong.MaxValue, "66c11470f24f260668b1e3f20576033a426f3f12d679580420588e7ebaed07c3")]
    public void The_rows_of_the_evaluation_have_the_bits_that_they_have_everywhere(ulong seed, string expected) =>
        Assert.That(Sha256(GeneratedSamples.Prior(seed, rows: 1001, new Network(3, 2)).Values), Is.EqualTo(expected));

    private static string Sha256(float[] values) => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(values.AsSpan())));
}
