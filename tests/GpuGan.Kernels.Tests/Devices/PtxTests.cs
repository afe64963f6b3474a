using System.Reflection;
using GpuGan.Kernels.Stepwise;
using ILGPU.Runtime.Cuda;

namespace GpuGan.Kernels.Tests.Devices;

/// <summary>The PTX of every kernel, which needs no GPU, has nothing in it that is not exact.</summary>
[TestFixture]
public sealed class PtxTests
{
    private static IEnumerable<CudaArchitecture> Architectures => PtxCompiler.Architectures;

    [Test]
    public void Every_float_operation_rounds_to_nearest_by_name([ValueSource(nameof(Architectures))] CudaArchitecture architecture) =>
        AssertExact(KernelList.Small, architecture);

    /// <summary>Of the whole networks; small ones have the same instructions, and are read each time.</summary>
    [Test]
    [Category("Slow")]
    public void Every_float_operation_of_whole_networks_rounds_to_nearest_by_name([ValueSource(nameof(Architectures))] CudaArchitecture architecture) =>
        AssertExact(KernelList.All, architecture);

    private static void AssertExact(IEnumerable<MethodInfo> kernels, CudaArchitecture architecture)
    {
        Assert.Multiple(() =>
        {
            foreach ((MethodInfo kernel, string ptx) in PtxCompiler.Compile(kernels, architecture))
            {
                string name = KernelList.Name(kernel);
                Assert.That(PtxReader.Inexact(ptx, KernelList.IsFastMath(kernel)), Is.Empty, name);
                Assert.That(ptx, Does.Contain(kernel.DeclaringType == typeof(Forward) ? "fma.rn.f32" : ".rn.f32"), $"{name} computes something");
                Assert.That(PtxReader.Inexact(ptx).Any(), Is.EqualTo(KernelList.IsFastMath(kernel)), $"{name} is exact, or fast math");
            }
        });
    }

    [Test]
    public void The_newest_architecture_is_the_newest_that_ILGPU_knows()
    {
        CudaArchitecture newest = typeof(CudaArchitecture).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.FieldType == typeof(CudaArchitecture)).Select(field => (CudaArchitecture)field.GetValue(null)!).Max();
        Assert.That(PtxCompiler.Architectures[^1], Is.EqualTo(newest));
    }
}
