namespace GpuGan.Kernels.Devices;

/// <summary>How a device rounds <c>/</c> and the square root of float32 numbers.</summary>
internal enum DivisionRounding
{
    /// <summary>Correctly, as IEEE 754 has it.</summary>
    Exact,

    /// <summary>
    /// Correctly in OpenCL programs that ask for it by a build option, which ILGPU 1.5.3 does not give; the standard allows
    /// 2.5 and 3 units in the last place in the others, though a device may be better.
    /// </summary>
    ExactIfAsked,

    /// <summary>Up to 2.5 and 3 units in the last place off.</summary>
    Approximate,
}
