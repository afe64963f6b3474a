using System.Reflection;
using System.Text.RegularExpressions;
using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Networks;
using GpuGan.Kernels.Stepwise;
using GpuGan.Kernels.Training.Losses;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;

namespace GpuGan.Kernels.Tests.Devices;

/// <summary>
/// Reads the PTX of every kernel, which needs no GPU, and refuses what assemblers or the hardware may round in another
/// way: arithmetic without an explicit rounding, approximations, flushed denormals, library functions.
/// </summary>
[TestFixture]
public sealed partial class PtxTests : IDisposable
{
    private static readonly CudaArchitecture[] Architectures =
    [
        CudaArchitecture.SM_70, CudaArchitecture.SM_75, CudaArchitecture.SM_80, CudaArchitecture.SM_86,
        CudaArchitecture.SM_89, CudaArchitecture.SM_90, CudaArchitecture.SM_121,
    ];

    private static readonly Type[] Kernels = [typeof(Noise), typeof(Forward), typeof(Backward), typeof(Adam), typeof(Loss)];

    private readonly Context context = Context.Create(builder => builder.CPU(new CPUDevice(2, 1, 1)).Optimize(OptimizationLevel.O1));

    [OneTimeSetUp]
    public void RegisterOperations() => ExactIntrinsics.Register(context);

    [OneTimeTearDown]
    public void Dispose() => context.Dispose();

    [Test]
    public void Every_float_operation_rounds_to_nearest_by_name([ValueSource(nameof(Architectures))] CudaArchitecture architecture)
    {
        using PTXBackend backend = new(context, architecture, CudaInstructionSet.ISA_80, null!);
        Assert.Multiple(() =>
        {
            foreach (MethodInfo kernel in AllKernels())
            {
                string ptx = ((PTXCompiledKernel)backend.Compile(EntryPointDescription.FromImplicitlyGroupedKernel(kernel), default)).PTXAssembly;
                Assert.That(Inexact().Matches(ptx).Select(match => match.Value.Trim()), Is.Empty, $"{kernel.DeclaringType!.Name}.{kernel}");
                Assert.That(ptx, Does.Contain(kernel.DeclaringType == typeof(Forward) ? "fma.rn.f32" : ".rn.f32"), $"{kernel} computes something");
            }
        });
    }

    /// <summary>
    /// Float arithmetic that does not say <c>.rn</c>, or says <c>.ftz</c> or <c>.approx</c>; comparisons that take NaN for less,
    /// but for those of integers; calls of functions that are not the program's own.
    /// </summary>
    [GeneratedRegex(@"^\s*((add|sub|mul|mad|fma|div|sqrt|rcp|min|max)(?!\.rn\.f32)[.\w]*\.f32|[.\w]*\.(ftz|approx)[.\w]*|setp\.\w+u\.f32|(ex2|lg2|sin|cos|tanh)\.[.\w]+|[.\w]+\.f64|call[.\w]*\s.*__nv)\b.*$", RegexOptions.Multiline)]
    private static partial Regex Inexact();

    private static IEnumerable<MethodInfo> AllKernels() =>
        from type in Kernels
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static)
        from kernel in Variants(method)
        select kernel;

    private static IEnumerable<MethodInfo> Variants(MethodInfo method)
    {
        if (!method.IsGenericMethodDefinition)
        {
            return [method];
        }

        IEnumerable<Type[]> arguments = [[]];
        foreach (Type parameter in method.GetGenericArguments())
        {
            IEnumerable<Type> formulas = parameter.GetGenericParameterConstraints().Contains(typeof(IActivation))
                ? ActivationTable.All.Values.Select(activation => activation.GetType())
                : GeneratorLossTable.All.Values.Select(loss => loss.GetType());
            arguments = [.. from chosen in arguments from formula in formulas select (Type[])[.. chosen, formula]];
        }

        return arguments.Select(chosen => method.MakeGenericMethod(chosen));
    }
}
