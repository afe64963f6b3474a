using GpuGan.Kernels.Training;

namespace GpuGan.Kernels.Compiled.Steps;

/// <summary>
/// What a population keeps of each member, as words of 32 bits, <c>[word, member]</c>: its own settings, the powers of the decays, the
/// losses, the parameters and what the optimisers keep of them, the generator's before the discriminator's; then what not every game has.
/// </summary>
internal sealed class StateLayout
{
    /// <summary>The seed's halves.</summary>
    public const int SeedLow = 0, SeedHigh = 1;

    /// <summary>The learning rates of this epoch.</summary>
    public const int LrD = 2, LrG = 3;

    /// <summary>The optimisers' constants; the decays are pairs.</summary>
    public const int Beta1 = 4, Beta2 = 6, OneMinusBeta1 = 8, OneMinusBeta2 = 9, Epsilon = 10;

    /// <summary>Standard deviation of the initial weights.</summary>
    public const int InitStd = 11;

    /// <summary>Powers of the decays, as pairs: the discriminator's, and the generator's where both are updated equally often.</summary>
    public const int Beta1Power = 12, Beta2Power = 14;

    /// <summary>How many steps have left every parameter finite.</summary>
    public const int FiniteSteps = 16;

    /// <summary>The losses: sums over the epoch, then those of the last step.</summary>
    public const int SumD = 17, SumG = 18, LastD = 19, LastG = 20;

    /// <summary>Where the parameters begin.</summary>
    public const int Parameter = 21;

    // What members have of their own, where the game has it at all.
    private static readonly (string Property, Func<TrainingSettings, bool> IsUsed, Func<TrainingSettings, double> Value)[] Optional =
    [
        (nameof(TrainingSettings.LabelSmoothing), s => s.LabelSmoothing != 0, s => s.LabelSmoothing),
        (nameof(TrainingSettings.R1), s => s.R1 != 0, s => s.R1),
        (nameof(TrainingSettings.R2), s => s.R2 != 0, s => s.R2),
        (nameof(TrainingSettings.GradientPenalty), s => s.GradientPenalty != 0, s => s.GradientPenalty),
        (nameof(TrainingSettings.WeightClip), s => s.WeightClip != 0, s => s.WeightClip),
        (nameof(TrainingSettings.InstanceNoise), s => s.InstanceNoise != 0, s => s.InstanceNoise),
        (nameof(TrainingSettings.Momentum), s => s.DOptimizer.UsesMomentum || s.GOptimizer.UsesMomentum, s => s.Momentum),

        // How much of a parameter its average takes.
        (nameof(TrainingSettings.GEma), s => s.GEma != 0, s => 1 - s.GEma),
    ];

    private readonly Dictionary<string, int> words = [];

    /// <summary>Lays out the state of a game.</summary>
    public StateLayout(TrainingSettings settings)
    {
        ParameterCount = settings.Generator.ParameterCount + settings.Discriminator.ParameterCount;
        StateWords = settings.StateWords;
        Average = OptimizerWord(StateWords);
        int next = Average + (settings.GEma != 0 ? settings.Generator.ParameterCount : 0);
        PowersG = settings.IsEven ? Beta1Power : next;
        next += settings.IsEven ? 0 : 4;
        foreach ((string property, Func<TrainingSettings, bool> isUsed, _) in Optional)
        {
            if (isUsed(settings))
            {
                words.Add(property, next++);
            }
        }

        Length = next;
    }

    /// <summary>Number of parameters of both networks.</summary>
    public int ParameterCount { get; }

    /// <summary>How many words the optimisers keep of each parameter.</summary>
    public int StateWords { get; }

    /// <summary>Where the averages of the generator's parameters begin, where there are any.</summary>
    public int Average { get; }

    /// <summary>Where the powers of the decays are by the generator's updates.</summary>
    public int PowersG { get; }

    /// <summary>Number of words.</summary>
    public int Length { get; }

    /// <summary>What members have of their own beyond what all have: where, and what.</summary>
    public IEnumerable<(int Word, Func<TrainingSettings, double> Value)> Numbers =>
        Optional.Where(number => words.ContainsKey(number.Property)).Select(number => (words[number.Property], number.Value));

    /// <summary>Which they are, as properties of <see cref="TrainingSettings"/>.</summary>
    public IEnumerable<string> Properties => words.Keys;

    /// <summary>Where a word begins that the optimisers keep of each parameter.</summary>
    public int OptimizerWord(int word) => Parameter + ((1 + word) * ParameterCount);

    /// <summary>Where a number of the member lies; null where the game does not have it.</summary>
    /// <param name="property">Of <see cref="TrainingSettings"/>.</param>
    public int? Find(string property) => words.TryGetValue(property, out int word) ? word : null;
}
