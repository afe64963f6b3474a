using GpuGan.Kernels.Arithmetic;
using ILGPU;

namespace GpuGan.Parity.Tests;

/// <summary>The quotients of tanh as a kernel, and by the host's division.</summary>
internal static class TanhQuotientKernel
{
    public static void Kernel(Index1D i, uint first, uint stride, ArrayView<uint> results)
    {
        DeviceOperations o = default;
        ExactFunctions.TanhQuotient(Interop.IntAsFloat(first + ((uint)(int)i * stride)), o, out float numerator, out float denominator);
        results[i] = Interop.FloatAsInt(o.DivideNearOne(numerator, denominator));
    }

    /// <summary>The bits of the quotient of the argument with some bits.</summary>
    public static uint Expected(uint bits)
    {
        ExactFunctions.TanhQuotient(BitConverter.UInt32BitsToSingle(bits), default(DeviceOperations), out float numerator, out float denominator);
        return BitConverter.SingleToUInt32Bits(numerator / denominator);
    }
}
