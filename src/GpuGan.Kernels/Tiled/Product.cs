using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GpuGan.Kernels.Tiled;

/// <summary>The shape of a <see cref="IProduct"/>, and how far apart its numbers lie.</summary>
/// <param name="Units">Rows of the result.</param>
/// <param name="Vectors">Columns of the result, in whole vectors.</param>
/// <param name="Terms">Of each sum.</param>
/// <param name="FactorUnit">From a factor to that of the next unit.</param>
/// <param name="FactorTerm">From a factor to that of the next term.</param>
/// <param name="TermStride">From the vectors of a term to those of the next.</param>
/// <param name="SumStride">From the sums of a unit to those of the next.</param>
internal readonly record struct ProductShape(int Units, int Vectors, int Terms, int FactorUnit, int FactorTerm, int TermStride, int SumStride);

/// <summary>
/// A matrix product, <c>sum[unit, lane] += factor[unit, term] * vector[term, lane]</c>: each sum is one chain of fused multiply-adds over its
/// terms in order, whatever the blocks are, so it has the bits of a plain loop. All three products of a training step are such ones:
/// <list type="table">
/// <item><term>forward</term><description>units are outputs, terms inputs, lanes rows; factors are weights</description></item>
/// <item><term>back</term><description>units are inputs, terms outputs, lanes rows; factors are weights</description></item>
/// <item><term>gradient</term><description>terms are rows; units are inputs and lanes outputs, or the other way</description></item>
/// </list>
/// </summary>
internal interface IProduct
{
    /// <summary>Lanes of a vector.</summary>
    int Lanes { get; }

    /// <summary>Computes the sums from their first terms on.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="factors">The factors.</param>
    /// <param name="vectors">The vectors.</param>
    /// <param name="first"><c>[unit]</c>, what each sum begins with; empty for zero.</param>
    /// <param name="sums">Overwritten.</param>
    void Begin(ProductShape shape, ReadOnlySpan<float> factors, ReadOnlySpan<float> vectors, ReadOnlySpan<float> first, Span<float> sums);

    /// <summary>Adds further terms.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="factors">The factors.</param>
    /// <param name="vectors">The vectors.</param>
    /// <param name="sums">Added to.</param>
    void Continue(ProductShape shape, ReadOnlySpan<float> factors, ReadOnlySpan<float> vectors, Span<float> sums);
}

