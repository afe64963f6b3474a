using System.Runtime.CompilerServices;
using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Random;

/// <summary>
/// The order of the rows in an epoch: a permutation as a function of (seed, epoch), computed row by row without memory.
/// It is the swap-or-not shuffle (Hoang, Morris, Rogaway: "An Enciphering Scheme Based on a Card Shuffle", CRYPTO 2012):
/// each round pairs every number x with x' = (K - x) mod n, and exchanges a pair or leaves it, by a bit that both share.
/// </summary>
/// <remarks>
/// <para>
/// A round maps numbers one to one whatever its keys are, so all of them do, for any n. The bit is the top one of
/// a x x' + b modulo 2^32 with random words a, odd, and b: uniform, and independent for two pairs (multiply-shift
/// hashing; Dietzfelbinger, 1996). Two numbers keep their distance unless some round exchanges one of them alone: for
/// one pair in 2^<see cref="Rounds"/>, beyond what chance does.
/// </para>
/// <para>The keys of a round are the words of one call of <see cref="Philox"/>, counter (round, epoch, stream, 0), key the seed.</para>
/// </remarks>
internal static class RowOrder
{
    /// <summary>Number of rounds.</summary>
    public const int Rounds = 24;

    // x taken from 2^31 - 1 is x with its 31 bits turned, and 2^31 - 1 taken away again is 2^31 + 1 added, modulo 2^32.
    private const uint Most = 0x7fffffff, MinusMost = 0x80000001;

    /// <summary>The row that stands at a place.</summary>
    /// <param name="place">From 0 to <paramref name="rows"/> - 1.</param>
    /// <param name="rows">How many, from 1 to 2^31 - 1.</param>
    /// <param name="seedLow">The seed's low half.</param>
    /// <param name="seedHigh">The seed's high half.</param>
    /// <param name="epoch">Which epoch, from 0.</param>
    /// <param name="o">The operations.</param>
    public static TWord RowAt<TWord, TOps>(TWord place, TWord rows, TWord seedLow, TWord seedHigh, TWord epoch, TOps o)
        where TOps : struct, IWordOperations<TWord>
    {
        for (uint round = 0; round < Rounds; round++)
        {
            place = Exchange(place, rows, Keys(o.Word(round), rows, seedLow, seedHigh, epoch, o), o);
        }

        return place;
    }

    /// <summary>What decides a round.</summary>
    /// <param name="round">Which, from 0.</param>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="seedLow">The seed's low half.</param>
    /// <param name="seedHigh">The seed's high half.</param>
    /// <param name="epoch">Which epoch, from 0.</param>
    /// <param name="o">The operations.</param>
    public static RoundKeys<TWord> Keys<TWord, TOps>(TWord round, TWord rows, TWord seedLow, TWord seedHigh, TWord epoch, TOps o)
        where TOps : struct, IWordOperations<TWord>
    {
        var counter = new Quad<TWord>(round, epoch, o.Word((uint)StreamId.RowOrder), o.Word(0));
        Quad<TWord> words = Philox.Words(counter, seedLow, seedHigh, o);
        return new RoundKeys<TWord>(
            o.AddWords(o.MultiplyHigh(words.A, rows), o.Word(MinusMost)),
            o.AddWords(o.AddWords(words.B, words.B), o.Word(1)),
            words.C);
    }

    /// <summary>One round: the number itself, or its partner.</summary>
    /// <param name="x">From 0 to <paramref name="rows"/> - 1.</param>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="keys">The round's.</param>
    /// <param name="o">The operations.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TWord Exchange<TWord, TOps>(TWord x, TWord rows, RoundKeys<TWord> keys, TOps o)
        where TOps : struct, IWordOperations<TWord>
    {
        // K - x; where it is below zero, its top bit is set.
        TWord difference = o.AddWords(keys.Sum, o.ExclusiveOr(x, o.Word(Most)));
        TWord partner = o.AddWords(difference, o.MultiplyLow(o.ShiftRight(difference, 31), rows));
        TWord hash = o.AddWords(o.MultiplyLow(keys.Factor, o.MultiplyLow(x, partner)), keys.Summand);
        return o.ExclusiveOr(x, o.MultiplyLow(o.ShiftRight(hash, 31), o.ExclusiveOr(x, partner)));
    }
}

/// <summary>What decides a round of <see cref="RowOrder"/>.</summary>
/// <param name="Sum">K - (2^31 - 1), modulo 2^32.</param>
/// <param name="Factor">a, odd.</param>
/// <param name="Summand">b.</param>
internal readonly record struct RoundKeys<TWord>(TWord Sum, TWord Factor, TWord Summand);
