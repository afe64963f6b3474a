using System.Reflection;
using System.Text.RegularExpressions;
using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Stepwise;
using GpuGan.Kernels.Training.Optimizers;
using ILGPU.Backends.OpenCL;
using ILGPU.Runtime.OpenCL;

namespace GpuGan.Kernels.Tests.Devices;

/// <summary>
/// Reads the OpenCL of every kernel, which needs no device, and refuses float arithmetic that a compiler may contract or
/// that a device may round in its own way. Only the guesses of <see cref="CorrectlyRounded"/> divide and take roots.
/// </summary>
[TestFixture]
public sealed partial class OpenCLTests
{
    private const string Operand = @"(var\d+|as_float\(0x\w+\))";

    // The small ones have the instructions of all; those are read where there is time.
    private static IEnumerable<TestCaseData> Kernels =>
    [
        .. KernelList.Small.Select(Case),
        .. KernelList.All.Except(KernelList.Small).Select(kernel => Case(kernel).SetCategory("Slow")),
    ];

    [TestCaseSource(nameof(Kernels))]
    public void Every_float_operation_forbids_contraction(MethodInfo kernel)
    {
        string source = Source(kernel);
        string[] lines = [.. source.Split('\n').Select(line => line.Trim())];
        Assert.Multiple(() =>
        {
            string plain = KernelList.IsFastMath(kernel) ? Fast().Replace(source, "") : source;
            Assert.That(Plain().Matches(plain).Select(match => match.Value.Trim()), Is.Empty);
            Assert.That(source, Does.Not.Match(@"= 4294967\d{3};"), "variables below zero: ILGPU writes no sign, and compilers warn");
            Assert.That(source, Does.Not.Match(@"= \w+ / \w+;").And.Not.Match(@"= sqrt\(\w+\);"), "quotients and roots that are no guesses");
            for (int i = 1; i < lines.Length; i++)
            {
                if (Exact().IsMatch(lines[i]))
                {
                    Assert.That(lines[i - 1], Is.EqualTo("#pragma OPENCL FP_CONTRACT OFF"), lines[i]);
                }
            }
        });
        Assert.That(lines.Count(Exact().IsMatch), Is.GreaterThan(0), "the kernel computes something");
    }

    [Test]
    public void Division_and_square_root_step_from_a_guess_to_the_result()
    {
        string adam = Source(typeof(Update).GetMethod(nameof(Update.Kernel))!.MakeGenericMethod(typeof(Adam)));
        Assert.That(adam, Does.Match(@"\(float\)\(\(float\) \w+ /  \(float\)\w+\)").And.Match(@"sqrt \(\(float\)"), "the guesses");
        Assert.That(Regex.Count(adam, @"\(long\) \w+ < \(long\) 0"), Is.EqualTo(2), "steps down");
    }

    /// <summary>Sums, differences and products of floats as ILGPU writes them where no intrinsic stands.</summary>
    [GeneratedRegex(@"^.*\(float\)\(\(float\) \S+ +[-+*] .*$|^.*\b(mad|native_\w+|half_\w+|exp\w*|log\w*|tanh|sin|cos|pow)\b *\(.*$", RegexOptions.Multiline)]
    private static partial Regex Plain();

    /// <summary>What <see cref="FastIntrinsics"/> take from the device.</summary>
    [GeneratedRegex(@"\b(native_(recip|sqrt|log|sin|cos)|tanh)\(")]
    private static partial Regex Fast();

    /// <summary>The operations of <see cref="ExactIntrinsics"/>.</summary>
    [GeneratedRegex(@"^\w+ = (fma\(.*\)|" + Operand + " [-+*] " + Operand + "|" + Operand + " < .* \\? .* : .*);$")]
    private static partial Regex Exact();

    private static TestCaseData Case(MethodInfo kernel) => new TestCaseData(kernel).SetArgDisplayNames(KernelList.Name(kernel));

    private static string Source(MethodInfo kernel)
    {
        CLCapabilityContext capabilities = new(float16: false, float64: false, genericAddressSpace: true, int64_Atomics: false, subGroups: false);
        using CLBackend backend = new(CompilerContext.Shared, capabilities, CLDeviceVendor.Other, new CLCVersion(2, 0));
        return ((CLCompiledKernel)backend.Compile(KernelList.EntryPointOf(kernel), default)).Source;
    }
}
