using GpuGan.Kernels.Distributions;
using GpuGan.Kernels.Metrics;
using ScottPlot;

namespace GpuGan.Runner.Plots;

/// <summary>Rows of one kind, and how they are drawn. Rows that are not finite are left out.</summary>
/// <param name="Table">The rows.</param>
/// <param name="Name">Their name in a legend; null where they need none.</param>
/// <param name="Color">Their colour.</param>
/// <param name="Shape">The shape of their points.</param>
/// <param name="Most">The most that are drawn as points.</param>
/// <param name="Moments">Of what the rows are drawn from; null where they are not shown.</param>
internal sealed record RowSeries(Table Table, string? Name, Color Color, MarkerShape Shape, int Most, Moments? Moments = null)
{
    /// <summary>More than this are drawn small and translucent, so that their density is seen.</summary>
    private const int Many = 200;

    /// <summary>Real rows, blue.</summary>
    public static RowSeries Real(Table rows, int most, Moments? moments = null) => new(rows, "real", PlotColors.Blue, MarkerShape.FilledCircle, most, moments);

    /// <summary>Generated rows, orange.</summary>
    public static RowSeries Generated(Table rows, Moments? moments = null) => new(rows, "generated", PlotColors.Orange, MarkerShape.FilledTriangleUp, RunPlots.Points, moments);

    /// <summary>Size of a point.</summary>
    public float Size => (IsMany ? 6 : 10) * (Shape == MarkerShape.FilledTriangleUp ? 1.2f : 1);

    /// <summary>Opacity of a point.</summary>
    public double Opacity => IsMany ? 0.45 : 1;

    private bool IsMany => Math.Min(Most, Table.Rows) > Many;

    /// <summary>All finite numbers of a column.</summary>
    public double[] Values(int column) => [.. Table.Column(column).Where(double.IsFinite)];

    /// <summary>The points of two columns.</summary>
    public Coordinates[] Points(int horizontal, int vertical) =>
    [
        .. Thinning.Of(Table.Rows, Most).Select(row => new Coordinates(Table[row, horizontal], Table[row, vertical]))
            .Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y)),
    ];

    /// <summary>What a legend says of so many that are drawn.</summary>
    public string Legend(int drawn) => Name is null ? ""
        : drawn == 0 ? $"{Name}: none is finite"
        : drawn < Table.Rows && drawn == Most && Name == "real" ? $"{Name} ({PlotFrame.Count(drawn)} of {PlotFrame.Count(Table.Rows)})"
        : $"{Name} ({PlotFrame.Count(drawn)})";
}
