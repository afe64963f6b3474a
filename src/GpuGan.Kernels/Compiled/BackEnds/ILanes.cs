using System.Reflection.Emit;
using GpuGan.Kernels.Compiled.Recordings;

namespace GpuGan.Kernels.Compiled.BackEnds;

/// <summary>How many numbers an instruction of a thread computes, of how many members they are, and how each operation is written for them.</summary>
internal interface ILanes
{
    /// <summary>Numbers of an instruction.</summary>
    int Count { get; }

    /// <summary>Members for each thread: as many as numbers; or one, whose rows and parameters share the lanes.</summary>
    int Members { get; }

    /// <summary>What a symbol is in the emitted code.</summary>
    Type TypeOf(SymbolKind kind);

    /// <summary>Writes an operation of numbers or words; the result stays on the stack.</summary>
    /// <param name="il">Where.</param>
    /// <param name="instruction">Which.</param>
    /// <param name="operand">Writes one operand onto the stack.</param>
    /// <param name="producer">The instruction that an operand is computed by in place; null where it is not.</param>
    void Emit(ILGenerator il, Instruction instruction, Action<int> operand, Func<int, Instruction?> producer);

    /// <summary>Writes a constant.</summary>
    void Constant(ILGenerator il, SymbolKind kind, uint bits);

    /// <summary>Copies an index on the stack to all lanes, as a word.</summary>
    void Broadcast(ILGenerator il);
}
