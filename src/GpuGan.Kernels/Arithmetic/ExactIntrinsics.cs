using System.Globalization;
using System.Reflection;
using ILGPU;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;
using ILGPU.IR.Values;
using ILGPU.Runtime.Cuda;

namespace GpuGan.Kernels.Arithmetic;

/// <summary>
/// Float operations that no compiler rewrites: ILGPU sees opaque calls, PTX gets instructions with an explicit
/// rounding, which assemblers never contract, and OpenCL a block for each operation that forbids its compiler to. The products of
/// words are among them for their speed.
/// </summary>
/// <remarks>
/// OpenCL allows <c>/</c> and <c>sqrt</c> errors of 2.5 and 3 units in the last place, unless a program is built with an
/// option that ILGPU 1.5.3 does not give. So there they are <see cref="CorrectlyRounded"/>, on all devices.
/// <para/>
/// Comparisons are among them because ILGPU 1.5.3, where it swaps the operands of one, also turns an ordered comparison
/// into an unordered one, so that NaN would take the other branch.
/// </remarks>
internal static class ExactIntrinsics
{
    private const uint SignMask = 0x80000000;

    private const string PtxSelectLess = "{{ .reg .pred less; setp.lt.f32 less, {1}, {2}; selp.f32 {0}, {3}, {4}, less; }}";
    private const string PtxAtLeast = "{{ .reg .pred less; setp.lt.f32 less, {1}, {2}; selp.f32 {0}, {2}, {1}, less; }}";

    // A first guess y of 1/b, at most one ulp off, is refined to y', and q = a y' by its exact remainder (Markstein 2000, ch. 8).
    // Not always right: a test tries all quotients of tanh with all such guesses.
    private const string PtxDivideNearOne =
        "{{ .reg .f32 y, c, e; neg.f32 c, {2}; rcp.approx.ftz.f32 y, {2}; fma.rn.f32 e, c, y, 0f3F800000; fma.rn.f32 y, e, y, y; "
        + "mul.rn.f32 e, {1}, y; fma.rn.f32 c, c, e, {1}; fma.rn.f32 {0}, c, y, e; }}";

    // The error e of a first guess y of 1/b is below 2^-23, so y (1 + e + e²) is right but for its rounding; the sum is rounded up,
    // as to nearest one divisor would miss. A test tries all divisors with all guesses.
    private const string PtxReciprocal =
        "{{ .reg .f32 y, e; rcp.approx.ftz.f32 y, {1}; neg.f32 e, {1}; fma.rn.f32 e, e, y, 0f3F800000; fma.rp.f32 e, e, e, e; "
        + "fma.rn.f32 {0}, e, y, y; }}";

    // A first guess y of 1/sqrt(a) makes g = a y, of sqrt(a), which its exact remainder r corrects: g + r/2 y (Markstein 2000, ch. 9). By the
    // square of the guess's error that is too small, so that r/2, where it is below zero, loses its last place: rounded to zero with 2^-149.
    // A test tries all numbers with all guesses of a relative error up to 2^-22.9.
    private const string PtxSquareRoot =
        "{{ .reg .f32 y, g, n, r; rsqrt.approx.ftz.f32 y, {1}; mul.rn.f32 g, {1}, y; neg.f32 n, g; fma.rn.f32 r, n, g, {1}; "
        + "fma.rz.f32 r, r, 0f3F000000, 0f00000001; fma.rn.f32 {0}, r, y, g; }}";

    /// <summary>How each operation is written: {0} is the result; {1}, {2} … are the operands.</summary>
    private static readonly Dictionary<string, (string Ptx, string? OpenCL)> Templates = new()
    {
        [nameof(Add)] = ("add.rn.f32 {0}, {1}, {2};", "{0} = {1} + {2};"),
        [nameof(Subtract)] = ("sub.rn.f32 {0}, {1}, {2};", "{0} = {1} - {2};"),
        [nameof(Multiply)] = ("mul.rn.f32 {0}, {1}, {2};", "{0} = {1} * {2};"),
        [nameof(Fma)] = ("fma.rn.f32 {0}, {1}, {2}, {3};", "{0} = fma({1}, {2}, {3});"),
        [nameof(Reciprocal)] = (PtxReciprocal, null),
        [nameof(DivideNearOne)] = (PtxDivideNearOne, null),
        [nameof(SquareRoot)] = (PtxSquareRoot, null),
        [nameof(CopySign)] = ("copysign.f32 {0}, {2}, {1};", "{0} = copysign({1}, {2});"),
        [nameof(SelectLess)] = (PtxSelectLess, "{0} = {1} < {2} ? {3} : {4};"),
        [nameof(AtLeast)] = (PtxAtLeast, "{0} = {1} < {2} ? {2} : {1};"),
        [nameof(MultiplyLow)] = ("{{ .reg .b64 p; .reg .b32 h; mul.wide.u32 p, {1}, {2}; mov.b64 {{{0}, h}}, p; }}", "{0} = (uint){1} * (uint){2};"),
        [nameof(MultiplyHigh)] = ("{{ .reg .b64 p; .reg .b32 l; mul.wide.u32 p, {1}, {2}; mov.b64 {{l, {0}}}, p; }}", "{0} = mul_hi((uint){1}, (uint){2});"),
    };

    [IntrinsicImplementation]
    public static float Add(float a, float b) => a + b;

    [IntrinsicImplementation]
    public static float Subtract(float a, float b) => a - b;

    [IntrinsicImplementation]
    public static float Multiply(float a, float b) => a * b;

