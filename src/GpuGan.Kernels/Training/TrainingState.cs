using GpuGan.Kernels.Training.Optimizers;

namespace GpuGan.Kernels.Training;

/// <summary>
/// All that a training carries from one epoch to the next: whichever engine goes on from it, on whichever device, ends with
/// the bits of a training that was never interrupted.
/// </summary>
/// <remarks>
/// Random numbers need no state of their own: each is a function of the seed, which the settings have, and the step.
/// </remarks>
/// <param name="Steps">Steps done so far, a whole number of epochs.</param>
/// <param name="Parameters">The weights and biases; all finite.</param>
/// <param name="FirstMoments">Adam's running means of the gradients, laid out as the parameters are.</param>
/// <param name="SecondMoments">Adam's running means of the squared gradients, laid out as the parameters are.</param>
/// <param name="Powers">Adam's b1^t and b2^t after these steps.</param>
public sealed record TrainingState(
    int Steps, GanParameters Parameters, GanParameters FirstMoments, GanParameters SecondMoments, AdamPowers<float> Powers)
{
    /// <summary>Refuses a state of other networks, or one that is not the end of an epoch.</summary>
    /// <param name="settings">Of the training that is to go on.</param>
    /// <param name="stepsPerEpoch">Its steps of an epoch.</param>
    /// <exception cref="ArgumentException">The state does not fit.</exception>
    internal void RequireFits(TrainingSettings settings, int stepsPerEpoch)
    {
        foreach (GanParameters values in (ReadOnlySpan<GanParameters>)[Parameters, FirstMoments, SecondMoments])
        {
            if (!values.Generator.Equals(settings.Generator) || !values.Discriminator.Equals(settings.Discriminator))
            {
                throw new ArgumentException(
                    $"the state is of {values.Generator} and {values.Discriminator}, the training of {settings.Generator} and {settings.Discriminator}");
            }
        }

        RequireEndOfEpoch(Steps, stepsPerEpoch);
        if (!Parameters.AllFinite)
        {
            throw new ArgumentException("a parameter of the state is not finite; a training that diverged does not go on");
        }
    }

    /// <summary>Refuses a step within an epoch, whose losses would be lost.</summary>
    internal static void RequireEndOfEpoch(int steps, int stepsPerEpoch)
    {
        if (steps < 0 || steps % stepsPerEpoch != 0)
        {
            throw new ArgumentException($"step {steps} is not the end of an epoch of {stepsPerEpoch} steps");
        }
    }
}
