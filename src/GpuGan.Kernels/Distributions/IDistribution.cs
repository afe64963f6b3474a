using GpuGan.Kernels.Arithmetic;

namespace GpuGan.Kernels.Distributions;

/// <summary>
/// Where rows are drawn from: one formula, generic over the number type, by which the host draws them and the compiled engine
/// draws them in place. <see cref="DistributionTable"/> lists those that there are; another type needs only this interface.
/// </summary>
/// <remarks>
/// Compiled code is kept by the value of its distribution: one that equals another must have the same formula with the same numbers,
/// as those of a record have.
/// </remarks>
public interface IDistribution
{
    /// <summary>Number of columns, at least 1.</summary>
    int Columns { get; }

    /// <summary>The true mean, <c>[column]</c>.</summary>
    IReadOnlyList<double> Mean { get; }

    /// <summary>The true covariance, <c>[column, column]</c>, row after row.</summary>
    IReadOnlyList<double> Covariance { get; }

    /// <summary>Whether it is Gaussian, so that its moments tell all.</summary>
    bool IsGaussian => false;

    /// <summary>The modes, where it is a mixture of equal ones; else null.</summary>
    Mixture? Mixture => null;

    /// <summary>Whether its rows are made of a uniform number too, and not of normal variates alone.</summary>
    bool DrawsUniform => false;

    /// <summary>A row.</summary>
    /// <param name="z"><c>[column]</c>, standard normal variates, the row's own.</param>
    /// <param name="u">
    /// A uniform number from 0 to below 1, a multiple of 2^-24, independent of the variates; not to be used unless <see cref="DrawsUniform"/>.
    /// </param>
    /// <param name="x"><c>[column]</c>, filled.</param>
    /// <param name="o">The operations.</param>
    void Row<T, TOps>(ReadOnlySpan<T> z, T u, Span<T> x, TOps o)
        where TOps : struct, IOperations<T>;
}