    [IntrinsicImplementation]
    public static float Fma(float a, float b, float c) => MathF.FusedMultiplyAdd(a, b, c);

    [IntrinsicImplementation]
    public static float Reciprocal(float a) => 1 / a;

    [IntrinsicImplementation]
    public static float DivideNearOne(float a, float b) => a / b;

    [IntrinsicImplementation]
    public static float SquareRoot(float a) => MathF.FusedMultiplyAdd(0, a, MathF.Sqrt(a)); // 0 times infinity is NaN.

    [IntrinsicImplementation]
    public static float CopySign(float magnitude, float sign) =>
        BitConverter.UInt32BitsToSingle((BitConverter.SingleToUInt32Bits(magnitude) & ~SignMask) | (BitConverter.SingleToUInt32Bits(sign) & SignMask));

    [IntrinsicImplementation]
    public static float SelectLess(float a, float b, float whenLess, float otherwise) => a < b ? whenLess : otherwise;

    [IntrinsicImplementation]
    public static float AtLeast(float a, float low) => a < low ? low : a;

    // The halves of one product are one instruction on a GPU, where ILGPU would make 64-bit numbers of the factors.
    [IntrinsicImplementation]
    public static uint MultiplyLow(uint a, uint b) => a * b;

    [IntrinsicImplementation]
    public static uint MultiplyHigh(uint a, uint b) => (uint)(((ulong)a * b) >> 32);

    /// <summary>Teaches the back ends of a context these operations; once, before its first kernel is loaded.</summary>
    public static void Register(Context context)
    {
        IntrinsicImplementationManager manager = context.GetIntrinsicManager();
        foreach ((string name, (string Ptx, string? OpenCL) template) in Templates.Concat(FastIntrinsics.Templates))
        {
            MethodInfo method = typeof(ExactIntrinsics).GetMethod(name) ?? typeof(FastIntrinsics).GetMethod(name)!;
            manager.RegisterMethod(method, new PTXIntrinsic(typeof(ExactIntrinsics), nameof(EmitPtx), IntrinsicImplementationMode.GenerateCode));
            manager.RegisterMethod(method, template.OpenCL is null
                ? new CLIntrinsic(typeof(CorrectlyRounded), name, IntrinsicImplementationMode.Redirect)
                : new CLIntrinsic(typeof(ExactIntrinsics), nameof(EmitOpenCL), IntrinsicImplementationMode.GenerateCode));
        }
    }

    private static void EmitPtx(PTXBackend backend, PTXCodeGenerator generator, Value value)
    {
        var call = (MethodCall)value;
        string[] operands = [.. Operands(call).Select(operand => PtxText(generator.LoadPrimitive(operand)))];
        string result = PtxText(generator.AllocateHardware(call));
        generator.Builder.Append('\t').AppendFormat(CultureInfo.InvariantCulture, PtxTemplate(call.Target.Source.Name, backend.Architecture), [result, .. operands]).Append('\n');
    }

    /// <summary>Since sm_80 a maximum can keep NaN; before sm_75 there is no hyperbolic tangent.</summary>
    private static string PtxTemplate(string name, CudaArchitecture architecture) => name switch
    {
        nameof(AtLeast) when architecture >= CudaArchitecture.SM_80 => "max.NaN.f32 {0}, {1}, {2};",
        nameof(FastIntrinsics.FastTanh) when architecture < CudaArchitecture.SM_75 => FastIntrinsics.OlderTanh,
        _ => Template(name).Ptx,
    };

    private static (string Ptx, string? OpenCL) Template(string name) =>
        Templates.TryGetValue(name, out (string Ptx, string? OpenCL) exact) ? exact : FastIntrinsics.Templates[name];

    private static void EmitOpenCL(CLBackend backend, CLCodeGenerator generator, Value value)
    {
        var call = (MethodCall)value;
        string[] operands = [.. Operands(call).Select(operand => OpenCLText(generator.Load(operand)))];
        CLVariableAllocator.Variable result = generator.Allocate(call);
        generator.Declare(result);
        generator.Builder.Append("\t{\n#pragma OPENCL FP_CONTRACT OFF\n\t\t")
            .AppendFormat(CultureInfo.InvariantCulture, Template(call.Target.Source.Name).OpenCL!, [result, .. operands]).Append("\n\t}\n");
    }

    private static IEnumerable<Value> Operands(MethodCall call) => Enumerable.Range(0, call.Count).Select(i => call[i].Resolve());

    private static string PtxText(PTXRegisterAllocator.PrimitiveRegister register) => register switch
    {
        PTXRegisterAllocator.ConstantRegister constant => $"{(IsFloat(constant.Value) ? "0f" : "0x")}{Bits(constant.Value):X8}",
        PTXRegisterAllocator.HardwareRegister hardware => $"%{PTXRegisterAllocator.GetStringRepresentation(hardware)}",
        _ => throw new NotSupportedException($"no operand: {register}"),
    };

    private static string OpenCLText(CLVariableAllocator.Variable variable) => variable switch
    {
        CLVariableAllocator.ConstantVariable constant => IsFloat(constant.Value) ? $"as_float(0x{Bits(constant.Value):X8}u)" : $"0x{Bits(constant.Value):X8}u",
        _ => variable.ToString(),
    };

    private static bool IsFloat(PrimitiveValue constant) => constant.BasicValueType == BasicValueType.Float32;

    private static uint Bits(PrimitiveValue constant) => IsFloat(constant) ? BitConverter.SingleToUInt32Bits(constant.Float32Value) : constant.UInt32Value;
}
