namespace GpuGan.Kernels.Compiled.Recordings;

/// <summary>A value that a recording computes, once: where formulas have numbers, the recorder has symbols.</summary>
/// <param name="Id">Its number in the recording.</param>
internal readonly record struct Symbol(int Id);

/// <summary>A place that keeps a value from one pass of a loop to the next.</summary>
/// <param name="Id">Its number in the recording.</param>
internal readonly record struct Variable(int Id);

/// <summary>What a symbol or a variable stands for.</summary>
internal enum SymbolKind
{
    /// <summary>A 32-bit float for each lane.</summary>
    Number,

    /// <summary>A 32-bit word for each lane.</summary>
    Word,

    /// <summary>One 32-bit integer for all lanes: a loop's index, an address.</summary>
    Index,
}
