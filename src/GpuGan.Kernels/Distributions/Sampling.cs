using GpuGan.Kernels.Arithmetic;
using GpuGan.Kernels.Random;

namespace GpuGan.Kernels.Distributions;

/// <summary>Rows of any distribution, drawn on the host.</summary>
public static class Sampling
{
    /// <summary>Draws rows from the data stream of a seed.</summary>
    /// <param name="distribution">Where from.</param>
    /// <param name="seed">Any number.</param>
    /// <param name="rows">At least 1.</param>
    /// <returns><c>[row, column]</c>; the row of a number does not depend on how many rows are drawn.</returns>
    public static DataSet Sample(this IDistribution distribution, ulong seed, int rows)
    {
        DataSet drawn = distribution.Sample(seed, rows, StreamId.Data, step: 0);
        return new DataSet(drawn.Values, drawn.Columns) { Distribution = distribution };
    }

    /// <summary>Draws rows from a stream of a seed.</summary>
    /// <param name="distribution">Where from.</param>
    /// <param name="seed">Any number.</param>
    /// <param name="rows">At least 1.</param>
    /// <param name="stream">What the rows are for.</param>
    /// <param name="step">Which step of the stream.</param>
    /// <returns><c>[row, column]</c>.</returns>
    internal static DataSet Sample(this IDistribution distribution, ulong seed, int rows, StreamId stream, uint step)
    {
        ArgumentNullException.ThrowIfNull(distribution);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        int columns = distribution.Columns;
        float[] z = new float[(long)rows * columns];
        Streams.Fill(seed, stream, step, z);
        float[] x = new float[z.Length];
        for (int row = 0; row < rows; row++)
        {
            float u = 0;
            if (distribution.DrawsUniform)
            {
                Streams.Choice((uint)seed, (uint)(seed >> 32), stream, step, (uint)row, default(DeviceOperations), out u);
            }

            distribution.Row(z.AsSpan(row * columns, columns), u, x.AsSpan(row * columns, columns), default(DeviceOperations));
        }

        return new DataSet(x, columns);
    }
}
