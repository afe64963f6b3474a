namespace GpuGan.Kernels.Devices;

/// <summary>Whose OpenCL driver it is, where that decides what helps.</summary>
internal enum OpenCLDriver
{
    /// <summary>Any other.</summary>
    Other,

    /// <summary>PoCL, which runs OpenCL on the CPU.</summary>
    Pocl,

    /// <summary>NVIDIA's, whose GPUs CUDA reaches as well.</summary>
    Nvidia,
}
