using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Training.Optimizers;

/// <summary>The powers b1^t and b2^t from update to update; pairs, so that 1 - b^t is right after a million of them.</summary>
/// <param name="Beta1">b1^t.</param>
/// <param name="Beta2">b2^t.</param>
internal readonly record struct DecayPowers<T>(FloatPair<T> Beta1, FloatPair<T> Beta2);

/// <summary>The constants of the optimisers, rounded once from the settings, and what they make of each step.</summary>
/// <param name="Beta1">b1.</param>
/// <param name="Beta2">b2.</param>
/// <param name="OneMinusBeta1">1-b1, rounded from the double.</param>
/// <param name="OneMinusBeta2">1-b2, rounded from the double.</param>
/// <param name="Epsilon">eps.</param>
/// <param name="Momentum">The factor of the step before.</param>
internal readonly record struct OptimizerSchedule<T>(
    FloatPair<T> Beta1, FloatPair<T> Beta2, T OneMinusBeta1, T OneMinusBeta2, T Epsilon, T Momentum)
{
    // 2^-64: 1 less it is 1. Powers that went on to be denormal numbers would stay so, and processors take a hundred cycles for each.
    private const float Negligible = 1f / (1ul << 32) / (1ul << 32);

    /// <summary>The powers one update further; as good as zero, they grow no smaller.</summary>
    public DecayPowers<T> Next<TOps>(DecayPowers<T> powers, TOps o)
        where TOps : struct, IOperations<T> =>
        new(Power(powers.Beta1, Beta1, o), Power(powers.Beta2, Beta2, o));

    /// <summary>What all parameters share in the step whose powers are given.</summary>
    /// <param name="optimizer">Whose step it is: what it does not take is not computed.</param>
    /// <param name="powers">After <see cref="Next"/>.</param>
    /// <param name="learningRate">lr.</param>
    /// <param name="isFirst">1 in the first update of the network, else 0.</param>
    /// <param name="o">The operations.</param>
    public OptimizerStep<T> At<TOps>(IOptimizer optimizer, DecayPowers<T> powers, T learningRate, T isFirst, TOps o)
        where TOps : struct, IOperations<T>
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        T zero = o.Constant(0);
        if (!optimizer.CorrectsBias)
        {
            return new(learningRate, zero, zero, zero, OneMinusBeta1, OneMinusBeta2, Epsilon, Momentum, isFirst);
        }

        T correction = o.Reciprocal(FloatPair.OneMinus(powers.Beta1, o));
        return new(
            learningRate,
            o.Multiply(learningRate, correction),
            correction,
            o.Reciprocal(o.SquareRoot(FloatPair.OneMinus(powers.Beta2, o))),
            OneMinusBeta1,
            OneMinusBeta2,
            Epsilon,
            Momentum,
            isFirst);
    }

    private static FloatPair<T> Power<TOps>(FloatPair<T> power, FloatPair<T> beta, TOps o)
        where TOps : struct, IOperations<T>
    {
        FloatPair<T> product = FloatPair.Product(power, beta, o);
        return product with { High = o.AtLeast(product.High, Negligible) };
    }
}

/// <summary>Makes schedules of settings.</summary>
internal static class OptimizerSchedule
{
    /// <summary>The powers before the first update: 1.</summary>
    public static DecayPowers<float> InitialPowers => new(new(1, 0), new(1, 0));

    /// <summary>The schedule of one GAN's settings.</summary>
    public static OptimizerSchedule<float> Of(TrainingSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new(
            FloatPair.Of(settings.Beta1),
            FloatPair.Of(settings.Beta2),
            (float)(1 - settings.Beta1),
            (float)(1 - settings.Beta2),
            (float)settings.Epsilon,
            (float)settings.Momentum);
    }
}
