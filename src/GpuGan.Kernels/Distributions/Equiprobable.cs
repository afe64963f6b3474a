using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Distributions;

/// <summary>
/// A uniform number cut into equal parts: which part it lies in, and where in it. There is no floor among the operations; a part is chosen
/// by a comparison with each of its bounds. The bounds are multiples of 2^-24, as the number is, so that the parts are equal to within
/// 2^-24, and what is left of the number is exact.
/// </summary>
internal static class Equiprobable
{
    private const int Steps = 1 << 24;

    /// <summary>The value that belongs to the part.</summary>
    /// <param name="u">From 0 to below 1, a multiple of 2^-24.</param>
    /// <param name="values"><c>[part]</c>, at least one.</param>
    /// <param name="o">The operations.</param>
    public static T Choose<T, TOps>(T u, ReadOnlySpan<float> values, TOps o)
        where TOps : struct, IOperations<T>
    {
        T chosen = o.Constant(values[^1]);
        for (int part = values.Length - 2; part >= 0; part--)
        {
            chosen = o.SelectLess(u, o.Constant(Bound(part + 1, values.Length)), o.Constant(values[part]), chosen);
        }

        return chosen;
    }

    /// <summary>How far along its part the number is: again uniform from 0 to below 1, a multiple of 2^-24.</summary>
    /// <param name="u">From 0 to below 1, a multiple of 2^-24.</param>
    /// <param name="parts">How many, at least 1.</param>
    /// <param name="o">The operations.</param>
    public static T Rest<T, TOps>(T u, int parts, TOps o)
        where TOps : struct, IOperations<T> =>
        parts == 1 ? u : o.Fma(u, o.Constant(parts), Choose(u, [.. Enumerable.Range(0, parts).Select(part => -(float)part)], o));

    /// <summary>The least multiple of 2^-24 in a part: in floats below 1 it is exact.</summary>
    private static float Bound(int part, int parts) => (float)((((long)part * Steps) + parts - 1) / parts) / Steps;
}
