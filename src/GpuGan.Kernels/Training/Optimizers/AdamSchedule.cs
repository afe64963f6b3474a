using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Training.Optimizers;

/// <summary>The powers b1^t and b2^t from step to step; pairs, so that 1 - b^t is right after a million of them.</summary>
/// <param name="Beta1Power">b1^t.</param>
/// <param name="Beta2Power">b2^t.</param>
public readonly record struct AdamPowers<T>(FloatPair<T> Beta1Power, FloatPair<T> Beta2Power);

/// <summary>Adam's constants, rounded once from the settings, and what they make of each step.</summary>
/// <param name="Beta1">b1.</param>
/// <param name="Beta2">b2.</param>
/// <param name="OneMinusBeta1">1-b1, rounded from the double.</param>
/// <param name="OneMinusBeta2">1-b2, rounded from the double.</param>
/// <param name="Epsilon">eps.</param>
public readonly record struct AdamSchedule<T>(
    FloatPair<T> Beta1, FloatPair<T> Beta2, T OneMinusBeta1, T OneMinusBeta2, T Epsilon)
{
    /// <summary>The powers one step further.</summary>
    public AdamPowers<T> Next<TOps>(AdamPowers<T> powers, TOps o)
        where TOps : struct, IOperations<T> =>
        new(FloatPair.Product(powers.Beta1Power, Beta1, o), FloatPair.Product(powers.Beta2Power, Beta2, o));

    /// <summary>What all parameters share in the step whose powers are given.</summary>
    public AdamStep<T> At<TOps>(AdamPowers<T> powers, T learningRate, TOps o)
        where TOps : struct, IOperations<T> =>
        new(
            o.Multiply(learningRate, o.Reciprocal(FloatPair.OneMinus(powers.Beta1Power, o))),
            o.Reciprocal(o.SquareRoot(FloatPair.OneMinus(powers.Beta2Power, o))),
            OneMinusBeta1,
            OneMinusBeta2,
            Epsilon);
}

/// <summary>Makes schedules of settings.</summary>
public static class AdamSchedule
{
    /// <summary>The powers before the first step: 1.</summary>
    public static AdamPowers<float> InitialPowers => new(new(1, 0), new(1, 0));

    /// <summary>The schedule of one GAN's settings.</summary>
    public static AdamSchedule<float> Of(TrainingSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new(
            FloatPair.Of(settings.Beta1),
            FloatPair.Of(settings.Beta2),
            (float)(1 - settings.Beta1),
            (float)(1 - settings.Beta2),
            (float)settings.Epsilon);
    }
}
