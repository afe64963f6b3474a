using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Random;

namespace GpuGan.Kernels.Distributions;

/// <summary>Rows <c>x = z A + b</c> of standard normal z.</summary>
public sealed class Gaussian
{
    private readonly float[,] a;
    private readonly float[] b;

    private Gaussian(float[,] a, float[] b) => (this.a, this.b) = (a, b);

    /// <summary>The chapter's: A = [[1, 2], [-0.1, 0.5]], b = [1, 2] (Dive into Deep Learning, section 20.1.1).</summary>
    public static Gaussian Chapter { get; } = new(new[,] { { 1, 2 }, { -0.1f, 0.5f } }, [1, 2]);

    /// <summary>Number of columns.</summary>
    public int Columns => b.Length;

    /// <summary>One number of A.</summary>
    /// <param name="input">Which of the normal variates.</param>
    /// <param name="column">Which column it goes to.</param>
    public float A(int input, int column) => a[input, column];

    /// <summary>One number of b, the mean.</summary>
    /// <param name="column">Which column.</param>
    public float B(int column) => b[column];

    /// <summary>One number of a row: <c>b[column] + sum over inputs of z[input] A[input, column]</c>, in order, by fused multiply-add.</summary>
    /// <param name="z"><c>[input]</c>, standard normal variates.</param>
    /// <param name="column">Which column.</param>
    /// <param name="o">The operations.</param>
    public T Transform<T, TOps>(ReadOnlySpan<T> z, int column, TOps o)
        where TOps : struct, IOperations<T>
    {
        T sum = o.Constant(b[column]);
        for (int input = 0; input < Columns; input++)
        {
            sum = o.Fma(z[input], o.Constant(a[input, column]), sum);
        }

        return sum;
    }

    /// <summary>Draws rows from the data stream of a seed.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="rows">At least 1.</param>
    public DataSet Sample(ulong seed, int rows) => Sample(seed, rows, StreamId.Data, step: 0);

    /// <summary>Draws rows from a stream of a seed.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="rows">At least 1.</param>
    /// <param name="stream">What the rows are for.</param>
    /// <param name="step">Which step of the stream.</param>
    public DataSet Sample(ulong seed, int rows, StreamId stream, uint step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        float[] z = new float[(long)rows * Columns];
        Streams.Fill(seed, stream, step, z);
        float[] x = new float[z.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < Columns; column++)
            {
                x[(row * Columns) + column] = Transform<float, DeviceOperations>(z.AsSpan(row * Columns, Columns), column, default(DeviceOperations));
            }
        }

        return new DataSet(x, Columns);
    }
}
