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

    /// <summary>Draws rows from the data stream of a seed.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="rows">At least 1.</param>
    public DataSet Sample(ulong seed, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        DeviceOperations o = default;
        float[] z = new float[rows * Columns];
        Streams.Fill(seed, StreamId.Data, step: 0, z);
        float[] x = new float[z.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < Columns; column++)
            {
                float sum = b[column];
                for (int input = 0; input < Columns; input++)
                {
                    sum = o.Fma(z[(row * Columns) + input], a[input, column], sum);
                }

                x[(row * Columns) + column] = sum;
            }
        }

        return new DataSet(x, Columns);
    }
}
