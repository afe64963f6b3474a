using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Training.Penalties;

/// <summary>
/// <c>strength (|g| - 1)²</c>, derivative <c>2 strength (1 - 1/|g|) g</c>, 0 where g is: the gradient penalty, on rows between a real and a
/// generated one (Gulrajani et al., "Improved Training of Wasserstein GANs", 2017, equation 3).
/// </summary>
internal readonly struct UnitGradient : IPenalty
{
    // 2^-100: where the square root begins. Below it g counts as 0, and times g the factor is as good as 0.
    private const float Smallest = ExactFunctions.Tiny;

    /// <inheritdoc/>
    public T Factor<T, TOps>(T squaredNorm, T strength, TOps o)
        where TOps : struct, IOperations<T>
    {
        T inverse = o.Reciprocal(o.SquareRoot(o.AtLeast(squaredNorm, Smallest)));
        return o.Multiply(o.Multiply(o.Constant(2), strength), o.Subtract(o.Constant(1), inverse));
    }
}
