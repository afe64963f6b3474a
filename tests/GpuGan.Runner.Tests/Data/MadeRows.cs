using System.Globalization;
using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Random;

namespace GpuGan.Runner.Tests.Data;

/// <summary>Rows on which a verdict of moments alone, or of norms, is wrong; drawn from the program's own streams.</summary>
internal static class MadeRows
{
    /// <summary>25 modes at -4, -2, 0, 2, 4 squared.</summary>
    public static readonly Table Grid = Make(2000, 2, null, (row, column, z) => (2 * ((column == 0 ? row : row / 5) % 5)) - 4 + (0.05 * z));

    /// <summary>8 modes on a circle.</summary>
    public static readonly Table Ring = Make(2000, 2, null, (row, column, z) => (column == 0 ? Math.Cos(Math.PI / 4 * row) : Math.Sin(Math.PI / 4 * row)) + (0.01 * z));

    /// <summary>A column of some degrees beside one of some hundredths.</summary>
    public static readonly Table Weather = Make(1000, 2, ["temperature", "humidity"], (_, column, z) => column == 0 ? 1 + (2 * z) : 0.02 + (0.005 * z));

    /// <summary>A table as a file.</summary>
    public static string Csv(Table table) =>
        (table.Names is null ? "" : string.Join(',', table.Names) + "\n") +
        string.Concat(table.Values.Chunk(table.Columns).Select(row => string.Join(',', row.Select(value => value.ToString("r", CultureInfo.InvariantCulture))) + "\n"));

    private static Table Make(int rows, int columns, string[]? names, Func<int, int, double, double> number)
    {
        float[] normal = new float[rows * columns];
        Streams.Fill(seed: 0, StreamId.Data, step: 0, normal);
        return new Table([.. normal.Select((z, i) => number(i / columns, i % columns, z))], columns, names);
    }
}
