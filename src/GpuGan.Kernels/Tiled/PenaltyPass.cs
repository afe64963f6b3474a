using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GpuGan.Kernels.Tiled;

/// <summary>What the rows with a penalty give to the gradient, and the others as they are.</summary>
internal interface IPenaltyPass
{
    /// <summary>For piecewise linear activations: the delta is e d, and a weight's gradient the sum of <c>d (t + e a)</c>.</summary>
    /// <param name="block">Which units.</param>
    /// <param name="has"><c>[row]</c>, 1 where the row has a penalty, else 0.</param>
    /// <param name="ofLoss"><c>[row]</c>, e.</param>
    /// <param name="numbers">Of these units.</param>
    void Straight(UnitBlock block, ReadOnlySpan<float> has, ReadOnlySpan<float> ofLoss, PenaltyNumbers numbers);

    /// <summary>For others: the delta is m.</summary>
    /// <param name="block">Which units.</param>
    /// <param name="has"><c>[row]</c>, 1 where the row has a penalty, else 0.</param>
    /// <param name="bent">m.</param>
    /// <param name="deltas">Overwritten.</param>
    void Merge(UnitBlock block, ReadOnlySpan<float> has, ReadOnlySpan<float> bent, Span<float> deltas);
}

/// <summary>The numbers of some units, <c>[unit, row]</c>, by the names of the tangent pass.</summary>
internal readonly ref struct PenaltyNumbers
{
    /// <summary>a.</summary>
    public required ReadOnlySpan<float> Units { get; init; }

    /// <summary>d.</summary>
    public required ReadOnlySpan<float> Slopes { get; init; }

    /// <summary>t.</summary>
    public required ReadOnlySpan<float> Tangents { get; init; }

    /// <summary>The deltas of rows without a penalty; those of the others are filled.</summary>
    public required Span<float> Deltas { get; init; }

    /// <summary>Filled: the values of the gradient's terms.</summary>
    public required Span<float> TermValues { get; init; }

    /// <summary>Filled: what these are multiplied by.</summary>
    public required Span<float> TermDeltas { get; init; }
}

/// <inheritdoc cref="IPenaltyPass"/>
internal sealed class PenaltyPass<TNumbers, TWords, TVectors> : IPenaltyPass
    where TVectors : IVectors<TNumbers, TWords>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Straight(UnitBlock block, ReadOnlySpan<float> has, ReadOnlySpan<float> ofLoss, PenaltyNumbers numbers)
    {
        (block with { Units = 1 }).Require(has);
        (block with { Units = 1 }).Require(ofLoss);
        block.Require(numbers.Units);
        block.Require(numbers.Slopes);
        block.Require(numbers.Tangents);
        block.Require(numbers.Deltas);
        block.Require(numbers.TermValues);
        block.Require(numbers.TermDeltas);
        TNumbers zero = TVectors.Create(0);
        for (int unit = 0; unit < block.Units; unit++)
        {
            nint first = unit * (nint)block.Stride;
            for (int row = 0; row < block.Lanes; row += TVectors.Count)
            {
                TNumbers mask = TVectors.Load(ref MemoryMarshal.GetReference(has), row), e = TVectors.Load(ref MemoryMarshal.GetReference(ofLoss), row);
                nint i = first + row;
                TNumbers value = TVectors.Load(ref MemoryMarshal.GetReference(numbers.Units), i);
                TNumbers slope = TVectors.Load(ref MemoryMarshal.GetReference(numbers.Slopes), i);
                TNumbers delta = TVectors.Load(ref MemoryMarshal.GetReference(numbers.Deltas), i);
                TNumbers tangent = TVectors.Load(ref MemoryMarshal.GetReference(numbers.Tangents), i);
                TVectors.Store(TVectors.SelectLess(zero, mask, TVectors.Fma(e, value, tangent), value), ref MemoryMarshal.GetReference(numbers.TermValues), i);
                TVectors.Store(TVectors.SelectLess(zero, mask, slope, delta), ref MemoryMarshal.GetReference(numbers.TermDeltas), i);
                TVectors.Store(TVectors.SelectLess(zero, mask, TVectors.Multiply(e, slope), delta), ref MemoryMarshal.GetReference(numbers.Deltas), i);
            }
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Merge(UnitBlock block, ReadOnlySpan<float> has, ReadOnlySpan<float> bent, Span<float> deltas)
    {
        (block with { Units = 1 }).Require(has);
        block.Require(bent);
        block.Require(deltas);
        TNumbers zero = TVectors.Create(0);
        for (int unit = 0; unit < block.Units; unit++)
        {
            nint first = unit * (nint)block.Stride;
            for (int row = 0; row < block.Lanes; row += TVectors.Count)
            {
                TNumbers mask = TVectors.Load(ref MemoryMarshal.GetReference(has), row);
                nint i = first + row;
                TNumbers merged = TVectors.SelectLess(
                    zero, mask, TVectors.Load(ref MemoryMarshal.GetReference(bent), i), TVectors.Load(ref MemoryMarshal.GetReference(deltas), i));
                TVectors.Store(merged, ref MemoryMarshal.GetReference(deltas), i);
            }
        }
    }
}
