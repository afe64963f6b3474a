using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Compiled;

/// <summary>What each member of a population has of its own. Numbers are doubles as typed, rounded once to floats.</summary>
/// <param name="Seed">Decides data, initial weights, noise and evaluation.</param>
/// <param name="LrD">Learning rate of the discriminator.</param>
/// <param name="LrG">Learning rate of the generator.</param>
/// <param name="LrDecay">Factor by which both shrink from one epoch to the next.</param>
/// <param name="Beta1">Adam's decay of the first moment.</param>
/// <param name="Beta2">Adam's decay of the second moment.</param>
/// <param name="Epsilon">Adam's summand.</param>
/// <param name="InitStd">Standard deviation of the initial weights.</param>
public readonly record struct Member(ulong Seed, double LrD, double LrG, double LrDecay, double Beta1, double Beta2, double Epsilon, double InitStd)
{
    /// <summary>The member that has the numbers of a training's settings.</summary>
    public static Member Of(TrainingSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new(settings.Seed, settings.LrD, settings.LrG, settings.LrDecay, settings.Beta1, settings.Beta2, settings.Epsilon, settings.InitStd);
    }

    /// <summary>The settings that train this member alone.</summary>
    /// <param name="shared">What all members have in common.</param>
    public TrainingSettings Settings(TrainingSettings shared)
    {
        ArgumentNullException.ThrowIfNull(shared);
        return shared with
        {
            Seed = Seed,
            LrD = LrD,
            LrG = LrG,
            LrDecay = LrDecay,
            Beta1 = Beta1,
            Beta2 = Beta2,
            Epsilon = Epsilon,
            InitStd = InitStd,
        };
    }

    /// <summary>Checks the numbers as those of a training's settings are checked.</summary>
    /// <param name="shared">What all members have in common.</param>
    /// <param name="number">The member's, from 0, for the message.</param>
    /// <exception cref="InvalidSettingException">One is out of range.</exception>
    internal void Validate(TrainingSettings shared, int number)
    {
        try
        {
            Settings(shared).ValidateNumbers();
        }
        catch (InvalidSettingException exception)
        {
            throw new InvalidSettingException(exception.Setting, exception.Problem, number);
        }
    }
}
