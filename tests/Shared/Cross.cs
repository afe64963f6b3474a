using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Distributions;

namespace GpuGan.Tests;

/// <summary>A distribution that the library does not know, of three columns: a bar along the first or the second axis, and the number that chose it.</summary>
/// <param name="Width">Of the bars.</param>
internal sealed record Cross(float Width) : IDistribution
{
    public int Columns => 3;

    public IReadOnlyList<double> Mean => [0, 0, 0.5];

    public IReadOnlyList<double> Covariance
    {
        get
        {
            double variance = (1 + (Width * Width)) / 2;
            return [variance, 0, 0, 0, variance, 0, 0, 0, 1.0 / 12];
        }
    }

    public bool DrawsUniform => true;

    public void Row<T, TOps>(ReadOnlySpan<T> z, T u, Span<T> x, TOps o)
        where TOps : struct, IOperations<T>
    {
        T half = o.Constant(0.5f), one = o.Constant(1), width = o.Constant(Width);
        x[0] = o.Multiply(z[0], o.SelectLess(u, half, one, width));
        x[1] = o.Multiply(z[1], o.SelectLess(u, half, width, one));
        x[2] = u;
    }
}
