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

    // Where there are no vectors of 8, .NET makes them of two.
    private static bool Has512 => Vector512.IsHardwareAccelerated;

    private static int Lanes => Has512 ? Vector512<float>.Count : Vector256<float>.Count;

    private static float Chains(int rounds) => Has512 ? Chains<Vector512<float>, Fused512>(rounds) : Chains<Vector256<float>, Fused256>(rounds);

    // Twelve chains: as many as hide the latency of two multiply-adds a cycle.
    private static float Chains<T, TFused>(int rounds)
        where TFused : struct, IFused<T>
    {
        T x = TFused.Create(0.999f), y = TFused.Create(1e-3f);
        T a = y, b = y, c = y, d = y, e = y, f = y, g = y, h = y, i = y, j = y, k = y, l = y;
        for (int round = 0; round < rounds; round++)
        {
            a = TFused.MultiplyAdd(a, x, y);
            b = TFused.MultiplyAdd(b, x, y);
            c = TFused.MultiplyAdd(c, x, y);
            d = TFused.MultiplyAdd(d, x, y);
            e = TFused.MultiplyAdd(e, x, y);
            f = TFused.MultiplyAdd(f, x, y);
            g = TFused.MultiplyAdd(g, x, y);
            h = TFused.MultiplyAdd(h, x, y);
            i = TFused.MultiplyAdd(i, x, y);
            j = TFused.MultiplyAdd(j, x, y);
            k = TFused.MultiplyAdd(k, x, y);
            l = TFused.MultiplyAdd(l, x, y);
        }

        return TFused.Sum(a) + TFused.Sum(b) + TFused.Sum(c) + TFused.Sum(d) + TFused.Sum(e) + TFused.Sum(f)
            + TFused.Sum(g) + TFused.Sum(h) + TFused.Sum(i) + TFused.Sum(j) + TFused.Sum(k) + TFused.Sum(l);
    }

    private interface IFused<T>
    {
        static abstract T Create(float value);

        static abstract T MultiplyAdd(T a, T b, T c);

        static abstract float Sum(T a);
    }

    private readonly struct Fused512 : IFused<Vector512<float>>
    {
        public static Vector512<float> Create(float value) => Vector512.Create(value);

        public static Vector512<float> MultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> c) => Vector512.FusedMultiplyAdd(a, b, c);

        public static float Sum(Vector512<float> a) => Vector512.Sum(a);
    }

    private readonly struct Fused256 : IFused<Vector256<float>>
    {
        public static Vector256<float> Create(float value) => Vector256.Create(value);

        public static Vector256<float> MultiplyAdd(Vector256<float> a, Vector256<float> b, Vector256<float> c) => Vector256.FusedMultiplyAdd(a, b, c);

        public static float Sum(Vector256<float> a) => Vector256.Sum(a);
    }
}
