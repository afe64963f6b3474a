using System.Reflection;
using System.Reflection.Emit;
using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Compiled;

/// <summary>One member for each thread: what ILGPU compiles for CUDA, OpenCL and the CPU. Each operation is <see cref="DeviceOperations"/>' own.</summary>
internal sealed class FloatLanes : ILanes
{
    /// <inheritdoc/>
    public int Count => 1;

    /// <inheritdoc/>
    public bool VariablesInMemory => false;

    /// <inheritdoc/>
    public int RowsAtOnce => 1;

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

        il.Emit(OpCodes.Call, typeof(FloatOperations).GetMethod(instruction.Operation.ToString(), BindingFlags.Public | BindingFlags.Static)!);
    }
}
