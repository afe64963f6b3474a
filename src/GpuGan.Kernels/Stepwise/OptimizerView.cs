using GpuGan.Kernels.Training.Optimizers;
using ILGPU;

namespace GpuGan.Kernels.Stepwise;

/// <summary>What the optimiser keeps of a network, <c>[parameter]</c> each.</summary>
/// <param name="gradients">The gradients of the last step.</param>
/// <param name="state"><c>[word, parameter]</c>.</param>
/// <param name="words">How many words it keeps of each parameter.</param>
/// <param name="averages">The averaged parameters; empty where there are none.</param>
/// <param name="isAveraged">1 where there are averages, else 0.</param>
/// <param name="averageTaken">How much of the parameter it takes.</param>
/// <param name="divergedAt">One number: the first step after which a parameter was not finite.</param>
internal readonly struct OptimizerView(
    ArrayView<float> gradients, ArrayView<float> state, int words, ArrayView<float> averages, int isAveraged, float averageTaken, ArrayView<int> divergedAt)
{
    public readonly ArrayView<float> Gradients = gradients;
    public readonly ArrayView<float> Averages = averages;
    public readonly int IsAveraged = isAveraged;
    public readonly float AverageTaken = averageTaken;
    public readonly ArrayView<int> DivergedAt = divergedAt;
    private readonly ArrayView<float> state = state;
    private readonly int words = words;

    /// <summary>A parameter with what is kept of it; words that are not kept are zero.</summary>
    public OptimizerState<float> Read(int parameter, float value) => new(value, Word(parameter, 0), Word(parameter, 1), Word(parameter, 2));

    /// <summary>Keeps what is kept of a parameter.</summary>
    public void Write(int parameter, OptimizerState<float> updated)
    {
        Write(parameter, 0, updated.First);
        Write(parameter, 1, updated.Second);
        Write(parameter, 2, updated.Third);
    }

    private float Word(int parameter, int word) => word < words ? state[(word * Gradients.IntLength) + parameter] : 0;

    private void Write(int parameter, int word, float value)
    {
        if (word < words)
        {
            state[(word * Gradients.IntLength) + parameter] = value;
        }
    }
}
