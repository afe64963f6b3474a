using System.Reflection;
using ILGPU;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.IR.Intrinsics;
using ILGPU.IR.Values;
using ILGPU.IR;

namespace GpuGan.Kernels.Arithmetic;

/// <summary>
/// Float arithmetic that no compiler rewrites: ILGPU sees opaque calls, PTX gets instructions with an explicit
/// rounding, which assemblers never contract, and OpenCL one statement for each operation.
/// </summary>
internal static class ExactIntrinsics
{
    private static readonly Dictionary<string, Text> Texts = new()
    {
        [nameof(Add)] = new("add.rn.f32", "(", " + ", ")"),
        [nameof(Subtract)] = new("sub.rn.f32", "(", " - ", ")"),
        [nameof(Multiply)] = new("mul.rn.f32", "(", " * ", ")"),
        [nameof(Fma)] = new("fma.rn.f32", "fma(", ", ", ")"),
        [nameof(Divide)] = new("div.rn.f32", "(", " / ", ")"),
        [nameof(SquareRoot)] = new("sqrt.rn.f32", "sqrt(", "", ")"),
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

    /// <summary>Teaches the back ends of a context these operations; once, before its first kernel is loaded.</summary>
    public static void Register(Context context)
    {
        IntrinsicImplementationManager manager = context.GetIntrinsicManager();
        foreach (string name in Texts.Keys)
        {
            MethodInfo method = typeof(ExactIntrinsics).GetMethod(name)!;
            manager.RegisterMethod(method, new PTXIntrinsic(typeof(ExactIntrinsics), nameof(EmitPtx), IntrinsicImplementationMode.GenerateCode));
            manager.RegisterMethod(method, new CLIntrinsic(typeof(ExactIntrinsics), nameof(EmitOpenCL), IntrinsicImplementationMode.GenerateCode));
        }
    }

    private static void EmitPtx(PTXBackend backend, PTXCodeGenerator generator, Value value)
    {
        var call = (MethodCall)value;
        var arguments = Enumerable.Range(0, call.Count).Select(i => generator.LoadPrimitive(call[i])).ToArray();
        var result = generator.AllocateHardware(call);
        using var command = generator.BeginCommand(Texts[call.Target.Source.Name].Ptx);
        command.AppendArgument(result);
        foreach (var argument in arguments)
        {
            command.AppendArgument(argument);
        }
    }

    private static void EmitOpenCL(CLBackend backend, CLCodeGenerator generator, Value value)
    {
        var call = (MethodCall)value;
        Text text = Texts[call.Target.Source.Name];
        var arguments = Enumerable.Range(0, call.Count).Select(i => generator.Load(call[i])).ToArray();
        using var statement = generator.BeginStatement(generator.Allocate(call));
        statement.AppendCommand(text.Open);
        for (int i = 0; i < arguments.Length; i++)
        {
            if (i > 0)
            {
                statement.AppendCommand(text.Between);
            }

            statement.Append(arguments[i]);
        }

        statement.AppendCommand(text.Close);
    }

    /// <summary>How an operation is written: PTX's instruction, and the pieces of OpenCL's expression.</summary>
    private sealed record Text(string Ptx, string Open, string Between, string Close);
}
