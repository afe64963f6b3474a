using GpuGan.Kernels.Metrics;
using ScottPlot;

namespace GpuGan.Runner.Plots;

/// <summary>
/// Mean and spread of rows in the plane of two columns: the mean, and the ellipses of one and of two standard deviations. A generator that has
/// collapsed has one that is a line.
/// </summary>
/// <param name="Center">The mean.</param>
/// <param name="Right">How far one standard deviation reaches horizontally.</param>
/// <param name="Slope">How far the ellipse lies higher where it is farthest right.</param>
/// <param name="Up">How far it reaches vertically from there.</param>
internal readonly record struct Ellipse(Coordinates Center, double Right, double Slope, double Up)
{
    private const int Corners = 96;

    /// <summary>The ellipse of two columns; null where a moment is not finite.</summary>
    public static Ellipse? Of(Moments? moments, int horizontal, int vertical)
    {
        if (moments is null)
        {
            return null;
        }

        // The triangular root of the covariance turns a circle into the ellipse; where there is no spread, into a line or a point.
        double right = Math.Sqrt(Math.Max(0, moments.Covariance[horizontal, horizontal]));
        double slope = right > 0 ? moments.Covariance[horizontal, vertical] / right : 0;
        double up = Math.Sqrt(Math.Max(0, moments.Covariance[vertical, vertical] - (slope * slope)));
        Ellipse ellipse = new(new Coordinates(moments.Mean[horizontal], moments.Mean[vertical]), right, slope, up);
        return ellipse.Outline(2).All(point => double.IsFinite(point.X) && double.IsFinite(point.Y)) ? ellipse : null;
    }

    /// <summary>The closed line of so many standard deviations.</summary>
    public Coordinates[] Outline(double deviations)
    {
        Coordinates[] outline = new Coordinates[Corners + 1];
        for (int i = 0; i <= Corners; i++)
        {
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * i / Corners);
            outline[i] = new Coordinates(
                Center.X + (deviations * Right * cosine),
                Center.Y + (deviations * ((Slope * cosine) + (Up * sine))));
        }

        return outline;
    }
}
