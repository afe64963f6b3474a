using System.Globalization;
using System.Reflection;
using ILGPU;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;
using ILGPU.IR.Values;

namespace GpuGan.Kernels.Arithmetic;

/// <summary>
/// Float operations that no compiler rewrites: ILGPU sees opaque calls, PTX gets instructions with an explicit
/// rounding, which assemblers never contract, and OpenCL one statement for each operation.
/// </summary>
/// <remarks>
/// Comparisons are among them because ILGPU 1.5.3, where it swaps the operands of one, also turns an ordered comparison
/// into an unordered one, so that NaN would take the other branch.
/// </remarks>
internal static class ExactIntrinsics
{
    private const string PtxSelectLess = "{{ .reg .pred less; setp.lt.f32 less, {1}, {2}; selp.f32 {0}, {3}, {4}, less; }}";

    /// <summary>How each operation is written: {0} is the result, in PTX alone; {1}, {2} … are the operands.</summary>
    private static readonly Dictionary<string, (string Ptx, string OpenCL)> Templates = new()
    {
        [nameof(Add)] = ("add.rn.f32 {0}, {1}, {2};", "{1} + {2}"),
        [nameof(Subtract)] = ("sub.rn.f32 {0}, {1}, {2};", "{1} - {2}"),
        [nameof(Multiply)] = ("mul.rn.f32 {0}, {1}, {2};", "{1} * {2}"),
        [nameof(Fma)] = ("fma.rn.f32 {0}, {1}, {2}, {3};", "fma({1}, {2}, {3})"),
        [nameof(Divide)] = ("div.rn.f32 {0}, {1}, {2};", "{1} / {2}"),
        [nameof(SquareRoot)] = ("sqrt.rn.f32 {0}, {1};", "sqrt({1})"),
        [nameof(SelectLess)] = (PtxSelectLess, "{1} < {2} ? {3} : {4}"),
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
    public static float Divide(float a, float b) => a / b;

    [IntrinsicImplementation]
    public static float SquareRoot(float a) => MathF.Sqrt(a);

    [IntrinsicImplementation]
    public static float SelectLess(float a, float b, float whenLess, float otherwise) => a < b ? whenLess : otherwise;

    /// <summary>Teaches the back ends of a context these operations; once, before its first kernel is loaded.</summary>
    public static void Register(Context context)
    {
        IntrinsicImplementationManager manager = context.GetIntrinsicManager();
        foreach (string name in Templates.Keys)
        {
            MethodInfo method = typeof(ExactIntrinsics).GetMethod(name)!;
            manager.RegisterMethod(method, new PTXIntrinsic(typeof(ExactIntrinsics), nameof(EmitPtx), IntrinsicImplementationMode.GenerateCode));
            manager.RegisterMethod(method, new CLIntrinsic(typeof(ExactIntrinsics), nameof(EmitOpenCL), IntrinsicImplementationMode.GenerateCode));
        }
    }

    private static void EmitPtx(PTXBackend backend, PTXCodeGenerator generator, Value value)
    {
        var call = (MethodCall)value;
        string[] operands = [.. Operands(call).Select(operand => PtxText(generator.LoadPrimitive(operand)))];
        string result = PtxText(generator.AllocateHardware(call));
        generator.Builder.Append('\t').AppendFormat(CultureInfo.InvariantCulture, Templates[call.Target.Source.Name].Ptx, [result, .. operands]).Append('\n');
    }

    private static void EmitOpenCL(CLBackend backend, CLCodeGenerator generator, Value value)
    {
        var call = (MethodCall)value;
        string[] operands = [.. Operands(call).Select(operand => OpenCLText(generator.Load(operand)))];
        using var statement = generator.BeginStatement(generator.Allocate(call));
        statement.AppendCommand(string.Format(CultureInfo.InvariantCulture, Templates[call.Target.Source.Name].OpenCL, ["", .. operands]));
    }

    private static IEnumerable<Value> Operands(MethodCall call) => Enumerable.Range(0, call.Count).Select(i => call[i].Resolve());

    private static string PtxText(PTXRegisterAllocator.PrimitiveRegister register) => register switch
    {
        PTXRegisterAllocator.ConstantRegister constant => $"0f{Bits(constant.Value):X8}",
        PTXRegisterAllocator.HardwareRegister hardware => $"%{PTXRegisterAllocator.GetStringRepresentation(hardware)}",
        _ => throw new NotSupportedException($"no operand: {register}"),
    };

    private static string OpenCLText(CLVariableAllocator.Variable variable) => variable switch
    {
        CLVariableAllocator.ConstantVariable constant => $"as_float(0x{Bits(constant.Value):X8}u)",
        _ => variable.ToString(),
    };

    private static uint Bits(PrimitiveValue constant) => BitConverter.SingleToUInt32Bits(constant.Float32Value);
}