/// <summary>
/// The product in blocks of up to 4 units and 3 vectors, whose 12 sums stay in registers: enough chains for the latency of two fused
/// multiply-adds a cycle, and 7 loads for 12 of them.
/// </summary>
internal sealed class Product<TNumbers, TWords, TVectors> : IProduct
    where TVectors : IVectors<TNumbers, TWords>
{
    private const int UnitsOfBlock = 4, VectorsOfBlock = 3;

    /// <summary>How many there are of something: a type, so that the compiler knows it.</summary>
    private interface ICount
    {
        static abstract int Value { get; }
    }

    /// <inheritdoc/>
    public int Lanes => TVectors.Count;

    /// <inheritdoc/>
    public void Begin(ProductShape shape, ReadOnlySpan<float> factors, ReadOnlySpan<float> vectors, ReadOnlySpan<float> first, Span<float> sums)
    {
        ReadOnlySpan<float> zero = [0];
        Require(shape, factors, vectors, sums);
        if (first.IsEmpty)
        {
            Blocks(shape, factors, vectors, ref MemoryMarshal.GetReference(zero), 0, ref MemoryMarshal.GetReference(sums));
        }
        else
        {
            Blocks(shape, factors, vectors, ref MemoryMarshal.GetReference(first[..shape.Units]), 1, ref MemoryMarshal.GetReference(sums));
        }
    }

    /// <inheritdoc/>
    public void Continue(ProductShape shape, ReadOnlySpan<float> factors, ReadOnlySpan<float> vectors, Span<float> sums)
    {
        Require(shape, factors, vectors, sums);
        Blocks(shape, factors, vectors, ref Unsafe.NullRef<float>(), 0, ref MemoryMarshal.GetReference(sums));
    }

    /// <summary>The blocks do not look: they take references.</summary>
    private static void Require(in ProductShape shape, ReadOnlySpan<float> factors, ReadOnlySpan<float> vectors, ReadOnlySpan<float> sums)
    {
        (int units, int count, int terms, int factorUnit, int factorTerm, int termStride, int sumStride) = shape;
        int lanes = count * TVectors.Count;
        ArgumentOutOfRangeException.ThrowIfLessThan(Math.Min(units, Math.Min(count, terms)), 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(factors.Length, ((units - 1) * factorUnit) + ((terms - 1) * factorTerm));
        ArgumentOutOfRangeException.ThrowIfLessThan(vectors.Length, ((terms - 1) * termStride) + lanes);
        ArgumentOutOfRangeException.ThrowIfLessThan(sums.Length, ((units - 1) * sumStride) + lanes);
    }

    private static void Blocks(in ProductShape shape, ReadOnlySpan<float> factors, ReadOnlySpan<float> vectors, ref float first, int firstStride, ref float sums)
    {
        // The vectors of a block stay in the first-level cache, the factors pass by.
        int done = 0;
        while (done < shape.Vectors)
        {
            int left = shape.Vectors - done;
            int count = left == VectorsOfBlock + 1 ? 2 : Math.Min(left, VectorsOfBlock);
            ref float from = ref Unsafe.Add(ref MemoryMarshal.GetReference(vectors), done * TVectors.Count);
            ref float to = ref Unsafe.Add(ref sums, done * TVectors.Count);
            switch (count)
            {
                case 1:
                    Column<One>(shape, ref MemoryMarshal.GetReference(factors), ref from, ref first, firstStride, ref to);
                    break;
                case 2:
                    Column<Two>(shape, ref MemoryMarshal.GetReference(factors), ref from, ref first, firstStride, ref to);
                    break;
                default:
                    Column<Three>(shape, ref MemoryMarshal.GetReference(factors), ref from, ref first, firstStride, ref to);
                    break;
            }

            done += count;
        }
    }

    private static void Column<TCount>(in ProductShape shape, ref float factors, ref float vectors, ref float first, int firstStride, ref float sums)
        where TCount : ICount
    {
        int whole = shape.Units / UnitsOfBlock, unit = whole * UnitsOfBlock;
        if (whole > 0)
        {
            Block<TCount, Four>(whole, shape, ref factors, ref vectors, ref first, firstStride, ref sums);
        }

        ref float factor = ref Unsafe.Add(ref factors, unit * (nint)shape.FactorUnit);
        ref float sum = ref Unsafe.Add(ref sums, unit * (nint)shape.SumStride);
        ref float begin = ref First(ref first, unit * firstStride);
        switch (shape.Units - unit)
        {
            case 1:
                Block<TCount, One>(1, shape, ref factor, ref vectors, ref begin, firstStride, ref sum);
                break;
            case 2:
                Block<TCount, Two>(1, shape, ref factor, ref vectors, ref begin, firstStride, ref sum);
                break;
            case 3:
                Block<TCount, Three>(1, shape, ref factor, ref vectors, ref begin, firstStride, ref sum);
                break;
            default:
                break;
        }

        static ref float First(ref float first, int offset) => ref Unsafe.IsNullRef(ref first) ? ref first : ref Unsafe.Add(ref first, offset);
    }

    /// <summary>Sums <c>s[unit][vector]</c> in registers; conditions on the counts are decided when it is compiled.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block<TCount, TUnits>(int blocks, in ProductShape shape, ref float factors, ref float vectors, ref float first, int firstStride, ref float sums)
        where TCount : ICount
        where TUnits : ICount
    {
        int terms = shape.Terms;
        nint stride = shape.SumStride, unit = shape.FactorUnit, factorTerm = shape.FactorTerm, termStride = shape.TermStride, lanes = TVectors.Count;
        bool isContinued = Unsafe.IsNullRef(ref first);
        for (; blocks > 0; blocks--)
        {
            TNumbers s00, s01 = default!, s02 = default!, s10 = default!, s11 = default!, s12 = default!;
            TNumbers s20 = default!, s21 = default!, s22 = default!, s30 = default!, s31 = default!, s32 = default!;
            if (isContinued)
            {
                s00 = TVectors.Load(ref sums, 0);
                s01 = TCount.Value > 1 ? TVectors.Load(ref sums, lanes) : default!;
                s02 = TCount.Value > 2 ? TVectors.Load(ref sums, 2 * lanes) : default!;
                if (TUnits.Value > 1)
                {
                    s10 = TVectors.Load(ref sums, stride);
                    s11 = TCount.Value > 1 ? TVectors.Load(ref sums, stride + lanes) : default!;
                    s12 = TCount.Value > 2 ? TVectors.Load(ref sums, stride + (2 * lanes)) : default!;
                }

                if (TUnits.Value > 2)
                {
                    s20 = TVectors.Load(ref sums, 2 * stride);
                    s21 = TCount.Value > 1 ? TVectors.Load(ref sums, (2 * stride) + lanes) : default!;
                    s22 = TCount.Value > 2 ? TVectors.Load(ref sums, (2 * stride) + (2 * lanes)) : default!;
                }

                if (TUnits.Value > 3)
                {
                    s30 = TVectors.Load(ref sums, 3 * stride);
                    s31 = TCount.Value > 1 ? TVectors.Load(ref sums, (3 * stride) + lanes) : default!;
                    s32 = TCount.Value > 2 ? TVectors.Load(ref sums, (3 * stride) + (2 * lanes)) : default!;
                }
            }
            else
            {
                s00 = s01 = s02 = TVectors.Create(first);
                if (TUnits.Value > 1)
                {
                    s10 = s11 = s12 = TVectors.Create(Unsafe.Add(ref first, firstStride));
                }

                if (TUnits.Value > 2)
                {
                    s20 = s21 = s22 = TVectors.Create(Unsafe.Add(ref first, 2 * firstStride));
                }

                if (TUnits.Value > 3)
                {
                    s30 = s31 = s32 = TVectors.Create(Unsafe.Add(ref first, 3 * firstStride));
                }
            }

            ref float factorOf = ref factors, vector = ref vectors;
            for (int term = terms; term > 0; term--)
            {
                TNumbers v0 = TVectors.Load(ref vector, 0);
                TNumbers v1 = TCount.Value > 1 ? TVectors.Load(ref vector, lanes) : default!;
                TNumbers v2 = TCount.Value > 2 ? TVectors.Load(ref vector, 2 * lanes) : default!;
                TNumbers factor = TVectors.Create(factorOf);
                s00 = TVectors.Fma(factor, v0, s00);
                s01 = TCount.Value > 1 ? TVectors.Fma(factor, v1, s01) : s01;
                s02 = TCount.Value > 2 ? TVectors.Fma(factor, v2, s02) : s02;
                if (TUnits.Value > 1)
                {
                    factor = TVectors.Create(Unsafe.Add(ref factorOf, unit));
                    s10 = TVectors.Fma(factor, v0, s10);
                    s11 = TCount.Value > 1 ? TVectors.Fma(factor, v1, s11) : s11;
                    s12 = TCount.Value > 2 ? TVectors.Fma(factor, v2, s12) : s12;
                }

                if (TUnits.Value > 2)
                {
                    factor = TVectors.Create(Unsafe.Add(ref factorOf, 2 * unit));
                    s20 = TVectors.Fma(factor, v0, s20);
                    s21 = TCount.Value > 1 ? TVectors.Fma(factor, v1, s21) : s21;
                    s22 = TCount.Value > 2 ? TVectors.Fma(factor, v2, s22) : s22;
                }

                if (TUnits.Value > 3)
                {
                    factor = TVectors.Create(Unsafe.Add(ref factorOf, 3 * unit));
                    s30 = TVectors.Fma(factor, v0, s30);
                    s31 = TCount.Value > 1 ? TVectors.Fma(factor, v1, s31) : s31;
                    s32 = TCount.Value > 2 ? TVectors.Fma(factor, v2, s32) : s32;
                }

                factorOf = ref Unsafe.Add(ref factorOf, factorTerm);
                vector = ref Unsafe.Add(ref vector, termStride);
            }

            Store<TCount>(s00, s01, s02, ref sums);
            if (TUnits.Value > 1)
            {
                Store<TCount>(s10, s11, s12, ref Unsafe.Add(ref sums, stride));
            }

            if (TUnits.Value > 2)
            {
                Store<TCount>(s20, s21, s22, ref Unsafe.Add(ref sums, 2 * stride));
            }

            if (TUnits.Value > 3)
            {
                Store<TCount>(s30, s31, s32, ref Unsafe.Add(ref sums, 3 * stride));
            }

            factors = ref Unsafe.Add(ref factors, TUnits.Value * unit);
            sums = ref Unsafe.Add(ref sums, TUnits.Value * stride);
            if (!isContinued)
            {
                first = ref Unsafe.Add(ref first, TUnits.Value * (nint)firstStride);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TCount>(TNumbers s0, TNumbers s1, TNumbers s2, ref float sums)
        where TCount : ICount
    {
        TVectors.Store(s0, ref sums, 0);
        if (TCount.Value > 1)
        {
            TVectors.Store(s1, ref sums, TVectors.Count);
        }

        if (TCount.Value > 2)
        {
            TVectors.Store(s2, ref sums, 2 * TVectors.Count);
        }
    }

    private readonly struct One : ICount
    {
        public static int Value => 1;
    }

    private readonly struct Two : ICount
    {
        public static int Value => 2;
    }

    private readonly struct Three : ICount
    {
        public static int Value => 3;
    }

    private readonly struct Four : ICount
    {
        public static int Value => 4;
    }
}
