using System.Diagnostics;
using System.Runtime.Intrinsics;
using GpuGan.Kernels.Training;

namespace GpuGan.Runner.Benchmarks;

/// <summary>Fused multiply-adds: those of a training, and as many as the cores can do.</summary>
internal static class MultiplyAdds
{
    private const int Rounds = 2_000_000, Chained = 12, Attempts = 3;

    /// <summary>Those of the matrix products of a step with an update of each network; activations, losses and optimisers are not counted.</summary>
    /// <remarks>
    /// The discriminator passes real and fake rows forward, their derivatives back, and multiplies both for its gradient; then the fake ones forward
    /// and back once more. The generator makes the rows, passes back, and multiplies.
    /// </remarks>
    public static double OfStep(TrainingSettings settings)
    {
        static double Weights(Kernels.Networks.Network network) => network.Layers.Sum(layer => (double)layer.Inputs * layer.Outputs);
        return settings.BatchSize * ((8 * Weights(settings.Discriminator)) + (3 * Weights(settings.Generator)));
    }

    /// <summary>What the cores reach together, in multiply-adds a second: the best of some tries, each of chains that wait for nothing.</summary>
    /// <param name="threads">How many cores.</param>
    public static double Peak(int threads)
    {
        double best = 0;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            using Barrier begin = new(threads);
            double[] seconds = new double[threads];
            float[] sums = new float[threads]; // Kept, or nothing would be computed.
            Thread[] workers = [.. Enumerable.Range(0, threads).Select(worker => new Thread(() =>
            {
                begin.SignalAndWait();
                long start = Stopwatch.GetTimestamp();
                sums[worker] = Chains(Rounds);
                seconds[worker] = Stopwatch.GetElapsedTime(start).TotalSeconds;
            }))];
            foreach (Thread thread in workers)
            {
                thread.Start();
            }

            foreach (Thread thread in workers)
            {
                thread.Join();
            }

            best = Math.Max(best, threads * (double)Rounds * Chained * Lanes / seconds.Max());
        }

        return best;
    }

    private static int Lanes => Vector512.IsHardwareAccelerated ? Vector512<float>.Count : Vector256.IsHardwareAccelerated ? Vector256<float>.Count : Vector128<float>.Count;

    private static float Chains(int rounds) => Vector512.IsHardwareAccelerated ? Chains512(rounds) : Chains256(rounds);

    // Twelve chains: as many as hide the latency of two multiply-adds a cycle.
    private static float Chains512(int rounds)
    {
        Vector512<float> x = Vector512.Create(0.999f), y = Vector512.Create(1e-3f);
        Vector512<float> a = y, b = y, c = y, d = y, e = y, f = y, g = y, h = y, i = y, j = y, k = y, l = y;
        for (int round = 0; round < rounds; round++)
        {
            a = Vector512.FusedMultiplyAdd(a, x, y);
            b = Vector512.FusedMultiplyAdd(b, x, y);
            c = Vector512.FusedMultiplyAdd(c, x, y);
            d = Vector512.FusedMultiplyAdd(d, x, y);
            e = Vector512.FusedMultiplyAdd(e, x, y);
            f = Vector512.FusedMultiplyAdd(f, x, y);
            g = Vector512.FusedMultiplyAdd(g, x, y);
            h = Vector512.FusedMultiplyAdd(h, x, y);
            i = Vector512.FusedMultiplyAdd(i, x, y);
            j = Vector512.FusedMultiplyAdd(j, x, y);
            k = Vector512.FusedMultiplyAdd(k, x, y);
            l = Vector512.FusedMultiplyAdd(l, x, y);
        }

        return Vector512.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }

    private static float Chains256(int rounds)
    {
        Vector256<float> x = Vector256.Create(0.999f), y = Vector256.Create(1e-3f);
        Vector256<float> a = y, b = y, c = y, d = y, e = y, f = y, g = y, h = y, i = y, j = y, k = y, l = y;
        for (int round = 0; round < rounds; round++)
        {
            a = Vector256.FusedMultiplyAdd(a, x, y);
            b = Vector256.FusedMultiplyAdd(b, x, y);
            c = Vector256.FusedMultiplyAdd(c, x, y);
            d = Vector256.FusedMultiplyAdd(d, x, y);
            e = Vector256.FusedMultiplyAdd(e, x, y);
            f = Vector256.FusedMultiplyAdd(f, x, y);
            g = Vector256.FusedMultiplyAdd(g, x, y);
            h = Vector256.FusedMultiplyAdd(h, x, y);
            i = Vector256.FusedMultiplyAdd(i, x, y);
            j = Vector256.FusedMultiplyAdd(j, x, y);
            k = Vector256.FusedMultiplyAdd(k, x, y);
            l = Vector256.FusedMultiplyAdd(l, x, y);
        }

        return Vector256.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }
}
