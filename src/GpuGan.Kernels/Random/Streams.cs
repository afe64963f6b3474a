using System.Runtime.CompilerServices;
using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Random;

/// <summary>What random numbers are drawn for: each purpose has numbers of its own under the same seed.</summary>
internal enum StreamId : uint
{
    /// <summary>The rows of a data set.</summary>
    Data = 0,

    /// <summary>The initial weights; an element is a parameter's index, the generator's before the discriminator's.</summary>
    InitialWeights = 1,

    /// <summary>The latent rows of a training step.</summary>
    Noise = 2,

    /// <summary>What a trained GAN is judged by: its step 0 the latent rows of the generator, 1 real rows, 2 the latent rows of the discriminator, 3 other real rows, 4 the choice among rows of a file, 5 the permutations of the energy distance.</summary>
    Evaluation = 3,

    /// <summary>What is chosen at random for the points of a sweep; an element is a point, a step a setting.</summary>
    Sweep = 4,

    /// <summary>The order of the rows in an epoch; an element is a round of <see cref="Random.RowOrder"/>, a step an epoch.</summary>
    RowOrder = 5,

    /// <summary>What is added to the rows that the discriminator sees in a training step: the real ones, then the generated ones.</summary>
    InputNoise = 6,

    /// <summary>Where between a real and a generated row the gradient penalty of a training step is taken; an element is a row.</summary>
    Mix = 7,

    /// <summary>The uniform number of a row that is drawn from a distribution; an element is a row, with a call of <see cref="Philox"/> to itself.</summary>
    Choice = 8,
}

/// <summary>
/// Standard normal variates as a function of (seed, stream, step, element). The element is
/// <c>row * width + unit</c>; each call of <see cref="Philox"/> makes the four of a block, <c>element / 4</c>.
/// </summary>
/// <remarks>
/// <list type="table">
/// <listheader><term>word of the counter</term><description>what it holds</description></listheader>
/// <item><term>0</term><description>element / 4</description></item>
/// <item><term>1</term><description>step, from 0; outside training 0, but for <see cref="StreamId.Evaluation"/></description></item>
/// <item><term>2</term><description><see cref="StreamId"/></description></item>
/// <item><term>3</term><description>0; for <see cref="StreamId.Choice"/> the stream that the row's normal variates are of</description></item>
/// </list>
/// The key is the 64-bit seed, its low half first.
/// </remarks>
internal static class Streams
{
    /// <summary>Number of elements that one block holds.</summary>
    public const int BlockSize = 4;

    /// <summary>The four numbers of a block.</summary>
    /// <param name="numbers">Which kind.</param>
    /// <param name="seedLow">The seed's low half.</param>
    /// <param name="seedHigh">The seed's high half.</param>
    /// <param name="stream">What the numbers are for.</param>
    /// <param name="step">Which step, from 0.</param>
    /// <param name="block">Which four elements.</param>
    /// <param name="o">The operations.</param>
    /// <param name="variates">Elements <c>4 block</c> to <c>4 block + 3</c>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Draw<TVariates, T, TWord, TOps>(
        TVariates numbers, TWord seedLow, TWord seedHigh, StreamId stream, TWord step, TWord block, TOps o, out Quad<T> variates)
        where TVariates : struct, IVariates
        where TOps : struct, IOperations<T>, IWordOperations<TWord>, IConversions<TWord, T> =>
        numbers.Of(Words(seedLow, seedHigh, stream, step, block, o.Word(0), o), o, out variates);

    /// <summary>The four words of a counter, as the table has it.</summary>
    /// <param name="seedLow">The seed's low half.</param>
    /// <param name="seedHigh">The seed's high half.</param>
    /// <param name="stream">What the numbers are for.</param>
    /// <param name="step">Which step, from 0.</param>
    /// <param name="first">The counter's first word.</param>
    /// <param name="last">Its last one.</param>
    /// <param name="o">The operations.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<TWord> Words<TWord, TOps>(TWord seedLow, TWord seedHigh, StreamId stream, TWord step, TWord first, TWord last, TOps o)
        where TOps : struct, IWordOperations<TWord> =>
        Philox.Words(new Quad<TWord>(first, step, o.Word((uint)stream), last), seedLow, seedHigh, o);

    /// <summary>The uniform number of a row, from 0 to below 1, a multiple of 2^-24: the upper 24 bits of its call's first word.</summary>
    /// <param name="seedLow">The seed's low half.</param>
    /// <param name="seedHigh">The seed's high half.</param>
    /// <param name="stream">Which stream the row's normal variates are of: rows of other streams have other numbers.</param>
    /// <param name="step">Which step of it, from 0.</param>
    /// <param name="row">Which row.</param>
    /// <param name="o">The operations.</param>
    /// <param name="number">The number.</param>
    public static void Choice<T, TWord, TOps>(TWord seedLow, TWord seedHigh, StreamId stream, TWord step, TWord row, TOps o, out T number)
        where TOps : struct, IOperations<T>, IWordOperations<TWord>, IConversions<TWord, T>
    {
        number = UniformNumbers.Of<T, TWord, TOps>(Words(seedLow, seedHigh, StreamId.Choice, step, row, o.Word((uint)stream), o).A, o);
    }

    /// <summary>A number from 0 to below 1, a multiple of 2^-53: the first two words of the counter's four, on the host.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="stream">What the number is for.</param>
    /// <param name="step">Which step, from 0.</param>
    /// <param name="element">Which element; each has a call of <see cref="Philox"/> to itself.</param>
    public static double Uniform(ulong seed, StreamId stream, uint step, uint element)
    {
        Quad<uint> words = Words((uint)seed, (uint)(seed >> 32), stream, step, element, 0u, default(DeviceOperations));
        return ((((ulong)words.A << 32) | words.B) >> 11) * (1.0 / (1L << 53));
    }

    /// <summary>Fills an array with elements of a stream that follow each other, on the host.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="stream">What the numbers are for.</param>
    /// <param name="step">Which step, from 0.</param>
    /// <param name="elements">Filled.</param>
    /// <param name="firstBlock">The block that the first element begins.</param>
    /// <param name="isUniform">Whether they are uniform in [-1, 1), not standard normal.</param>
    public static void Fill(ulong seed, StreamId stream, uint step, Span<float> elements, uint firstBlock = 0, bool isUniform = false)
    {
        if (isUniform)
        {
            Fill(default(SignedUniformNumbers), seed, stream, step, elements, firstBlock);
        }
        else
        {
            Fill(default(NormalNumbers), seed, stream, step, elements, firstBlock);
        }
    }

    private static void Fill<TVariates>(TVariates numbers, ulong seed, StreamId stream, uint step, Span<float> elements, uint firstBlock)
        where TVariates : struct, IVariates
    {
        for (int block = 0; block * BlockSize < elements.Length; block++)
        {
            Draw(numbers, (uint)seed, (uint)(seed >> 32), stream, step, firstBlock + (uint)block, default(DeviceOperations), out Quad<float> four);
            ReadOnlySpan<float> variates = [four.A, four.B, four.C, four.D];
            Span<float> target = elements[(block * BlockSize)..];
            variates[..Math.Min(BlockSize, target.Length)].CopyTo(target);
        }
    }
}
