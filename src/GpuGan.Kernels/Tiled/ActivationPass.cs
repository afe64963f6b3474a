using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GpuGan.Kernels.Networks.Activations;

namespace GpuGan.Kernels.Tiled;

/// <summary>A rectangle of units: some of them, and of each some rows, in whole vectors.</summary>
/// <param name="Units">How many.</param>
/// <param name="Lanes">Rows, rounded up to whole vectors.</param>
/// <param name="Stride">From unit to unit.</param>
internal readonly record struct UnitBlock(int Units, int Lanes, int Stride)
{
    /// <summary>Refuses numbers that are too few for it.</summary>
    public void Require(ReadOnlySpan<float> numbers) => ArgumentOutOfRangeException.ThrowIfLessThan(numbers.Length, ((Units - 1) * Stride) + Lanes);
}

/// <summary>An activation and its derivatives, for all units of a layer.</summary>
internal interface IActivationPass
{
    /// <summary>Makes pre-activations activations.</summary>
    void Apply(UnitBlock block, Span<float> units, float coefficient);

    /// <summary>Multiplies by the derivative.</summary>
    /// <param name="block">Which units.</param>
    /// <param name="units">Their activations.</param>
    /// <param name="sums">What is multiplied.</param>
    /// <param name="products">Overwritten; may be the sums.</param>
    /// <param name="coefficient">The activation's.</param>
    void MultiplyByDerivative(UnitBlock block, ReadOnlySpan<float> units, ReadOnlySpan<float> sums, Span<float> products, float coefficient);

    /// <summary>The second pass back of a penalty: <c>m = f'(s) sum + f''(s) r u</c>.</summary>
    /// <param name="block">Which units.</param>
    /// <param name="units">Their activations.</param>
    /// <param name="pretangents">r.</param>
    /// <param name="slopes">u.</param>
    /// <param name="sums">Made m.</param>
    /// <param name="coefficient">The activation's.</param>
    void Bend(UnitBlock block, ReadOnlySpan<float> units, ReadOnlySpan<float> pretangents, ReadOnlySpan<float> slopes, Span<float> sums, float coefficient);
}

/// <inheritdoc cref="IActivationPass"/>
internal sealed class ActivationPass<TNumbers, TWords, TVectors, TActivation> : IActivationPass
    where TVectors : IVectors<TNumbers, TWords>
    where TActivation : struct, IActivation
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(UnitBlock block, Span<float> units, float coefficient)
    {
        block.Require(units);
        VectorOperations<TNumbers, TWords, TVectors> o = default;
        TNumbers factor = o.Constant(coefficient);
        for (int unit = 0; unit < block.Units; unit++)
        {
            ref float first = ref Unsafe.Add(ref MemoryMarshal.GetReference(units), unit * (nint)block.Stride);
            for (int i = 0; i < block.Lanes; i += TVectors.Count)
            {
                TVectors.Store(default(TActivation).Value(TVectors.Load(ref first, i), factor, o), ref first, i);
            }
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void MultiplyByDerivative(UnitBlock block, ReadOnlySpan<float> units, ReadOnlySpan<float> sums, Span<float> products, float coefficient)
    {
        block.Require(units);
        block.Require(sums);
        block.Require(products);
        VectorOperations<TNumbers, TWords, TVectors> o = default;
        TNumbers factor = o.Constant(coefficient);
        for (int unit = 0; unit < block.Units; unit++)
        {
            nint first = unit * (nint)block.Stride;
            for (nint i = first; i < first + block.Lanes; i += TVectors.Count)
            {
                TNumbers derivative = default(TActivation).Derivative(TVectors.Load(ref MemoryMarshal.GetReference(units), i), factor, o);
                TNumbers product = o.Multiply(TVectors.Load(ref MemoryMarshal.GetReference(sums), i), derivative);
                TVectors.Store(product, ref MemoryMarshal.GetReference(products), i);
            }
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Bend(UnitBlock block, ReadOnlySpan<float> units, ReadOnlySpan<float> pretangents, ReadOnlySpan<float> slopes, Span<float> sums, float coefficient)
    {
        block.Require(units);
        block.Require(pretangents);
        block.Require(slopes);
        block.Require(sums);
        VectorOperations<TNumbers, TWords, TVectors> o = default;
        TNumbers factor = o.Constant(coefficient);
        for (int unit = 0; unit < block.Units; unit++)
        {
            nint first = unit * (nint)block.Stride;
            for (nint i = first; i < first + block.Lanes; i += TVectors.Count)
            {
                TNumbers value = TVectors.Load(ref MemoryMarshal.GetReference(units), i);
                TNumbers second = default(TActivation).SecondDerivative(value, factor, o);
                TNumbers bent = o.Multiply(
                    o.Multiply(second, TVectors.Load(ref MemoryMarshal.GetReference(pretangents), i)), TVectors.Load(ref MemoryMarshal.GetReference(slopes), i));
                TNumbers derivative = default(TActivation).Derivative(value, factor, o);
                TVectors.Store(o.Fma(derivative, TVectors.Load(ref MemoryMarshal.GetReference(sums), i), bent), ref MemoryMarshal.GetReference(sums), i);
            }
        }
    }
}
