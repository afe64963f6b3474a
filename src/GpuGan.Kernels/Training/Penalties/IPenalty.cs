using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Training.Penalties;

/// <summary>
/// A penalty on g, the gradient of the logit with respect to the row, as a function of its norm: what stands before g in the derivative with
/// respect to g.
/// </summary>
internal interface IPenalty
{
    /// <summary>The factor of g.</summary>
    /// <param name="squaredNorm">|g|².</param>
    /// <param name="strength">Of the penalty.</param>
    /// <param name="o">The operations.</param>
    T Factor<T, TOps>(T squaredNorm, T strength, TOps o)
        where TOps : struct, IOperations<T>;
}
