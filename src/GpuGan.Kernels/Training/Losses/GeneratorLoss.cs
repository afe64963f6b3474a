using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Training.Losses;

/// <summary>What the generator minimises, named as in Goodfellow et al., "Generative Adversarial Nets", 2014.</summary>
public enum GeneratorLoss
{
    /// <summary>Mean of -log D(G(z)): strong gradients while the discriminator wins.</summary>
    NonSaturating,

    /// <summary>Mean of log(1 - D(G(z))), the zero-sum game; negative.</summary>
    Minimax,
}

/// <summary>The formulas of a <see cref="GeneratorLoss"/>, a type argument of the kernels.</summary>
public interface IGeneratorLoss
{
    /// <summary>The loss of one generated row.</summary>
    T Value<T, TOps>(T logit, TOps o)
        where TOps : struct, IOperations<T>;

    /// <summary>Its derivative with respect to the logit.</summary>
    T Derivative<T, TOps>(T logit, TOps o)
        where TOps : struct, IOperations<T>;
}

/// <summary>Finds the formulas of a <see cref="GeneratorLoss"/>.</summary>
public static class GeneratorLossTable
{
    /// <summary>The formulas by their names.</summary>
    public static IReadOnlyDictionary<GeneratorLoss, IGeneratorLoss> All { get; } = new Dictionary<GeneratorLoss, IGeneratorLoss>
    {
        [GeneratorLoss.NonSaturating] = default(NonSaturatingLoss),
        [GeneratorLoss.Minimax] = default(MinimaxLoss),
    };
}
