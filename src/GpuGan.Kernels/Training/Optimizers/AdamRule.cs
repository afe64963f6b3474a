using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Training.Optimizers;

/// <summary>
/// Adam (Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015, algorithm 1), in the order of operations
/// of PyTorch's: <c>m += (1-b1) (g-m)</c>, <c>v = b2 v + (1-b2) g²</c>,
/// <c>p -= lr / (1-b1^t) * m / (sqrt(v) / sqrt(1-b2^t) + eps)</c>.
/// </summary>
public static class AdamRule
{
    /// <summary>One step of one parameter.</summary>
    public static AdamState<T> Step<T, TOps>(AdamState<T> state, T gradient, AdamStep<T> step, TOps o)
        where TOps : struct, IOperations<T>
    {
        T first = o.Fma(step.OneMinusBeta1, o.Subtract(gradient, state.FirstMoment), state.FirstMoment);
        T second = o.Fma(
            o.Multiply(step.OneMinusBeta2, gradient), gradient, o.Multiply(step.Beta2, state.SecondMoment));
        T denominator = o.Fma(o.SquareRoot(second), step.SecondCorrection, step.Epsilon);
        T parameter = o.Fma(o.Negate(step.StepSize), o.Divide(first, denominator), state.Parameter);
        return new AdamState<T>(parameter, first, second);
    }
}

/// <summary>A parameter and its moments.</summary>
/// <param name="Parameter">The weight or bias itself.</param>
/// <param name="FirstMoment">Running mean of its gradient.</param>
/// <param name="SecondMoment">Running mean of its squared gradient.</param>
public readonly record struct AdamState<T>(T Parameter, T FirstMoment, T SecondMoment);

/// <summary>What all parameters of a network share in one step.</summary>
/// <param name="StepSize">lr / (1-b1^t).</param>
/// <param name="SecondCorrection">1 / sqrt(1-b2^t).</param>
/// <param name="OneMinusBeta1">1-b1.</param>
/// <param name="Beta2">b2.</param>
/// <param name="OneMinusBeta2">1-b2.</param>
/// <param name="Epsilon">eps.</param>
public readonly record struct AdamStep<T>(
    T StepSize, T SecondCorrection, T OneMinusBeta1, T Beta2, T OneMinusBeta2, T Epsilon);
