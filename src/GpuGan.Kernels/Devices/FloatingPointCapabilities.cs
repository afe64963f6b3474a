using ILGPU.Runtime.OpenCL;

namespace GpuGan.Kernels.Devices;

/// <summary>What an OpenCL device says of its float32 arithmetic (<c>CL_DEVICE_SINGLE_FP_CONFIG</c>).</summary>
/// <param name="KeepsDenormals">Whether numbers below 2^-126 are kept; else they may become zero.</param>
/// <param name="HasInfinityAndNaN">Whether infinities and NaN are numbers as IEEE 754 has them.</param>
/// <param name="RoundsToNearest">Whether it rounds to nearest, ties to even; an embedded device may round to zero.</param>
/// <param name="HasFusedMultiplyAdd">Whether it has the fused multiply-add of IEEE 754.</param>
/// <param name="CanRoundDivision">
/// Whether <c>/</c> and <c>sqrt</c> are correctly rounded in programs that are built with
/// <c>-cl-fp32-correctly-rounded-divide-sqrt</c>. ILGPU 1.5.3 builds without it, and then 2.5 and 3 units in the last place
/// are allowed whatever the device can do: no kernel may rely on this.
/// </param>
internal readonly record struct FloatingPointCapabilities(
    bool KeepsDenormals, bool HasInfinityAndNaN, bool RoundsToNearest, bool HasFusedMultiplyAdd, bool CanRoundDivision)
{
    /// <summary>Asks a device; one that does not answer promises nothing.</summary>
    public static FloatingPointCapabilities Of(CLDevice device) =>
        device.GetDeviceInfo(CLDeviceInfoType.CL_DEVICE_SINGLE_FP_CONFIG, out ulong config) == CLError.CL_SUCCESS ? Of(config) : default;

    /// <summary>Reads the bits of OpenCL's <c>cl_device_fp_config</c>.</summary>
    public static FloatingPointCapabilities Of(ulong config)
    {
        return new FloatingPointCapabilities(Has(0), Has(1), Has(2), Has(5), Has(7));

        bool Has(int bit) => (config >> bit & 1) != 0;
    }
}
