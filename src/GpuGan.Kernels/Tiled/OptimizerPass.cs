using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Training.Optimizers;

namespace GpuGan.Kernels.Tiled;

/// <summary>Some parameters of a network with all that is kept of them.</summary>
internal readonly ref struct OptimizedNumbers
{
    /// <summary>The weights and biases.</summary>
    public required Span<float> Parameters { get; init; }

    /// <summary>Their gradients.</summary>
    public required ReadOnlySpan<float> Gradients { get; init; }

    /// <summary>The first word that is kept of each; empty where none is.</summary>
    public required Span<float> First { get; init; }

    /// <summary>The second.</summary>
    public required Span<float> Second { get; init; }

    /// <summary>The third.</summary>
    public required Span<float> Third { get; init; }

    /// <summary>The averages; empty where there are none.</summary>
    public required Span<float> Averages { get; init; }
}

/// <summary>An optimiser, with the clamp and the average behind it.</summary>
internal interface IOptimizerPass
{
    /// <summary>One step of each parameter.</summary>
    /// <param name="numbers">Updated.</param>
    /// <param name="common">What all parameters share.</param>
    /// <param name="clip">What they are clamped to, on both sides of zero; 0 for nothing.</param>
    /// <param name="averageTaken">How much of a parameter the average takes.</param>
    /// <returns>Whether all are finite.</returns>
    bool Move(OptimizedNumbers numbers, OptimizerStep<float> common, float clip, float averageTaken);
}

/// <inheritdoc cref="IOptimizerPass"/>
internal sealed class OptimizerPass<TNumbers, TWords, TVectors, TOptimizer> : IOptimizerPass
    where TVectors : IVectors<TNumbers, TWords>
    where TOptimizer : struct, IOptimizer
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Move(OptimizedNumbers numbers, OptimizerStep<float> common, float clip, float averageTaken)
    {
        VectorOperations<TNumbers, TWords, TVectors> o = default;
        OptimizerStep<TNumbers> shared = new(
            o.Constant(common.LearningRate),
            o.Constant(common.StepSize),
            o.Constant(common.FirstCorrection),
            o.Constant(common.SecondCorrection),
            o.Constant(common.OneMinusBeta1),
            o.Constant(common.OneMinusBeta2),
            o.Constant(common.Epsilon),
            o.Constant(common.Momentum),
            o.Constant(common.IsFirst));
        TNumbers bound = o.Constant(clip), taken = o.Constant(averageTaken), zero = o.Constant(0);

        // 0 times a number that is not finite is NaN, and stays.
        TNumbers finite = zero;
        int i = 0;
        for (; i <= numbers.Parameters.Length - TVectors.Count; i += TVectors.Count)
        {
            OptimizerState<TNumbers> state = default(TOptimizer).Move(
                new(Load(numbers.Parameters, i), Word(numbers.First, i, zero), Word(numbers.Second, i, zero), Word(numbers.Third, i, zero)), Load(numbers.Gradients, i), shared, o);
            TNumbers updated = clip == 0 ? state.Parameter : WeightClip.Clamp(state.Parameter, bound, o);
            finite = o.Fma(updated, zero, finite);
            Store(updated, numbers.Parameters, i);
            Keep(state.First, numbers.First, i);
            Keep(state.Second, numbers.Second, i);
            Keep(state.Third, numbers.Third, i);
            if (!numbers.Averages.IsEmpty)
            {
                Store(ParameterAverage.Next(Load(numbers.Averages, i), updated, taken, o), numbers.Averages, i);
            }
        }

        Span<float> lanes = stackalloc float[TVectors.Count];
        Store(finite, lanes, 0);
        return Rest(numbers, i, common, clip, averageTaken) && !lanes.ContainsAnyExcept(0f);
    }

    /// <summary>Those that fill no vector.</summary>
    private static bool Rest(OptimizedNumbers numbers, int first, OptimizerStep<float> common, float clip, float averageTaken)
    {
        DeviceOperations o = default;
        bool areFinite = true;
        for (int i = first; i < numbers.Parameters.Length; i++)
        {
            OptimizerState<float> state = default(TOptimizer).Move(
                new(numbers.Parameters[i], Word(numbers.First, i), Word(numbers.Second, i), Word(numbers.Third, i)), numbers.Gradients[i], common, o);
            float updated = clip == 0 ? state.Parameter : WeightClip.Clamp(state.Parameter, clip, o);
            areFinite &= float.IsFinite(updated);
            numbers.Parameters[i] = updated;
            Keep(state.First, numbers.First, i);
            Keep(state.Second, numbers.Second, i);
            Keep(state.Third, numbers.Third, i);
            if (!numbers.Averages.IsEmpty)
            {
                numbers.Averages[i] = ParameterAverage.Next(numbers.Averages[i], updated, averageTaken, o);
            }
        }

        return areFinite;

        static float Word(ReadOnlySpan<float> words, int i) => words.IsEmpty ? 0 : words[i];

        static void Keep(float word, Span<float> words, int i)
        {
            if (!words.IsEmpty)
            {
                words[i] = word;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TNumbers Word(ReadOnlySpan<float> words, int i, TNumbers zero) => words.IsEmpty ? zero : Load(words, i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Keep(TNumbers word, Span<float> words, int i)
    {
        if (!words.IsEmpty)
        {
            Store(word, words, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TNumbers Load(ReadOnlySpan<float> source, int i) => TVectors.Load(ref MemoryMarshal.GetReference(source.Slice(i, TVectors.Count)), 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(TNumbers numbers, Span<float> target, int i) => TVectors.Store(numbers, ref MemoryMarshal.GetReference(target.Slice(i, TVectors.Count)), 0);
}
