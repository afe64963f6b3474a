using System.Reflection;
using System.Text.RegularExpressions;
using GpuGan.Kernels.Arithmetic;
using ILGPU;
using ILGPU.Runtime.Cuda;

namespace GpuGan.Kernels.Tests.Devices;

/// <summary>The reader finds what is not exact: each kind is put into the PTX of a kernel that has none.</summary>
[TestFixture]
public sealed class PtxReaderTests
{
    private const string Guess = "rcp.approx.ftz.f32 y, %f1; fma.rn.f32 e, c, y, 0f3F800000; fma.rn.f32 y, e, y, y;";
    private const string Inverse = "rcp.approx.ftz.f32 y, %f1; neg.f32 e, %f1; fma.rn.f32 e, e, y, 0f3F800000; fma.rp.f32 e, e, e, e; fma.rn.f32 %f2, e, y, y;";
    private const string Root =
        "rsqrt.approx.ftz.f32 y, %f1; mul.rn.f32 g, %f1, y; neg.f32 n, g; fma.rn.f32 r, n, g, %f1; "
        + "fma.rz.f32 r, r, 0f3F000000, 0f00000001; fma.rn.f32 %f2, r, y, g;";

    private string ptx = "";

    [OneTimeSetUp]
    public void CompileKernel() => ptx = Compile(KernelList.Chapter);

    // Another rounding, or none.
    [TestCase("fma.rn.f32", "fma.f32")]
    [TestCase("fma.rn.f32", "fma.rz.f32")]
    [TestCase("fma.rn.f32", "fma.rn.sat.f32")]
    [TestCase("fma.rn.f32", "mad.f32")]
    [TestCase("mul.rn.f32", "mul.f32")]
    [TestCase("mul.rn.f32", "mul.rp.f32")]
    [TestCase("add.rn.f32", "add.f32")]
    [TestCase("add.rn.f32", "add.rm.f32")]
    [TestCase("sub.rn.f32", "sub.f32")]
    [TestCase("add.rn.f32", "div.full.f32")]
    [TestCase("add.rn.f32", "div.rn.f32", Description = "right, but branches")]
    [TestCase("neg.f32", "sqrt.f32")]

    // Approximations.
    [TestCase("add.rn.f32", "div.approx.f32")]
    [TestCase("neg.f32", "sqrt.approx.f32")]
    [TestCase("neg.f32", "rsqrt.approx.f32")]
    [TestCase("neg.f32", "ex2.approx.f32")]
    [TestCase("neg.f32", "lg2.approx.f32")]
    [TestCase("neg.f32", "tanh.approx.f32")]
    [TestCase("neg.f32", "sin.approx.f32")]
    [TestCase("neg.f32", "rcp.approx.ftz.f32")]

    // Flushed denormals.
    [TestCase("fma.rn.f32", "fma.rn.ftz.f32")]
    [TestCase("mul.rn.f32", "mul.rn.ftz.f32")]
    [TestCase("add.rn.f32", "add.ftz.f32")]
    [TestCase("neg.f32", "neg.ftz.f32")]
    [TestCase("abs.f32", "abs.ftz.f32")]
    [TestCase("setp.lt.f32", "setp.lt.ftz.f32")]

    // NaN that is taken for less, or lost.
    [TestCase("setp.lt.f32", "setp.ltu.f32")]
    [TestCase("max.NaN.f32", "max.f32")]
    [TestCase("max.NaN.f32", "min.f32")]

    // Conversions.
    [TestCase("cvt.rn.f32.s32", "cvt.f32.s32")]
    [TestCase("cvt.rn.f32.s32", "cvt.rz.f32.s32")]
    [TestCase("cvt.rn.f32.s32", "cvt.rn.f32.f64")]

    // Other types, also packed ones.
    [TestCase("mul.rn.f32", "mul.rn.f64")]
    [TestCase("mul.rn.f32", "mul.f64")]
    [TestCase("fma.rn.f32", "fma.rn.f16")]
    [TestCase("fma.rn.f32", "fma.rn.bf16")]
    [TestCase("add.rn.f32", "add.f32x2")]
    [TestCase("cvt.rn.f32.s32", "cvt.f64.f32")]

    // Sums in no order.
    [TestCase("add.rn.f32", "atom.global.add.f32")]
    [TestCase("add.rn.f32", "red.global.add.f32")]
    public void An_instruction_that_is_not_exact_is_found(string exact, string other)
    {
        // Within a refined guess, more than the one instruction would be found.
        string elsewhere = PtxReader.RefinedGuess().Replace(ptx, guess => new string(' ', guess.Length));
        Match last = Regex.Match(elsewhere, @$"\b{Regex.Escape(exact)}\s", RegexOptions.RightToLeft);
        Assert.That(last.Success, $"the kernel has {exact}");
        string mutated = ptx[..last.Index] + other + ptx[(last.Index + exact.Length)..];
        Assert.That(PtxReader.Inexact(ptx), Is.Empty);
        Assert.That(PtxReader.Inexact(mutated), Has.One.Items.And.All.StartsWith(other));
    }

