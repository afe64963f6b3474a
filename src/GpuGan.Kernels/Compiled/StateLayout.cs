using GpuGan.Kernels.Networks;

namespace GpuGan.Kernels.Compiled;

/// <summary>
/// What a population keeps of each member, as words of 32 bits, <c>[word, member]</c>: its own settings, Adam's powers, the
/// losses, and the generator's parameters and moments before the discriminator's.
/// </summary>
internal sealed class StateLayout
{
    /// <summary>The seed's halves.</summary>
    public const int SeedLow = 0, SeedHigh = 1;

    /// <summary>The learning rates of this epoch.</summary>
    public const int LrD = 2, LrG = 3;

    /// <summary>Adam's constants; the decays are pairs.</summary>
    public const int Beta1 = 4, Beta2 = 6, OneMinusBeta1 = 8, OneMinusBeta2 = 9, Epsilon = 10;

    /// <summary>Standard deviation of the initial weights.</summary>
    public const int InitStd = 11;

    /// <summary>Powers of the decays, as pairs.</summary>
    public const int Beta1Power = 12, Beta2Power = 14;

    /// <summary>How many steps have left every parameter finite.</summary>
    public const int FiniteSteps = 16;

    /// <summary>The losses: sums over the epoch, then those of the last step.</summary>
    public const int SumD = 17, SumG = 18, LastD = 19, LastG = 20;

    /// <summary>Where the parameters begin.</summary>
    public const int Parameter = 21;

    /// <summary>Lays out the state of two networks.</summary>
    public StateLayout(NetworkShape generator, NetworkShape discriminator)
    {
        ParameterCount = generator.ParameterCount + discriminator.ParameterCount;
        FirstMoment = Parameter + ParameterCount;
        SecondMoment = FirstMoment + ParameterCount;
        Length = SecondMoment + ParameterCount;
    }

    /// <summary>Number of parameters of both networks.</summary>
    public int ParameterCount { get; }

    /// <summary>Where the first moments begin.</summary>
    public int FirstMoment { get; }

    /// <summary>Where the second moments begin.</summary>
    public int SecondMoment { get; }

    /// <summary>Number of words.</summary>
    public int Length { get; }
}
