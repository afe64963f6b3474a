using ILGPU;

namespace GpuGan.Kernels.Tiled.Blocks;

/// <summary>The operations of a step: of one in which the generator is updated, and of one in which it rests.</summary>
/// <param name="operations">Those of the first kind of step, then those of the second.</param>
/// <param name="generating">Where the first ones begin: behind the draws, where the numbers of the step are the caller's.</param>
/// <param name="generatingEnd">Where they end.</param>
/// <param name="resting">Where the others begin.</param>
/// <param name="restingEnd">Where they end.</param>
internal readonly struct StepProgram(ArrayView<Operation> operations, int generating, int generatingEnd, int resting, int restingEnd)
{
    public readonly ArrayView<Operation> Operations = operations;
    private readonly int generating = generating, generatingEnd = generatingEnd, resting = resting, restingEnd = restingEnd;

    /// <summary>The first operation of a step.</summary>
    public int First(BlockStep step) => step.Generates == 1 ? generating : resting;

    /// <summary>The end of its operations.</summary>
    public int End(BlockStep step) => step.Generates == 1 ? generatingEnd : restingEnd;
}