    [TestCase("mul.f32 %f1, %f2, %f3;")]
    [TestCase("@%p1 mul.f32 %f1, %f2, %f3;")]
    [TestCase("@!%p1 mul.f32 %f1, %f2, %f3;")]
    [TestCase("L_1: mul.f32 %f1, %f2, %f3;")]
    [TestCase("{ .reg .f32 a; mul.f32 a, %f2, %f3; mov.f32 %f1, a; }")]
    [TestCase("add.rn.f32 %f1, %f2, %f3; mul.f32 %f1, %f2, %f3;")]
    [TestCase("/* fast */ mul.f32 %f1, %f2, %f3;")]
    [TestCase("mul.f32\n%f1, %f2,\n%f3;")]
    [TestCase("call (%f1), __nv_expf, (%f2);")]
    [TestCase("call.uni (%f1), pow, (%f2, %f3);")]
    [TestCase("{ .param .b32 p; call.uni (p), __nv_tanhf, (p); }")]
    [TestCase("rcp.approx.ftz.f32 y, %f1; fma.rn.f32 e, c, y, 0f3F800000; mov.f32 y, y;", Description = "a guess that is not refined")]
    [TestCase(Guess + " rcp.approx.ftz.f32 y, %f1;", Description = "another guess")]
    [TestCase(Root + " rsqrt.approx.ftz.f32 y, %f1;", Description = "another guess")]
    [TestCase(Root + " fma.rz.f32 r, r, 0f3F000000, 0f00000001;", Description = "another rounding")]
    [TestCase(Inverse + " fma.rp.f32 e, e, e, e;", Description = "another rounding")]
    public void It_is_found_wherever_it_stands(string statements) => Assert.That(PtxReader.Inexact(statements), Has.One.Items);

    [TestCase(Guess)]
    [TestCase(Inverse)]
    [TestCase(Root)]
    [TestCase("// mul.f32 %f1, %f2, %f3;")]
    [TestCase(".reg .f32 %f<7>; .visible .func (.param .f32 r) f(.param .f64 a);")]
    [TestCase("mul.lo.s32 %r1, %r2, %r3; add.u64 %rd1, %rd2, %rd3; mov.b32 %r1, %f1;")]
    [TestCase("ld.global.v2.f32 {%f1, %f2}, [%rd1]; st.local.f32 [%rd1], %f1; ld.param.f32 %f1, [a]; cvt.rn.f32.u32 %f1, %r1;")]
    public void What_is_exact_is_not_found(string statements) => Assert.That(PtxReader.Inexact(statements), Is.Empty);

    [Test]
    public void Fast_math_may_approximate_functions_and_nothing_else()
    {
        const string Functions = "tanh.approx.f32 %f1, %f2; rcp.approx.ftz.f32 %f1, %f2; lg2.approx.ftz.f32 %f1, %f2;";
        Assert.That(PtxReader.Inexact(Functions), Has.Exactly(3).Items);
        Assert.That(PtxReader.Inexact(Functions, fastMath: true), Is.Empty);
        Assert.That(PtxReader.Inexact("mul.f32 %f1, %f2, %f3; tanh.approx.ftz.f32 %f1, %f2;", fastMath: true), Has.Exactly(2).Items);
    }

    /// <summary>ILGPU makes one constant of two that plain products have; it does not see through the operations of the kernels.</summary>
    [Test]
    public void Constants_that_are_folded_are_found_and_ours_are_not_folded()
    {
        string plain = Compile(typeof(PtxReaderTests).GetMethod(nameof(PlainProducts))!), ours = Compile(typeof(PtxReaderTests).GetMethod(nameof(OurProducts))!);
        Assert.That(plain, Does.Contain("0f40066666"), "3 x 0.7");
        Assert.That(PtxReader.Inexact(plain), Has.One.Items.And.All.StartsWith("mul.f32"));
        Assert.That(ours, Does.Contain("0f40400000").And.Contain("0f3F333333"), "3 and 0.7");
        Assert.That(PtxReader.Inexact(ours), Is.Empty);
    }

    public static void PlainProducts(Index1D i, ArrayView<float> x) => x[i] = x[i] * 3f * 0.7f;

    public static void OurProducts(Index1D i, ArrayView<float> x)
    {
        DeviceOperations o = default;
        x[i] = o.Multiply(o.Multiply(x[i], o.Constant(3f)), o.Constant(0.7f));
    }

    private static string Compile(MethodInfo kernel) => PtxCompiler.Compile([kernel], CudaArchitecture.SM_90).Single().Ptx;
}
