using System.Buffers.Binary;
using GpuGan.Kernels.Metrics;

namespace GpuGan.Runner.Sweeps.Results;

/// <summary>
/// The points of a member's training in a chunk file, little-endian: of each point its epoch, its losses, its errors and its parameters; then
/// how many points there are and how many parameters each has, at the end, so that the bytes before need not know.
/// </summary>
internal static class PointBytes
{
    private const int Numbers = 3 * (sizeof(int) + sizeof(double)), Counts = 2 * sizeof(int);

    /// <summary>Bytes of a member's points.</summary>
    /// <param name="points">How many.</param>
    /// <param name="parameters">Of each.</param>
    public static int SizeOf(int points, int parameters) => checked((points * SizeOfPoint(parameters)) + Counts);

    /// <summary>Writes the points of a member.</summary>
    /// <param name="bytes">As many as they take.</param>
    /// <param name="points">At least one; all have as many parameters.</param>
    public static void Write(Span<byte> bytes, IReadOnlyList<HistoryPoint> points)
    {
        int parameters = points[0].Parameters.Count;
        BinaryPrimitives.WriteInt32LittleEndian(bytes[^Counts..], points.Count);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[^sizeof(int)..], parameters);
        foreach (HistoryPoint point in points)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes, point.Epoch);
            BinaryPrimitives.WriteSingleLittleEndian(bytes[4..], point.LossD);
            BinaryPrimitives.WriteSingleLittleEndian(bytes[8..], point.LossG);
            BinaryPrimitives.WriteDoubleLittleEndian(bytes[12..], point.MeanError);
            BinaryPrimitives.WriteDoubleLittleEndian(bytes[20..], point.CovarianceError);
            BinaryPrimitives.WriteDoubleLittleEndian(bytes[28..], point.KlDivergence);
            for (int i = 0; i < parameters; i++)
            {
                BinaryPrimitives.WriteSingleLittleEndian(bytes[(Numbers + (i * sizeof(float)))..], point.Parameters[i]);
            }

            bytes = bytes[SizeOfPoint(parameters)..];
        }
    }

    /// <summary>Reads the points of a member.</summary>
    /// <param name="bytes">End with what <see cref="Write"/> wrote.</param>
    /// <param name="size">How many it wrote.</param>
    public static HistoryPoint[] Read(ReadOnlySpan<byte> bytes, out int size)
    {
        var points = new HistoryPoint[BinaryPrimitives.ReadInt32LittleEndian(bytes[^Counts..])];
        int parameters = BinaryPrimitives.ReadInt32LittleEndian(bytes[^sizeof(int)..]);
        size = SizeOf(points.Length, parameters);
        bytes = bytes[^size..];
        for (int point = 0; point < points.Length; point++)
        {
            float[] values = new float[parameters];
            for (int i = 0; i < parameters; i++)
            {
                values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(Numbers + (i * sizeof(float)))..]);
            }

            points[point] = new HistoryPoint(
                BinaryPrimitives.ReadInt32LittleEndian(bytes),
                BinaryPrimitives.ReadSingleLittleEndian(bytes[4..]),
                BinaryPrimitives.ReadSingleLittleEndian(bytes[8..]),
                BinaryPrimitives.ReadDoubleLittleEndian(bytes[12..]),
                BinaryPrimitives.ReadDoubleLittleEndian(bytes[20..]),
                BinaryPrimitives.ReadDoubleLittleEndian(bytes[28..]),
                values);
            bytes = bytes[SizeOfPoint(parameters)..];
        }

        return points;
    }

    private static int SizeOfPoint(int parameters) => Numbers + (parameters * sizeof(float));
}
