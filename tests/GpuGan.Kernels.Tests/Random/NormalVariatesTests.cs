using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Random;
using MathNet.Numerics;

namespace GpuGan.Kernels.Tests.Random;

/// <remarks>
/// The seeds are fixed, so the tests always say the same. Each statistic is held to the bounds that a right generator
/// leaves once in a thousand seeds (alpha = 0.001, two-sided).
/// </remarks>
public sealed class NormalVariatesTests
{
    private const int Count = 1_000_000;
    private const double StandardErrors = 3.29;

    // Kolmogorov's distribution: exceeded with probability 0.001, times 1 / sqrt(n).
    private const double LargestKolmogorovDistance = 1.95;

    [TestCase(0ul)]
    [TestCase(1ul)]
    [TestCase(0x123456789abcdeful)]
    public void A_million_variates_of_one_step_are_normal(ulong seed)
    {
        float[] variates = new float[Count];
        Streams.Fill(seed, StreamId.Data, step: 0, variates);
        AssertNormal(variates);
    }

    [Test]
    public void The_noise_of_many_steps_is_normal()
    {
        const int PerStep = 16;
        float[] variates = new float[Count];
        for (int step = 0; step < Count / PerStep; step++)
        {
            Streams.Fill(7, StreamId.Noise, (uint)step, variates.AsSpan(step * PerStep, PerStep));
        }

        AssertNormal(variates);
    }

    [Test]
    public void The_first_variates_of_many_seeds_are_normal()
    {
        float[] variates = new float[Count];
        for (int seed = 0; seed < Count; seed++)
        {
            Streams.Fill((ulong)seed, StreamId.InitialWeights, step: 0, variates.AsSpan(seed, 1));
        }

        AssertNormal(variates);
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    [TestCase(7)]
    public void Neighbours_are_not_correlated(int distance)
    {
        float[] variates = new float[Count];
        Streams.Fill(3, StreamId.Noise, step: 0, variates);
        double sum = 0;
        for (int i = distance; i < Count; i++)
        {
            sum += (double)variates[i] * variates[i - distance];
        }

        // The standard error of a correlation of independent variates is 1 / sqrt(n).
        Assert.That(sum / (Count - distance), Is.Zero.Within(StandardErrors / Math.Sqrt(Count)));
    }

    [Test]
    public void The_words_of_the_ends_give_finite_variates_of_the_stated_magnitude()
    {
        const double Largest = 6.01;
        foreach (uint radius in (ReadOnlySpan<uint>)[0, 0xff, 0x100, 0xffffff00, uint.MaxValue])
        {
            foreach (uint angle in (ReadOnlySpan<uint>)[0, 0x40000000, 0x80000000, 0xc0000000, uint.MaxValue])
            {
                NormalVariates.BoxMuller(radius, angle, default(DeviceOperations), out float x, out float y);
                Assert.That(Math.Sqrt(((double)x * x) + ((double)y * y)), Is.InRange(0, Largest));
            }
        }

        NormalVariates.BoxMuller(0u, 0u, default(DeviceOperations), out float farthest, out _);
        Assert.That(farthest, Is.EqualTo(Math.Sqrt(2 * 26 * Math.Log(2))).Within(1e-5), "sqrt(-2 log 2^-26)");
    }

    private static void AssertNormal(float[] variates)
    {
        double n = variates.Length;
        double[] sorted = Array.ConvertAll(variates, x => (double)x);
        Array.Sort(sorted);
        double distance = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            double probability = SpecialFunctions.Erfc(-sorted[i] / Math.Sqrt(2)) / 2;
            distance = Math.Max(distance, Math.Max(probability - (i / n), ((i + 1) / n) - probability));
        }

        Assert.That(distance, Is.InRange(0, LargestKolmogorovDistance / Math.Sqrt(n)), "Kolmogorov and Smirnov's distance");

        // Standard errors of the moments of a normal sample.
        double mean = sorted.Average();
        double Central(int power) => sorted.Average(x => Math.Pow(x - mean, power));
        double variance = Central(2);
        Assert.That(mean, Is.Zero.Within(StandardErrors / Math.Sqrt(n)), "mean");
        Assert.That(variance, Is.EqualTo(1).Within(StandardErrors * Math.Sqrt(2 / n)), "variance");
        Assert.That(Central(3) / Math.Pow(variance, 1.5), Is.Zero.Within(StandardErrors * Math.Sqrt(6 / n)), "skewness");
        Assert.That(Central(4) / Math.Pow(variance, 2), Is.EqualTo(3).Within(StandardErrors * Math.Sqrt(24 / n)), "kurtosis");
    }
}
