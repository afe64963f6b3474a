using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GpuGan.Kernels.Random;

namespace GpuGan.Kernels.Tiled;

/// <summary>Random numbers of a stream, a vector of blocks at a time.</summary>
internal interface IDraws
{
    /// <summary>Draws elements that follow each other.</summary>
    /// <param name="seed">The training's.</param>
    /// <param name="stream">What they are for.</param>
    /// <param name="step">Which step, from 0.</param>
    /// <param name="first">The first element.</param>
    /// <param name="numbers">Filled.</param>
    void Fill(ulong seed, StreamId stream, int step, int first, Span<float> numbers);
}

/// <inheritdoc cref="IDraws"/>
internal sealed class Draws<TNumbers, TWords, TVectors, TVariates> : IDraws
    where TVectors : IVectors<TNumbers, TWords>
    where TVariates : struct, IVariates
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(ulong seed, StreamId stream, int step, int first, Span<float> numbers)
    {
        VectorOperations<TNumbers, TWords, TVectors> o = default;
        TWords low = o.Word((uint)seed), high = o.Word((uint)(seed >> 32)), steps = o.Word((uint)step);
        int end = first + numbers.Length;
        Span<float> drawn = stackalloc float[Streams.BlockSize * TVectors.Count];
        for (int block = first / Streams.BlockSize; block * Streams.BlockSize < end; block += TVectors.Count)
        {
            Streams.Draw(default(TVariates), low, high, stream, steps, TVectors.Add(o.Word((uint)block), TVectors.Indices), o, out Quad<TNumbers> variates);
            ref float to = ref MemoryMarshal.GetReference(drawn);
            TVectors.Store(variates.A, ref to, 0);
            TVectors.Store(variates.B, ref to, TVectors.Count);
            TVectors.Store(variates.C, ref to, 2 * TVectors.Count);
            TVectors.Store(variates.D, ref to, 3 * TVectors.Count);
            int element = block * Streams.BlockSize;
            if (element >= first && element + drawn.Length <= end)
            {
                Transposed.Copy(drawn, TVectors.Count, Streams.BlockSize, TVectors.Count, numbers[(element - first)..], Streams.BlockSize);
                continue;
            }

            for (int i = Math.Max(element, first); i < Math.Min(element + drawn.Length, end); i++)
            {
                (int column, int row) = Math.DivRem(i - element, Streams.BlockSize);
                numbers[i - first] = drawn[(row * TVectors.Count) + column];
            }
        }
    }
}

/// <summary>The numbers of a recorded step, in the place of those that would be drawn.</summary>
/// <param name="recorded">From the step's first element on.</param>
internal sealed class RecordedDraws(float[] recorded) : IDraws
{
    /// <inheritdoc/>
    public void Fill(ulong seed, StreamId stream, int step, int first, Span<float> numbers) => recorded.AsSpan(first, numbers.Length).CopyTo(numbers);
}

/// <summary>The rows of a shuffled epoch, a vector of places at a time.</summary>
internal interface IShuffle
{
    /// <summary>The rows at places that follow each other.</summary>
    /// <param name="keys">Of each round.</param>
    /// <param name="rows">How many are shuffled.</param>
    /// <param name="first">The first place.</param>
    /// <param name="numbers">Filled, in whole vectors.</param>
    void Fill(ReadOnlySpan<RoundKeys<uint>> keys, int rows, int first, Span<uint> numbers);
}

/// <inheritdoc cref="IShuffle"/>
internal sealed class Shuffle<TNumbers, TWords, TVectors> : IShuffle
    where TVectors : IVectors<TNumbers, TWords>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(ReadOnlySpan<RoundKeys<uint>> keys, int rows, int first, Span<uint> numbers)
    {
        VectorOperations<TNumbers, TWords, TVectors> o = default;
        TWords all = o.Word((uint)rows);
        for (int i = 0; i < numbers.Length; i += TVectors.Count)
        {
            TWords place = TVectors.Add(o.Word((uint)(first + i)), TVectors.Indices);
            foreach (RoundKeys<uint> round in keys)
            {
                place = RowOrder.Exchange(place, all, new RoundKeys<TWords>(o.Word(round.Sum), o.Word(round.Factor), o.Word(round.Summand)), o);
            }

            TVectors.StoreWords(place, ref MemoryMarshal.GetReference(numbers.Slice(i, TVectors.Count)), 0);
        }
    }
}
