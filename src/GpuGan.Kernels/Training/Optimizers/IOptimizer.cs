using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Training.Optimizers;

/// <summary>How a parameter moves by its gradient; a type argument of the kernels.</summary>
/// <remarks>
/// A new one is a struct of its own: it works in all engines as it is, and with a line in <see cref="OptimizerTable"/> it has a word in
/// options and files.
/// </remarks>
public interface IOptimizer
{
    /// <summary>The word by which options and files name it.</summary>
    string Word { get; }

    /// <summary>How many numbers it keeps of each parameter, 0 to 3; all begin at zero.</summary>
    int StateWords { get; }

    /// <summary>Whether it takes <see cref="OptimizerStep{T}.StepSize"/> and the corrections, which need the powers of the decays.</summary>
    bool CorrectsBias => false;

    /// <summary>Whether it takes <see cref="OptimizerStep{T}.Momentum"/>.</summary>
    bool UsesMomentum => false;

    /// <summary>Whether it takes <see cref="OptimizerStep{T}.IsFirst"/>.</summary>
    bool AsksWhetherFirst => false;

    /// <summary>One step of one parameter.</summary>
    /// <param name="state">The parameter, and what is kept of it; words beyond <see cref="StateWords"/> are not kept.</param>
    /// <param name="gradient">Its gradient.</param>
    /// <param name="common">What all parameters of the network share in this step.</param>
    /// <param name="o">The operations.</param>
    OptimizerState<T> Move<T, TOps>(OptimizerState<T> state, T gradient, OptimizerStep<T> common, TOps o)
        where TOps : struct, IOperations<T>;
}

/// <summary>A parameter, and what its optimiser keeps of it.</summary>
/// <param name="Parameter">The weight or bias itself.</param>
/// <param name="First">The first word; Adam's running mean of the gradient.</param>
/// <param name="Second">The second word; Adam's running mean of the squared gradient.</param>
/// <param name="Third">The third word.</param>
public readonly record struct OptimizerState<T>(T Parameter, T First, T Second, T Third);

/// <summary>What all parameters of a network share in one step.</summary>
/// <param name="LearningRate">lr.</param>
/// <param name="StepSize">lr / (1-b1^t).</param>
/// <param name="FirstCorrection">1 / (1-b1^t).</param>
/// <param name="SecondCorrection">1 / sqrt(1-b2^t).</param>
/// <param name="OneMinusBeta1">1-b1.</param>
/// <param name="OneMinusBeta2">1-b2.</param>
/// <param name="Epsilon">eps.</param>
/// <param name="Momentum">The factor of the step before.</param>
/// <param name="IsFirst">1 in the first update of the network, else 0.</param>
public readonly record struct OptimizerStep<T>(
    T LearningRate, T StepSize, T FirstCorrection, T SecondCorrection, T OneMinusBeta1, T OneMinusBeta2, T Epsilon, T Momentum, T IsFirst);
