using System.Runtime.CompilerServices;
using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Random;

/// <summary>
/// Philox4x32-10 (Salmon, Moraes, Dror, Shaw: "Parallel Random Numbers: As Easy as 1, 2, 3", SC 2011): four random
/// words as a function of a counter and a key. Nothing is drawn "next", so any number can be drawn again alone.
/// </summary>
internal static class Philox
{
    private const int Rounds = 10;
    private const uint FirstMultiplier = 0xD2511F53;
    private const uint SecondMultiplier = 0xCD9E8D57;

    // The golden ratio and sqrt(3) - 1, as fractions of 2^32: Weyl sequences that change the key from round to round.
    private const uint FirstWeyl = 0x9E3779B9;
    private const uint SecondWeyl = 0xBB67AE85;

    /// <summary>Four random words.</summary>
    /// <param name="counter">Which four; <see cref="Streams"/> says what each word means.</param>
    /// <param name="keyLow">The seed's low half.</param>
    /// <param name="keyHigh">The seed's high half.</param>
    /// <param name="o">The operations.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<TWord> Words<TWord, TOps>(Quad<TWord> counter, TWord keyLow, TWord keyHigh, TOps o)
        where TOps : struct, IWordOperations<TWord>
    {
        TWord first = o.Word(FirstMultiplier);
        TWord second = o.Word(SecondMultiplier);
        TWord firstWeyl = o.Word(FirstWeyl);
        TWord secondWeyl = o.Word(SecondWeyl);
        Quad<TWord> x = counter;
        for (int round = 0; round < Rounds; round++)
        {
            x = new Quad<TWord>(
                o.ExclusiveOr(o.ExclusiveOr(o.MultiplyHigh(second, x.C), x.B), keyLow),
                o.MultiplyLow(second, x.C),
                o.ExclusiveOr(o.ExclusiveOr(o.MultiplyHigh(first, x.A), x.D), keyHigh),
                o.MultiplyLow(first, x.A));
            keyLow = o.AddWords(keyLow, firstWeyl);
            keyHigh = o.AddWords(keyHigh, secondWeyl);
        }

        return x;
    }
}

/// <summary>Four values.</summary>
/// <param name="A">The first.</param>
/// <param name="B">The second.</param>
/// <param name="C">The third.</param>
/// <param name="D">The fourth.</param>
internal readonly record struct Quad<T>(T A, T B, T C, T D);
