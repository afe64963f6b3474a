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

    /// <summary>The frame around real rows, with a margin in which wrong generators are still seen.</summary>
    /// <param name="rows">Real rows.</param>
    /// <param name="margin">As a part of the rows' extent, on each side.</param>
    public static Frame Around(Table rows, double margin)
    {
        return new Frame(Of(0), rows.Columns > 1 ? Of(1) : new Interval(0, 1));

        Interval Of(int column)
        {
            Interval extent = Interval.Around(Enumerable.Range(0, rows.Rows).Select(row => rows[row, column]))!.Value;
            double wider = extent.Length > 0 ? margin * extent.Length : 1;
            return new Interval(extent.From - wider, extent.To + wider);
        }
    }

    /// <summary>The limits: left, right, bottom, top.</summary>
    public JsonArray ToJson() => [X.From, X.To, Y.From, Y.To];

    /// <summary>The first rows, as thousandths; rows that are not finite are left out.</summary>
    /// <param name="rows">Of one column: they are strewn in a band.</param>
    /// <param name="count">At most so many.</param>
    /// <param name="band">Where the band lies, from 0 to 1.</param>
    public JsonArray Points(Table rows, int count, double band)
    {
        JsonArray points = [];
        for (int row = 0; row < Math.Min(count, rows.Rows); row++)
        {
            // Steps of the golden ratio strew evenly.
            double y = rows.Columns > 1 ? (rows[row, 1] - Y.From) / Y.Length : band + (0.3 * ((row * 0.618034 % 1) - 0.5));
            double x = (rows[row, 0] - X.From) / X.Length;
            if (double.IsFinite(x) && double.IsFinite(y))
            {
                points.Add(Thousandths(x));
                points.Add(Thousandths(y));
            }
        }

        return points;
    }

    private static int Thousandths(double part) => (int)Math.Clamp(Math.Round(1000 * part), -Farthest, Farthest);
}
