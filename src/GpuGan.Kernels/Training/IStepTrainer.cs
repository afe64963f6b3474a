namespace GpuGan.Kernels.Training;

/// <summary>A training that can go step by step along the random numbers of another.</summary>
internal interface IStepTrainer : ITrainer
{
    /// <summary>Trains one step with random numbers of the caller's, to follow a recorded training.</summary>
    /// <param name="stepNoise"><c>[row, latent]</c> of the step's batch, which may be short.</param>
    /// <param name="stepInputNoise"><c>[row, column]</c>, of the real rows and then of the generated ones; where there is instance noise.</param>
    /// <param name="stepMix"><c>[row]</c>, where there is a gradient penalty.</param>
    /// <returns>The losses of the step; the generator's is NaN where it rests.</returns>
    /// <exception cref="ArgumentException">There are more or fewer numbers.</exception>
    (float LossD, float LossG) TrainStep(
        ReadOnlySpan<float> stepNoise, ReadOnlySpan<float> stepInputNoise = default, ReadOnlySpan<float> stepMix = default);

    /// <summary>Copies the gradients that the optimisers used in the last step, laid out as the parameters are.</summary>
    GanParameters ReadGradients();
}
