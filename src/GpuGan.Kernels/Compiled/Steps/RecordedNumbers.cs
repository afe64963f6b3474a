using GpuGan.Kernels.Compiled.Recordings;
using GpuGan.Kernels.Random;

namespace GpuGan.Kernels.Compiled.Steps;

/// <summary>Random numbers of a stream, drawn into scratch memory block by block.</summary>
internal static class RecordedNumbers
{
    /// <summary>Records the drawing.</summary>
    /// <param name="recording">Where.</param>
    /// <param name="walk">How the rows that they are for are passed.</param>
    /// <param name="variates">Which kind.</param>
    /// <param name="seed">Its halves, the low one first.</param>
    /// <param name="stream">What they are for.</param>
    /// <param name="step">A word: which step, from 0.</param>
    /// <param name="firstBlock">An index: the first block of four elements.</param>
    /// <param name="elements">An index: how many elements, from the first of that block.</param>
    /// <param name="target">Where in scratch memory they go.</param>
    public static void Draw(
        Recording recording, RowWalk walk, IVariates variates, (Symbol Low, Symbol High) seed, StreamId stream, Symbol step, Symbol firstBlock, Symbol elements, Symbol target)
    {
        Symbol whole = recording.Index(Operation.IndexAdd, elements, recording.Index(Streams.BlockSize - 1));
        RecordingOperations o = recording.Operations;
        walk.Draw(
            target,
            firstBlock,
            FirstBlock(recording, whole),
            block => Streams.Words(seed.Low, seed.High, stream, step, block, o.Word(0), o),
            words =>
            {
                variates.Of(words, o, out Quad<Symbol> numbers);
                return numbers;
            });
    }

    /// <summary>The block that an element lies in.</summary>
    public static Symbol FirstBlock(Recording recording, Symbol element) => recording.Add(SymbolKind.Index, Operation.IndexShiftRight, 2, element);
}
