using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Compiled.Steps;

/// <summary>Where the random numbers of a step stand in a recorded training that is followed: step by step behind the rows of the data.</summary>
/// <param name="settings">The game.</param>
/// <param name="batch">Rows of a whole batch; a shorter one uses the first.</param>
internal sealed class FollowedNumbers(TrainingSettings settings, int batch)
{
    /// <summary>The latent rows, <c>[row, latent]</c>.</summary>
    public int Latent { get; }

    /// <summary>The instance noise, <c>[real or generated, row, column]</c>, where there is any.</summary>
    public int InputNoise { get; } = batch * settings.Generator.Inputs;

    /// <summary>Where the gradient penalty is taken, <c>[row]</c>, where there is one.</summary>
    public int Mix { get; } = (batch * settings.Generator.Inputs) + (settings.InstanceNoise != 0 ? 2 * batch * settings.Discriminator.Inputs : 0);

    /// <summary>How many numbers a step has.</summary>
    public int Length => Mix + (settings.GradientPenalty != 0 ? batch : 0);
}
