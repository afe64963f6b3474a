using GpuGan.Kernels.Random;

namespace GpuGan.Kernels.Compiled;

/// <summary>Random numbers of a stream, drawn into scratch memory block by block.</summary>
internal static class RecordedNumbers
{
    /// <summary>How much scratch memory a number of elements takes: whole blocks.</summary>
    public static int WholeBlocks(int elements) => (elements + Streams.BlockSize - 1) / Streams.BlockSize * Streams.BlockSize;

    /// <summary>Records the drawing.</summary>
    /// <param name="recording">Where.</param>
    /// <param name="variates">Which kind.</param>
    /// <param name="seed">Its halves, the low one first.</param>
    /// <param name="stream">What they are for.</param>
    /// <param name="step">A word: which step, from 0.</param>
    /// <param name="firstBlock">An index: the first block of four elements.</param>
    /// <param name="elements">An index: how many elements, from the first of that block.</param>
    /// <param name="target">Where in scratch memory they go.</param>
    public static void Draw(
        Recording recording, IVariates variates, (Symbol Low, Symbol High) seed, StreamId stream, Symbol step, Symbol firstBlock, Symbol elements, Symbol target)
    {
        Symbol whole = recording.Index(Operation.IndexAdd, elements, recording.Index(Streams.BlockSize - 1));
        recording.Loop(FirstBlock(recording, whole), block =>
        {
            Symbol which = recording.Word(recording.Index(Operation.IndexAdd, firstBlock, block));
            variates.Draw(seed.Low, seed.High, stream, step, which, recording.Operations, out Quad<Symbol> numbers);
            Symbol start = recording.Index(Operation.IndexAdd, target, recording.Index(Operation.IndexMultiply, block, recording.Index(Streams.BlockSize)));
            Symbol[] four = [numbers.A, numbers.B, numbers.C, numbers.D];
            for (int i = 0; i < four.Length; i++)
            {
                recording.StoreScratch(start, four[i], behind: i);
            }
        });
    }

    /// <summary>The block that an element lies in.</summary>
    public static Symbol FirstBlock(Recording recording, Symbol element) => recording.Add(SymbolKind.Index, Operation.IndexShiftRight, 2, element);
}
