using System.Reflection;
using System.Text.RegularExpressions;
using GpuGan.Kernels.Stepwise;
using ILGPU.Runtime.Cuda;

namespace GpuGan.Kernels.Tests.Devices;

/// <summary>
/// Reads the PTX of every kernel, which needs no GPU, and refuses what assemblers or the hardware may round in another
/// way: arithmetic without an explicit rounding, approximations, flushed denormals, library functions.
/// </summary>
[TestFixture]
public sealed partial class PtxTests : IDisposable
{
    private readonly PtxCompiler compiler = new();

    private static IEnumerable<CudaArchitecture> Architectures => PtxCompiler.Architectures;

    [OneTimeTearDown]
    public void Dispose() => compiler.Dispose();

    [Test]
    public void Every_float_operation_rounds_to_nearest_by_name([ValueSource(nameof(Architectures))] CudaArchitecture architecture)
    {
        Assert.Multiple(() =>
        {
            foreach ((MethodInfo kernel, string ptx) in compiler.Compile(KernelList.All, architecture))
            {
                Assert.That(Inexact().Matches(RefinedGuess().Replace(ptx, "")).Select(match => match.Value.Trim()), Is.Empty, KernelList.Name(kernel));
                Assert.That(ptx, Does.Contain(kernel.DeclaringType == typeof(Forward) ? "fma.rn.f32" : ".rn.f32"), $"{KernelList.Name(kernel)} computes something");
            }
        });
    }

    /// <summary>
    /// Float arithmetic that does not say <c>.rn</c>, or says <c>.ftz</c> or <c>.approx</c>; comparisons that take NaN for less,
    /// but for those of integers; calls of functions that are not the program's own.
    /// </summary>
    [GeneratedRegex(@"(^|[{;])\s*(@\S+\s+)?(((add|sub|mul|mad|fma|div|sqrt|rcp)(?!\.rn\.f32)|(min|max)(?!\.NaN\.f32))[.\w]*\.f32|[.\w]*\.(ftz|approx)[.\w]*|setp\.\w+u\.f32|(ex2|lg2|sin|cos|tanh)\.[.\w]+|[.\w]+\.f64|call[.\w]*\s.*__nv)\b[^;\n]*", RegexOptions.Multiline)]
    private static partial Regex Inexact();

    /// <summary>The first guess of a division near one, with the Newton step that refines it; no other approximation is allowed.</summary>
    [GeneratedRegex(@"rcp\.approx\.ftz\.f32 y, [%\w]+; fma\.rn\.f32 e, c, y, 0f3F800000; fma\.rn\.f32 y, e, y, y;")]
    private static partial Regex RefinedGuess();
}
