using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GpuGan.Kernels.Arithmetic;

/// <summary>
/// <see cref="IOperations{T}.Reciprocal"/> for a vector of 16, from the processor's guess of its inverse: beside roots, which occupy the
/// divider too, that is twice as quick as a division.
/// </summary>
internal static class GuessedReciprocal
{
    /// <summary>Whether the processor guesses.</summary>
    public static bool IsSupported => Avx512F.IsSupported;

    /// <summary>1 / a, correctly rounded.</summary>
    /// <param name="a">Numbers of magnitude 2^-120 to 2^120, or NaN.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Of(Vector512<float> a) => Refined(a, Avx512F.Reciprocal14(a));

    /// <summary>1 / a from a guess y with a relative error up to 2^-14, that of the instruction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Refined(Vector512<float> a, Vector512<float> y)
    {
        // Newton's step y (1 + e) with e = 1 - a y. The second has e + e², rounded up, in place of e: else one a would be missed.
        Vector512<float> one = Vector512.Create(1f);
        y = Avx512F.FusedMultiplyAdd(Avx512F.FusedMultiplyAddNegated(a, y, one), y, y);
        Vector512<float> e = Avx512F.FusedMultiplyAddNegated(a, y, one);
        return Avx512F.FusedMultiplyAdd(Avx512F.FusedMultiplyAdd(e, e, e, FloatRoundingMode.ToPositiveInfinity), y, y);
    }
}
