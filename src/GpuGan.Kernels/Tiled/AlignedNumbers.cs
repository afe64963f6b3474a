using System.Runtime.InteropServices;

namespace GpuGan.Kernels.Tiled;

/// <summary>Numbers that begin at a line of the cache, so that no aligned vector lies in two; all zero at first.</summary>
internal sealed class AlignedNumbers
{
    /// <summary>Floats of a line of the cache.</summary>
    public const int Line = 16;

    private readonly float[] values;
    private readonly int first, length;

    /// <summary>Allocates them.</summary>
    /// <param name="length">How many.</param>
    public AlignedNumbers(int length)
    {
        // Pinned: what is moved would be aligned no more.
        values = GC.AllocateArray<float>(length + Line, pinned: true);
        long beyond = Marshal.UnsafeAddrOfPinnedArrayElement(values, 0) % (Line * sizeof(float));
        first = beyond == 0 ? 0 : (int)(Line - (beyond / sizeof(float)));
        this.length = length;
    }

    /// <summary>All from one on.</summary>
    public Span<float> From(int index) => values.AsSpan(first, length)[index..];

    /// <summary>How far apart rows of so many numbers are put: whole lines, an odd number of them, so that a column is spread over the cache.</summary>
    public static int StrideOf(int numbers) => ((((numbers + Line - 1) / Line) | 1) * Line);
}
