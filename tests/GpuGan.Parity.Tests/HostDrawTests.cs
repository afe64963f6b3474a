using System.Runtime.InteropServices;
using System.Security.Cryptography;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Training;

namespace GpuGan.Parity.Tests;

/// <summary>What the host draws, and no device: known answers, the same on every machine.</summary>
public sealed class HostDrawTests
{
    [TestCase(0ul, "906a19f47869355aec36241f1b242654a89ade232349099aceba177c874ac970")]
    [TestCase(ulong.MaxValue, "1896a5196b3c9978668ed08d2d6e6f85851556c1bcd48518be481bdb1d03f950")]
    public void Initial_weights_have_the_bits_that_they_have_everywhere(ulong seed, string expected) =>
        Assert.That(Sha256(InitialWeights.Draw(new NetworkShape(2, 3, 2), new NetworkShape(2, 5, 3, 1), seed, 0.02f)), Is.EqualTo(expected));

    [TestCase(0ul, "e690fb50ebf9c442f4e70c14a8bd5d73fde41ca1cda28082a8bdee760b0ca976")]
    [TestCase(ulong.MaxValue, "3fbc3a461a30374eb751bf8d1ed296d9da5a197c66c2210e60a4b4908fc01715")]
    public void The_chapters_data_have_the_bits_that_they_have_everywhere(ulong seed, string expected) =>
        Assert.That(Sha256(Gaussian.Chapter.Sample(seed, rows: 1001).Values), Is.EqualTo(expected));

    [TestCase(0ul, "54af2846a0afd8648d6ddc2670b96c9f315777c81612ecc9500b680d4582f59d")]
    [TestCase(ulong.MaxValue, "2d3534149bd49e850f4e4762ad0be02b63c135169ff15418fe873d2961b59b31")]
    public void The_rows_of_the_evaluation_have_the_bits_that_they_have_everywhere(ulong seed, string expected) =>
        Assert.That(Sha256(GeneratedSamples.Prior(seed, rows: 1001, latentWidth: 3).Values), Is.EqualTo(expected));

    private static string Sha256(float[] values) => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(values.AsSpan())));
}
