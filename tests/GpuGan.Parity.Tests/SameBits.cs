using System.Runtime.InteropServices;

namespace GpuGan.Parity.Tests;

/// <summary>Holds arrays equal to the bit. Any NaN equals any other, as devices differ in its sign and payload.</summary>
internal static class SameBits
{
    /// <summary>Fails at the first number that differs.</summary>
    public static void Assert(ReadOnlySpan<float> actual, ReadOnlySpan<float> expected, string what) =>
        Assert(MemoryMarshal.Cast<float, uint>(actual), MemoryMarshal.Cast<float, uint>(expected), areNumbers: true, i => $"{what}, number {i}");

    /// <summary>Fails at the first number, or word, that differs.</summary>
    public static void Assert(ReadOnlySpan<uint> actual, ReadOnlySpan<uint> expected, bool areNumbers, Func<int, string> what)
    {
        NUnit.Framework.Assert.That(actual.Length, Is.EqualTo(expected.Length));
        for (int i = 0; i < expected.Length; i++)
        {
            float number = BitConverter.UInt32BitsToSingle(actual[i]), right = BitConverter.UInt32BitsToSingle(expected[i]);
            if (actual[i] != expected[i] && !(areNumbers && float.IsNaN(number) && float.IsNaN(right)))
            {
                NUnit.Framework.Assert.Fail($"{what(i)}: 0x{actual[i]:x8} ({number:R}), expected 0x{expected[i]:x8} ({right:R})");
            }
        }
    }
}
