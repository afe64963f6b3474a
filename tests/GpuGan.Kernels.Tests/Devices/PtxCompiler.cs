using System.Reflection;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;

namespace GpuGan.Kernels.Tests.Devices;

/// <summary>Compiles kernels to PTX, which needs no GPU.</summary>
internal static class PtxCompiler
{
    /// <summary>From the oldest that CUDA 12 knows to the newest.</summary>
    public static IReadOnlyList<CudaArchitecture> Architectures { get; } =
    [
        CudaArchitecture.SM_70, CudaArchitecture.SM_75, CudaArchitecture.SM_80, CudaArchitecture.SM_86,
        CudaArchitecture.SM_89, CudaArchitecture.SM_90, CudaArchitecture.SM_121,
    ];

    /// <summary>The PTX of some kernels.</summary>
    public static IEnumerable<(MethodInfo Kernel, string Ptx)> Compile(IEnumerable<MethodInfo> kernels, CudaArchitecture architecture)
    {
        using PTXBackend backend = new(CompilerContext.Shared, architecture, CudaInstructionSet.ISA_80, null!);
        foreach (MethodInfo kernel in kernels)
        {
            yield return (kernel, ((PTXCompiledKernel)backend.Compile(KernelList.EntryPointOf(kernel), KernelList.GroupsOf(kernel))).PTXAssembly);
        }
    }
}
