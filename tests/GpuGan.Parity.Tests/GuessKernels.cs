using GpuGan.Kernels.Arithmetic;
using ILGPU;

namespace GpuGan.Parity.Tests;

/// <summary>What CUDA begins with a guess of its hardware's, of the numbers with some bits.</summary>
internal static class GuessKernels
{
    public static void TanhQuotient(Index1D i, uint first, uint stride, ArrayView<uint> results)
    {
        DeviceOperations o = default;
        ExactFunctions.TanhQuotient(Interop.IntAsFloat(first + ((uint)(int)i * stride)), o, out float numerator, out float denominator);
        results[i] = Interop.FloatAsInt(o.DivideNearOne(numerator, denominator));
    }

    public static void SquareRoot(Index1D i, uint first, uint stride, ArrayView<uint> results) =>
        results[i] = Interop.FloatAsInt(default(DeviceOperations).SquareRoot(Interop.IntAsFloat(first + ((uint)(int)i * stride))));

    /// <summary>The bits of the quotient of the argument with some bits.</summary>
    public static uint HostQuotient(uint bits)
    {
        ExactFunctions.TanhQuotient(BitConverter.UInt32BitsToSingle(bits), default(DeviceOperations), out float numerator, out float denominator);
        return BitConverter.SingleToUInt32Bits(numerator / denominator);
    }

    /// <summary>The bits of the root of the number with some bits.</summary>
    public static uint HostRoot(uint bits) => BitConverter.SingleToUInt32Bits(MathF.Sqrt(BitConverter.UInt32BitsToSingle(bits)));
}
