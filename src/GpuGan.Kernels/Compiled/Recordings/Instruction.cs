namespace GpuGan.Kernels.Compiled.Recordings;

/// <summary>What an instruction does. Those of numbers and words are the operations of the same names.</summary>
internal enum Operation
{
    // A number or a word that is known when the code is written, in Immediate.
    Constant,

    // Numbers.
    Add,
    Subtract,
    Multiply,
    Fma,
    Reciprocal,
    DivideNearOne,
    SquareRoot,
    Negate,
    Abs,
    CopySign,
    SelectLess,
    AtLeast,
    PowerOfTwo,
    Exponent,
    Mantissa,

    // Numbers under fast math: what the hardware has, to a few digits.
    FastReciprocal,
    FastSquareRoot,
    FastTanh,
    FastLog,
    FastSine,
    FastCosine,

    // Words.
    AddWords,
    ExclusiveOr,
    MultiplyLow,
    MultiplyHigh,
    ShiftRight,
    ToNumber,
    ToWord,

    // Indices. An index is copied to all lanes to make a word.
    Parameter,
    IndexConstant,
    IndexAdd,
    IndexSubtract,
    IndexMultiply,
    IndexShiftRight,
    IndexSelectLess,
    IndexToWord,

    // Memory. State is [word, member] and outlives the kernel; data are the same for all lanes, and read at one place or at each lane's own;
    // scratch is [element], each lane's own.
    LoadState,
    StoreState,
    LoadData,
    GatherData,
    LoadScratch,
    StoreScratch,

    // Between the lanes of a thread that all are one member's: their numbers, a row's number for each, one element for all.
    Lane,
    LoadDataRows,
    LoadScratchRows,
    LoadElement,
    StoreElement,
    StoreTransposed,

    // Variables and loops.
    Get,
    Set,
    BeginLoop,
    EndLoop,

    // A piece of straight-line code that may be compiled by itself.
    BeginSection,
    EndSection,
}

/// <summary>One line of a recording.</summary>
/// <param name="Operation">What is done.</param>
/// <param name="Result">The symbol that it defines; -1 if none.</param>
/// <param name="Operands">The symbols that it takes.</param>
/// <param name="Immediate">Bits of a constant, a count, the number of a word, a variable or a parameter, how far behind an index.</param>
internal sealed record Instruction(Operation Operation, int Result, int[] Operands, uint Immediate)
{
    /// <summary>Whether its symbol costs nothing to write wherever it is used.</summary>
    public bool IsImmediate => Operation is Operation.Constant or Operation.IndexConstant or Operation.Parameter;
}
