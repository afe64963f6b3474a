using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GpuGan.Kernels.Training.Losses;

namespace GpuGan.Kernels.Tiled;

/// <summary>A loss of rows, in whole vectors; its sum is for others, row by row.</summary>
internal interface ILossPass
{
    /// <summary>What the discriminator's phase takes back.</summary>
    /// <param name="real">Logits of real rows, in whole vectors.</param>
    /// <param name="fake">Those of the fake rows of the same places.</param>
    /// <param name="smoothing">Share of the label 0 in the labels of the real rows.</param>
    /// <param name="scale">Factor of each derivative.</param>
    /// <param name="ofReal">Overwritten.</param>
    /// <param name="ofFake">Overwritten.</param>
    void Derivatives(ReadOnlySpan<float> real, ReadOnlySpan<float> fake, float smoothing, float scale, Span<float> ofReal, Span<float> ofFake);

    /// <summary>What the generator's phase takes back.</summary>
    void GeneratorDerivatives(ReadOnlySpan<float> real, ReadOnlySpan<float> fake, float scale, Span<float> derivatives);

    /// <summary>The discriminator's loss of real and of fake rows.</summary>
    void Values(ReadOnlySpan<float> real, ReadOnlySpan<float> fake, float smoothing, Span<float> ofReal, Span<float> ofFake);

    /// <summary>The generator's loss.</summary>
    void GeneratorValues(ReadOnlySpan<float> real, ReadOnlySpan<float> fake, Span<float> values);
}

/// <inheritdoc cref="ILossPass"/>
internal sealed class LossPass<TNumbers, TWords, TVectors, TLoss> : ILossPass
    where TVectors : IVectors<TNumbers, TWords>
    where TLoss : struct, ILoss
{
    private static VectorOperations<TNumbers, TWords, TVectors> O => default;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Derivatives(ReadOnlySpan<float> real, ReadOnlySpan<float> fake, float smoothing, float scale, Span<float> ofReal, Span<float> ofFake)
    {
        TNumbers factor = O.Constant(scale), share = O.Constant(smoothing);
        for (int i = 0; i < ofReal.Length; i += TVectors.Count)
        {
            TNumbers a = Load(real, i), b = Load(fake, i);
            TNumbers derivative = smoothing != 0
                ? SmoothedLabels.Derivative(default(TLoss), a, b, share, O)
                : default(TLoss).RealDerivative(a, b, O);
            Store(O.Multiply(derivative, factor), ofReal, i);
            Store(O.Multiply(default(TLoss).FakeDerivative(a, b, O), factor), ofFake, i);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void GeneratorDerivatives(ReadOnlySpan<float> real, ReadOnlySpan<float> fake, float scale, Span<float> derivatives)
    {
        TNumbers factor = O.Constant(scale);
        for (int i = 0; i < derivatives.Length; i += TVectors.Count)
        {
            Store(O.Multiply(default(TLoss).GeneratorDerivative(Load(real, i), Load(fake, i), O), factor), derivatives, i);
        }
    }

    /// <inheritdoc/>
    public void Values(ReadOnlySpan<float> real, ReadOnlySpan<float> fake, float smoothing, Span<float> ofReal, Span<float> ofFake)
    {
        if (smoothing != 0)
        {
            SmoothedValues(real, fake, smoothing, ofReal);
        }
        else
        {
            RealValues(real, fake, ofReal);
        }

        FakeValues(real, fake, ofFake);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void GeneratorValues(ReadOnlySpan<float> real, ReadOnlySpan<float> fake, Span<float> values)
    {
        for (int i = 0; i < values.Length; i += TVectors.Count)
        {
            Store(default(TLoss).GeneratorValue(Load(real, i), Load(fake, i), O), values, i);
        }
    }

    // One formula to a method: the compiler stops inlining where there is too much.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RealValues(ReadOnlySpan<float> real, ReadOnlySpan<float> fake, Span<float> values)
    {
        for (int i = 0; i < values.Length; i += TVectors.Count)
        {
            Store(default(TLoss).RealValue(Load(real, i), Load(fake, i), O), values, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FakeValues(ReadOnlySpan<float> real, ReadOnlySpan<float> fake, Span<float> values)
    {
        for (int i = 0; i < values.Length; i += TVectors.Count)
        {
            Store(default(TLoss).FakeValue(Load(real, i), Load(fake, i), O), values, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SmoothedValues(ReadOnlySpan<float> real, ReadOnlySpan<float> fake, float smoothing, Span<float> values)
    {
        for (int i = 0; i < values.Length; i += TVectors.Count)
        {
            Store(SmoothedLabels.Value(default(TLoss), Load(real, i), Load(fake, i), O.Constant(smoothing), O), values, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TNumbers Load(ReadOnlySpan<float> source, int i) => TVectors.Load(ref MemoryMarshal.GetReference(source.Slice(i, TVectors.Count)), 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(TNumbers numbers, Span<float> target, int i) => TVectors.Store(numbers, ref MemoryMarshal.GetReference(target.Slice(i, TVectors.Count)), 0);
}
