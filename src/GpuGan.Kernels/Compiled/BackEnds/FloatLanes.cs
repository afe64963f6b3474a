using System.Reflection;
using System.Reflection.Emit;
using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Compiled.Recordings;

namespace GpuGan.Kernels.Compiled.BackEnds;

/// <summary>One member for each thread: what ILGPU compiles for CUDA, OpenCL and the CPU. Each operation is <see cref="DeviceOperations"/>' own.</summary>
internal sealed class FloatLanes : ILanes
{
    // An intrinsic is called as it is, and what is one instruction is that instruction: ILGPU would inline a method around it, and to
    // inline a call it moves all that follows, so that compiling would take the square of the number of operations.
    private static readonly Dictionary<Operation, OpCode> Instructions = new()
    {
        [Operation.Negate] = OpCodes.Neg,
        [Operation.AddWords] = OpCodes.Add,
        [Operation.ExclusiveOr] = OpCodes.Xor,
        [Operation.ShiftRight] = OpCodes.Shr_Un,
    };

    private static readonly Dictionary<string, MethodInfo> Methods =
        new[] { typeof(ExactIntrinsics), typeof(FastIntrinsics), typeof(FloatOperations) }
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static))
            .GroupBy(method => method.Name)
            .ToDictionary(methods => methods.Key, methods => methods.First());

    private FloatLanes()
    {
    }

    /// <summary>One lane.</summary>
    public static FloatLanes One { get; } = new();

    /// <inheritdoc/>
    public int Count => 1;

    /// <inheritdoc/>
    public int Members => 1;

    /// <inheritdoc/>
    public Type TypeOf(SymbolKind kind) => kind switch
    {
        SymbolKind.Number => typeof(float),
        SymbolKind.Word => typeof(uint),
        _ => typeof(int),
    };

    /// <inheritdoc/>
    public void Constant(ILGenerator il, SymbolKind kind, uint bits)
    {
        if (kind == SymbolKind.Number)
        {
            il.Emit(OpCodes.Ldc_R4, BitConverter.UInt32BitsToSingle(bits));
        }
        else
        {
            il.Emit(OpCodes.Ldc_I4, (int)bits);
        }
    }

    /// <inheritdoc/>
    public void Broadcast(ILGenerator il)
    {
        // An index and a word are both 32 bits on the stack.
    }

    /// <inheritdoc/>
    public void Emit(ILGenerator il, Instruction instruction, Action<int> operand, Func<int, Instruction?> producer)
    {
        foreach (int symbol in instruction.Operands)
        {
            operand(symbol);
        }

        if (instruction.Operation == Operation.ShiftRight)
        {
            il.Emit(OpCodes.Ldc_I4, (int)instruction.Immediate);
        }

        if (Instructions.TryGetValue(instruction.Operation, out OpCode code))
        {
            il.Emit(code);
        }
        else
        {
            il.Emit(OpCodes.Call, Methods[instruction.Operation.ToString()]);
        }
    }
}
