using System.Text.Json.Nodes;
using GpuGan.Kernels.Distributions;
using GpuGan.Runner.Plots;

namespace GpuGan.Runner.HtmlReport;

/// <summary>
/// The part of the plane that a page shows. Points are written as thousandths of it, two whole numbers for each: shorter than
/// coordinates, and finer than a screen.
/// </summary>
/// <param name="X">The first column.</param>
/// <param name="Y">The second; of rows with one column, nothing.</param>
internal sealed record Frame(Interval X, Interval Y)
{
    // Beyond the frame a point is not seen; how far does not matter.
    private const int Farthest = 2000;

    private const int Bins = 48;

    /// <summary>The frame around real rows, with a margin in which wrong generators are still seen.</summary>
    /// <param name="rows">Real rows.</param>
    /// <param name="margin">As a part of the rows' extent, on each side.</param>
    public static Frame Around(Table rows, double margin)
    {
        return new Frame(Of(0), rows.Columns > 1 ? Of(1) : new Interval(0, 1));

        Interval Of(int column)
        {
            Interval extent = Interval.Around(rows.Column(column))!.Value;
            double wider = extent.Length > 0 ? margin * extent.Length : 1;
            return new Interval(extent.From - wider, extent.To + wider);
        }
    }

    /// <summary>The limits: left, right, bottom, top.</summary>
    public JsonArray ToJson() => [X.From, X.To, Y.From, Y.To];

    /// <summary>Rows from all over a table, as thousandths of the first two columns; rows that are not finite are left out.</summary>
    /// <param name="rows">Of two columns or more.</param>
    /// <param name="count">At most so many.</param>
    public JsonArray Points(Table rows, int count)
    {
        JsonArray points = [];
        foreach (int row in Thinning.Of(rows.Rows, count))
        {
            double x = (rows[row, 0] - X.From) / X.Length, y = (rows[row, 1] - Y.From) / Y.Length;
            if (double.IsFinite(x) && double.IsFinite(y))
            {
                points.Add(Thousandths(x));
                points.Add(Thousandths(y));
            }
        }

        return points;
    }

    /// <summary>How the first column is distributed over equal parts of the frame, in thousandths of the rows; what lies outside is left out.</summary>
    /// <param name="rows">The rows.</param>
    public JsonArray Histogram(Table rows)
    {
        int[] counts = new int[Bins];
        for (int row = 0; row < rows.Rows; row++)
        {
            double x = (rows[row, 0] - X.From) / X.Length;
            if (x is >= 0 and < 1)
            {
                counts[(int)(x * Bins)]++;
            }
        }

        return [.. counts.Select(count => JsonValue.Create(Math.Round(1000.0 * count / rows.Rows, 1)))];
    }

    private static int Thousandths(double part) => (int)Math.Clamp(Math.Round(1000 * part), -Farthest, Farthest);
}
