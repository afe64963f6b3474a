using System.Reflection;
using GpuGan.Kernels.Arithmetic;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;

namespace GpuGan.Kernels.Tests.Devices;

/// <summary>Compiles kernels to PTX, which needs no GPU.</summary>
internal sealed class PtxCompiler : IDisposable
{
    private readonly Context context = Context.Create(builder => builder.CPU(new CPUDevice(2, 1, 1)).Optimize(OptimizationLevel.O1));

    public PtxCompiler() => ExactIntrinsics.Register(context);

    /// <summary>From the oldest that CUDA 12 knows to the newest.</summary>
    public static IReadOnlyList<CudaArchitecture> Architectures { get; } =
    [
        CudaArchitecture.SM_70, CudaArchitecture.SM_75, CudaArchitecture.SM_80, CudaArchitecture.SM_86,
        CudaArchitecture.SM_89, CudaArchitecture.SM_90, CudaArchitecture.SM_121,
    ];

    /// <summary>The PTX of some kernels.</summary>
    public IEnumerable<(MethodInfo Kernel, string Ptx)> Compile(IEnumerable<MethodInfo> kernels, CudaArchitecture architecture)
    {
        using PTXBackend backend = new(context, architecture, CudaInstructionSet.ISA_80, null!);
        foreach (MethodInfo kernel in kernels)
        {
            yield return (kernel, ((PTXCompiledKernel)backend.Compile(EntryPointDescription.FromImplicitlyGroupedKernel(kernel), default)).PTXAssembly);
        }
    }

    public void Dispose() => context.Dispose();
}
