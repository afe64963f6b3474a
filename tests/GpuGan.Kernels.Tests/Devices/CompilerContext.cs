using GpuGan.Kernels.Arithmetic;
using ILGPU;
using ILGPU.Runtime.CPU;

namespace GpuGan.Kernels.Tests.Devices;

/// <summary>
/// The one context in which the tests of this process compile for devices that are not there. A context keeps what it read and
/// optimised of a kernel, which takes longer than to write it as PTX or OpenCL.
/// </summary>
internal static class CompilerContext
{
    public static Context Shared { get; } = Create();

    private static Context Create()
    {
        Context context = Context.Create(builder => builder.CPU(new CPUDevice(2, 1, 1)).Optimize(OptimizationLevel.O1));
        ExactIntrinsics.Register(context);
        return context;
    }
}
