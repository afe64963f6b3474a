using System.Runtime.CompilerServices;
using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Random;

/// <summary>A kind of random numbers, a type argument of the kernels.</summary>
internal interface IVariates
{
    /// <summary>The four numbers that four random words make.</summary>
    void Of<T, TWord, TOps>(Quad<TWord> words, TOps o, out Quad<T> variates)
        where TOps : struct, IOperations<T>, IWordOperations<TWord>, IConversions<TWord, T>;
}

/// <summary>Standard normal.</summary>
internal readonly struct NormalNumbers : IVariates
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Of<T, TWord, TOps>(Quad<TWord> words, TOps o, out Quad<T> variates)
        where TOps : struct, IOperations<T>, IWordOperations<TWord>, IConversions<TWord, T>
    {
        NormalVariates.BoxMuller(words.A, words.B, o, out T a, out T b);
        NormalVariates.BoxMuller(words.C, words.D, o, out T c, out T d);
        variates = new Quad<T>(a, b, c, d);
    }
}

/// <summary>Uniform from 0 to below 1, multiples of 2^-24.</summary>
internal readonly struct UniformNumbers : IVariates
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Of<T, TWord, TOps>(Quad<TWord> words, TOps o, out Quad<T> variates)
        where TOps : struct, IOperations<T>, IWordOperations<TWord>, IConversions<TWord, T> =>
        variates = new Quad<T>(Of<T, TWord, TOps>(words.A, o), Of<T, TWord, TOps>(words.B, o), Of<T, TWord, TOps>(words.C, o), Of<T, TWord, TOps>(words.D, o));

    /// <summary>The number that the upper 24 bits of a word make.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Of<T, TWord, TOps>(TWord word, TOps o)
        where TOps : struct, IOperations<T>, IWordOperations<TWord>, IConversions<TWord, T> =>
        o.Multiply(o.ToNumber(o.ShiftRight(word, 8)), o.Constant(1f / (1 << 24)));
}

/// <summary>Uniform from -1 to below 1, multiples of 2^-23.</summary>
internal readonly struct SignedUniformNumbers : IVariates
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Of<T, TWord, TOps>(Quad<TWord> words, TOps o, out Quad<T> variates)
        where TOps : struct, IOperations<T>, IWordOperations<TWord>, IConversions<TWord, T>
    {
        default(UniformNumbers).Of(words, o, out Quad<T> units);
        T two = o.Constant(2), minusOne = o.Constant(-1);
        variates = new Quad<T>(o.Fma(two, units.A, minusOne), o.Fma(two, units.B, minusOne), o.Fma(two, units.C, minusOne), o.Fma(two, units.D, minusOne));
    }
}
