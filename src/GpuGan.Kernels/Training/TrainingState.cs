using GpuGan.Kernels.Training.Optimizers;

namespace GpuGan.Kernels.Training;

/// <summary>
/// All that a training carries from one epoch to the next: whichever engine goes on from it, on whichever device, ends with
/// the bits of a training that was never interrupted.
/// </summary>
/// <remarks>
/// Random numbers need no state of their own: each is a function of the seed, which the settings have, and the step.
/// </remarks>
public sealed record TrainingState
{
    /// <summary>Wraps what an engine read.</summary>
    /// <param name="steps">Steps done so far, a whole number of epochs.</param>
    /// <param name="parameters">The weights and biases; all finite.</param>
    /// <param name="optimizer">The words that the optimisers keep of each parameter.</param>
    /// <param name="averages">The averaged generator; null where there is no average.</param>
    /// <param name="powersD">The discriminator's b1^t and b2^t after these steps.</param>
    /// <param name="powersG">The generator's.</param>
    internal TrainingState(
        int steps, GanParameters parameters, IReadOnlyList<GanParameters> optimizer, GanParameters? averages, DecayPowers<float> powersD, DecayPowers<float> powersG) =>
        (Steps, Parameters, Optimizer, Averages, PowersD, PowersG) = (steps, parameters, optimizer, averages, powersD, powersG);

    /// <summary>Steps done so far, a whole number of epochs.</summary>
    public int Steps { get; internal init; }

    /// <summary>The weights and biases; all finite.</summary>
    public GanParameters Parameters { get; internal init; }

    /// <summary>The averaged generator, with the discriminator as it is; null where there is no average.</summary>
    public GanParameters? Averages { get; internal init; }

    /// <summary>The words that the optimisers keep of each parameter, each word laid out as the parameters are.</summary>
    internal IReadOnlyList<GanParameters> Optimizer { get; init; }

    /// <summary>The discriminator's b1^t and b2^t after these steps; 1 where its optimiser does not take them.</summary>
    internal DecayPowers<float> PowersD { get; init; }

    /// <summary>The generator's.</summary>
    internal DecayPowers<float> PowersG { get; init; }

    /// <summary>The state of a training that begins with other parameters.</summary>
    /// <param name="start">Makes them of those that were drawn.</param>
    public TrainingState StartingFrom(Func<GanParameters, GanParameters> start)
    {
        ArgumentNullException.ThrowIfNull(start);
        return this with { Parameters = start(Parameters), Averages = Averages is null ? null : start(Averages) };
    }

    /// <summary>Refuses a state of other networks, or one that is not the end of an epoch.</summary>
    /// <param name="settings">Of the training that is to go on.</param>
    /// <param name="stepsPerEpoch">Its steps of an epoch.</param>
    /// <exception cref="ArgumentException">The state does not fit.</exception>
    internal void RequireFits(TrainingSettings settings, int stepsPerEpoch)
    {
        foreach (GanParameters values in (ReadOnlySpan<GanParameters>)[Parameters, .. Optimizer, Averages ?? Parameters])
        {
            if (!values.Generator.Equals(settings.Generator) || !values.Discriminator.Equals(settings.Discriminator))
            {
                throw new ArgumentException(
                    $"the state is of {values.Generator} and {values.Discriminator}, the training of {settings.Generator} and {settings.Discriminator}");
            }
        }

        if (Optimizer.Count != settings.StateWords || (Averages is null) != (settings.GEma == 0))
        {
            throw new ArgumentException($"the state has {Optimizer.Count} words of each parameter{(Averages is null ? "" : " and an average")}; the training keeps {settings.StateWords}{(settings.GEma == 0 ? "" : " and an average")}");
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
