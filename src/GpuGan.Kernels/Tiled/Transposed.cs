using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace GpuGan.Kernels.Tiled;

/// <summary>Copies a matrix with its rows made columns, in blocks of 4 by 4: a gradient takes row by row what was computed unit by unit.</summary>
internal static class Transposed
{
    private const int Side = 4;

    /// <summary>Copies it.</summary>
    /// <param name="source"><c>[row, column]</c>.</param>
    /// <param name="sourceStride">From row to row.</param>
    /// <param name="rows">Rows of the source.</param>
    /// <param name="columns">Columns of the source.</param>
    /// <param name="target"><c>[column, row]</c>.</param>
    /// <param name="targetStride">From column to column.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(ReadOnlySpan<float> source, int sourceStride, int rows, int columns, Span<float> target, int targetStride)
    {
        int wholeRows = rows / Side * Side, wholeColumns = columns / Side * Side;
        if (wholeRows > 0 && wholeColumns > 0)
        {
            // The blocks do not look.
            ArgumentOutOfRangeException.ThrowIfLessThan(source.Length, ((wholeRows - 1) * sourceStride) + wholeColumns);
            ArgumentOutOfRangeException.ThrowIfLessThan(target.Length, ((wholeColumns - 1) * targetStride) + wholeRows);
        }

        for (int row = 0; row < wholeRows; row += Side)
        {
            for (int column = 0; column < wholeColumns; column += Side)
            {
                Block(
                    ref Unsafe.Add(ref MemoryMarshal.GetReference(source), (row * sourceStride) + column),
                    sourceStride,
                    ref Unsafe.Add(ref MemoryMarshal.GetReference(target), (column * targetStride) + row),
                    targetStride);
            }
        }

        for (int row = 0; row < rows; row++)
        {
            for (int column = row < wholeRows ? wholeColumns : 0; column < columns; column++)
            {
                target[(column * targetStride) + row] = source[(row * sourceStride) + column];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block(ref float source, nint sourceStride, ref float target, nint targetStride)
    {
        Vector128<float> a = Vector128.LoadUnsafe(ref source), b = Vector128.LoadUnsafe(ref source, (nuint)sourceStride);
        Vector128<float> c = Vector128.LoadUnsafe(ref source, (nuint)(2 * sourceStride)), d = Vector128.LoadUnsafe(ref source, (nuint)(3 * sourceStride));
        Vector128<float> acLow = Low(a, c), acHigh = High(a, c), bdLow = Low(b, d), bdHigh = High(b, d);
        Low(acLow, bdLow).StoreUnsafe(ref target);
        High(acLow, bdLow).StoreUnsafe(ref target, (nuint)targetStride);
        Low(acHigh, bdHigh).StoreUnsafe(ref target, (nuint)(2 * targetStride));
        High(acHigh, bdHigh).StoreUnsafe(ref target, (nuint)(3 * targetStride));
    }

    /// <summary>The lower halves in turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Low(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackLow(a, b)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a, b)
        : Vector128.Create(a[0], b[0], a[1], b[1]);

    /// <summary>The upper halves in turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> High(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackHigh(a, b)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a, b)
        : Vector128.Create(a[2], b[2], a[3], b[3]);
}
