using System.Runtime.CompilerServices;
using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Random;

/// <summary>Random words made standard normal variates.</summary>
internal static class NormalVariates
{
    /// <summary>
    /// Two independent standard normal variates of two words (Box and Muller, "A Note on the Generation of Random
    /// Normal Deviates", 1958): always two in and two out, so that a variate's place in a stream is known beforehand.
    /// The largest magnitude is 6.0.
    /// </summary>
    /// <param name="radius">Its upper 24 bits decide the radius, sqrt(-2 log u) with u from 2^-26 to below 1.</param>
    /// <param name="angle">Its upper 24 bits decide the angle, 2 pi u with u from 0 to below 1.</param>
    /// <param name="o">The operations.</param>
    /// <param name="x">Radius times cosine.</param>
    /// <param name="y">Radius times sine.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void BoxMuller<T, TWord, TOps>(TWord radius, TWord angle, TOps o, out T x, out T y)
        where TOps : struct, IOperations<T>, IWordOperations<TWord>, IConversions<TWord, T>
    {
        const float Unit = 1f / (1 << 24);
        T u = o.Fma(o.ToNumber(o.ShiftRight(radius, 8)), o.Constant(Unit), o.Constant(Unit / 4));
        T r = o.SquareRoot(o.Multiply(o.Constant(-2), o.LogOfNormal(u)));
        T turns = o.Multiply(o.ToNumber(o.ShiftRight(angle, 8)), o.Constant(Unit));
        o.SinCosTurns(turns, out T sine, out T cosine);
        x = o.Multiply(r, cosine);
        y = o.Multiply(r, sine);
    }
}
