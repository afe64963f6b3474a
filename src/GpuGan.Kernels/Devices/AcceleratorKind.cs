namespace GpuGan.Kernels.Devices;

/// <summary>The hardware behind an accelerator.</summary>
internal enum AcceleratorKind
{
    /// <summary>The host's own cores, also where OpenCL reaches them.</summary>
    Cpu,

    /// <summary>A graphics processor.</summary>
    Gpu,

    /// <summary>Anything else, such as an FPGA.</summary>
    Other,
}
