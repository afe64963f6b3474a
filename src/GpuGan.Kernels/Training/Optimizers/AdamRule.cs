using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Training.Optimizers;

/// <summary>
/// Adam (Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015, algorithm 1), in the order of operations
/// of PyTorch's: <c>m += (1-b1) (g-m)</c>, <c>v += (1-b2) (g²-v)</c>,
/// <c>p -= lr / (1-b1^t) * m / (sqrt(v) / sqrt(1-b2^t) + eps)</c>.
/// </summary>
public static class AdamRule
{
    // 2^-100: where the square root begins. Its root, 1e-15, is nothing beside the usual epsilon, and no division is by zero where there is none.
    private const float SmallestSecondMoment = 7.88860905e-31f;

    /// <summary>One step of one parameter.</summary>
    public static AdamState<T> Step<T, TOps>(AdamState<T> state, T gradient, AdamStep<T> step, TOps o)
        where TOps : struct, IOperations<T>
    {
        T first = o.Fma(step.OneMinusBeta1, o.Subtract(gradient, state.FirstMoment), state.FirstMoment);
        T second = o.Fma(
            step.OneMinusBeta2, o.Fma(gradient, gradient, o.Negate(state.SecondMoment)), state.SecondMoment);
        T root = o.SquareRoot(o.AtLeast(second, SmallestSecondMoment));
        T direction = o.Multiply(first, o.Reciprocal(o.Fma(root, step.SecondCorrection, step.Epsilon)));
        T parameter = o.Fma(o.Negate(step.StepSize), direction, state.Parameter);
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
/// <param name="OneMinusBeta2">1-b2.</param>
/// <param name="Epsilon">eps.</param>
public readonly record struct AdamStep<T>(
    T StepSize, T SecondCorrection, T OneMinusBeta1, T OneMinusBeta2, T Epsilon);
