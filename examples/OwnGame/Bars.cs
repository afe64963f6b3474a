using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Distributions;

namespace OwnGame;

/// <summary>A cross: half of the rows on a bar along the first axis, half on one along the second.</summary>
/// <param name="Width">Standard deviation across a bar; along it, it is 1.</param>
public sealed record Bars(float Width) : IDistribution
{
    /// <inheritdoc/>
    public int Columns => 2;

    /// <inheritdoc/>
    public IReadOnlyList<double> Mean => [0, 0];

    /// <inheritdoc/>
    public IReadOnlyList<double> Covariance => [(1 + (Width * Width)) / 2, 0, 0, (1 + (Width * Width)) / 2];

    /// <summary>One chooses the bar.</summary>
    public bool DrawsUniform => true;

    /// <inheritdoc/>
    public void Row<T, TOps>(ReadOnlySpan<T> z, T u, Span<T> x, TOps o)
        where TOps : struct, IOperations<T>
    {
        T half = o.Constant(0.5f), one = o.Constant(1), width = o.Constant(Width);
        x[0] = o.Multiply(z[0], o.SelectLess(u, half, one, width));
        x[1] = o.Multiply(z[1], o.SelectLess(u, half, width, one));
    }
}
