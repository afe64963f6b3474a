using System.Text.RegularExpressions;

namespace GpuGan.Kernels.Tests.Devices;

/// <summary>
/// Reads PTX, and finds what assemblers or the hardware may round in another way. What is known to be exact is listed, so that
/// anything else on floats is found: arithmetic without an explicit rounding or with another one, approximations, flushed
/// denormals, conversions that do not say how they round, other types of floats, and every call, as a kernel's own functions
/// are all part of it.
/// </summary>
internal static partial class PtxReader
{
    /// <summary>The statements that are not exact.</summary>
    /// <param name="ptx">A kernel.</param>
    /// <param name="fastMath">Whether the hardware's own functions are allowed.</param>
    public static IEnumerable<string> Inexact(string ptx, bool fastMath = false) =>
        from statement in Statements().Split(RefinedGuess().Replace(ptx, ""))
        let text = Guard().Replace(statement.Trim(), "")
        where OfFloats().IsMatch(text) && !Exact().IsMatch(text) && !(fastMath && Fast().IsMatch(text))
        select text;

    /// <summary>What lies between statements: ends, blocks, labels, lines, comments.</summary>
    [GeneratedRegex(@"//.*|/\*[\s\S]*?\*/|[;{}:\n]")]
    private static partial Regex Statements();

    /// <summary>The predicate of a statement.</summary>
    [GeneratedRegex(@"^@!?[%\w]+\s+")]
    private static partial Regex Guard();

    /// <summary>An instruction, not a directive, that calls or has to do with floats.</summary>
    [GeneratedRegex(@"^(call\b|[a-z]\w*\S*\.(b?f\d|tf32|e\dm\d|approx|ftz|full))")]
    private static partial Regex OfFloats();

    /// <summary>
    /// Moves, signs, selections, ordered comparisons, which take NaN for neither less nor more, operations that round to
    /// nearest by name, and conversions of whole numbers.
    /// </summary>
    [GeneratedRegex(@"^((ld|st)(\.\w+)*\.f32|(mov|neg|abs|copysign|selp)\.f32|setp\.(lt|le|gt|ge|eq|ne)\.f32|testp\.finite\.f32|(max|min)\.NaN\.f32|(add|sub|mul|fma)\.rn\.f32|cvt\.rn\.f32\.[su]32|cvt\.rzi\.[su]32\.f32)(\s|$)")]
    private static partial Regex Exact();

    /// <summary>Those of <c>FastIntrinsics</c>.</summary>
    [GeneratedRegex(@"^((tanh|ex2|sin|cos)\.approx\.f32|(rcp|sqrt|lg2)\.approx\.ftz\.f32)\s")]
    private static partial Regex Fast();

    /// <summary>
    /// First guesses with the steps that refine them: those of a division near one, a reciprocal and a square root; no other
    /// approximation is exact.
    /// </summary>
    [GeneratedRegex(
        @"rcp\.approx\.ftz\.f32 y, [%\w]+; fma\.rn\.f32 e, c, y, 0f3F800000; fma\.rn\.f32 y, e, y, y;"
        + @"|rcp\.approx\.ftz\.f32 y, ([%\w]+); neg\.f32 e, \1; fma\.rn\.f32 e, e, y, 0f3F800000; fma\.rp\.f32 e, e, e, e; fma\.rn\.f32 [%\w]+, e, y, y;"
        + @"|rsqrt\.approx\.ftz\.f32 y, ([%\w]+); mul\.rn\.f32 g, \2, y; neg\.f32 n, g; fma\.rn\.f32 r, n, g, \2; "
        + @"fma\.rz\.f32 r, r, 0f3F000000, 0f00000001; fma\.rn\.f32 [%\w]+, r, y, g;")]
    public static partial Regex RefinedGuess();
}
