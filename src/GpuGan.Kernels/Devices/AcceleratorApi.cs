namespace GpuGan.Kernels.Devices;

/// <summary>How an accelerator is reached.</summary>
internal enum AcceleratorApi
{
    /// <summary>ILGPU's CPU accelerator; always here.</summary>
    Cpu,

    /// <summary>NVIDIA's CUDA driver.</summary>
    Cuda,

    /// <summary>An OpenCL driver.</summary>
    Opencl,
}
