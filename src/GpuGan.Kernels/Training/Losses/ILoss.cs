using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Training.Losses;

/// <summary>
/// What the two players minimise, from logits: <c>a</c> of a real row, <c>b</c> of a generated one. The discriminator's loss is
/// <see cref="Weight"/> times (the mean of <see cref="RealValue"/> over the real rows + the mean of <see cref="FakeValue"/> over the
/// generated ones), the generator's the mean of <see cref="GeneratorValue"/>. A type argument of the kernels.
/// </summary>
/// <remarks>
/// A new one is a struct of its own: it works in all engines as it is, and with a line in <see cref="LossTable"/> it has a word in
/// options and files. Where <see cref="IsPaired"/> is false, each formula is given its own logit and must leave the other alone.
/// </remarks>
public interface ILoss
{
    /// <summary>The word by which options and files name it.</summary>
    string Word { get; }

    /// <summary>Whether each real row is compared with the generated one of the same place in the batch.</summary>
    bool IsPaired => false;

    /// <summary>
    /// Whether a number that is added to all logits changes no loss of the discriminator. Then the derivative of its last bias is zero, and
    /// real and generated rows are added in turn, so that in floats it is zero as well: an optimiser that divides by its size would make steps of the rest.
    /// </summary>
    bool IsShiftInvariant => IsPaired;

    /// <summary>
    /// Whether it is a cross-entropy against labels, which can be smoothed: then <see cref="FakeValue"/> of a real row's logit is its
    /// loss against the label 0.
    /// </summary>
    bool TakesLabels => false;

    /// <summary>The factor of the discriminator's loss: 1, or 1/2 where it is the mean of its two parts.</summary>
    float Weight => 1;

    /// <summary>The logit of a discriminator that cannot tell a real row from a generated one.</summary>
    float UndecidedLogit => 0;

    /// <summary>The discriminator's loss of a real row.</summary>
    T RealValue<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T>;

    /// <summary>Its derivative, and that of <see cref="FakeValue"/>, with respect to the real row's logit.</summary>
    T RealDerivative<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T>;

    /// <summary>The discriminator's loss of a generated row.</summary>
    T FakeValue<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T>;

    /// <summary>Its derivative, and that of <see cref="RealValue"/>, with respect to the generated row's logit.</summary>
    T FakeDerivative<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T>;

    /// <summary>The generator's loss of a generated row.</summary>
    T GeneratorValue<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T>;

    /// <summary>Its derivative with respect to the generated row's logit.</summary>
    T GeneratorDerivative<T, TOps>(T real, T generated, TOps o)
        where TOps : struct, IOperations<T>;
}
