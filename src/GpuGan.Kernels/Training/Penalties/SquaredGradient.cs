using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Training.Penalties;

/// <summary>
/// <c>strength/2 |g|²</c>, derivative <c>strength g</c>: R1 on real rows, R2 on generated ones (Mescheder, Geiger and Nowozin, "Which
/// Training Methods for GANs do actually Converge?", 2018, equations 9 and 10).
/// </summary>
internal readonly struct SquaredGradient : IPenalty
{
    /// <inheritdoc/>
    public T Factor<T, TOps>(T squaredNorm, T strength, TOps o)
        where TOps : struct, IOperations<T> => strength;
}
