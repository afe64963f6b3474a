using System.Globalization;
using GpuGan.Runner.Sweeps.Results;
using ScottPlot;

namespace GpuGan.Runner.Plots;

/// <summary>What heat maps show of a cell.</summary>
/// <param name="Name">The title.</param>
/// <param name="Value">The number behind the colour; NaN where there is none.</param>
/// <param name="Label">What is written into the cell.</param>
/// <param name="Colors">The colours, dark where it is good.</param>
/// <param name="Range">The shares between which the colours lie; null for a logarithm, whose range is that of the cells.</param>
internal sealed record SweepMeasure(string Name, Func<Outcomes, double> Value, Func<Outcomes, string> Label, IColormap Colors, Interval? Range)
{
    /// <summary>By the verdict.</summary>
    public static readonly SweepMeasure Converged =
        new("Converged by the verdict", cell => cell.Converged.Value, cell => Percent(cell.Converged.Value), new ShareColormap(), new Interval(0, 1));

    /// <summary>By the losses, which do not tell.</summary>
    /// <param name="equilibrium">The losses that look like it, in words.</param>
    private static SweepMeasure LooksConverged(string equilibrium) =>
        new($"Both losses near {equilibrium}", cell => cell.LooksConverged.Value, cell => Percent(cell.LooksConverged.Value), new ShareColormap(), new Interval(0, 1));

    /// <summary>How far the median generator is from the data; its logarithm decides the colour.</summary>
    public static readonly SweepMeasure Divergence =
        new("Median KL divergence, nats", LogDivergence, cell => Number(cell.KlDivergence.Median), new DistanceColormap(), null);

    /// <summary>How often the median discriminator is right about fresh rows: dark where it cannot tell.</summary>
    public static readonly SweepMeasure Accuracy =
        new("Median accuracy of D on fresh rows", cell => cell.Accuracy.Median, cell => Percent(cell.Accuracy.Median), new DistanceColormap(), new Interval(0.5, 1));

    /// <summary>How many members meet every mode of a mixture.</summary>
    private static readonly SweepMeasure AllModes =
        new("All modes met", cell => cell.AllModes?.Value ?? double.NaN, cell => Percent(cell.AllModes?.Value ?? double.NaN), new ShareColormap(), new Interval(0, 1));

    /// <summary>The modes that the median member meets, in parts of those that there are.</summary>
    private static readonly SweepMeasure Modes =
        new("Median modes met", cell => cell.Modes.Median / cell.Centers, cell => Number(cell.Modes.Median), new ShareColormap(), new Interval(0, 1));

    /// <summary>Those of a sweep, in the order in which they stand side by side.</summary>
    public static IReadOnlyList<SweepMeasure> Of(SweepResult result) =>
        [Converged, LooksConverged(result.Equilibrium), Divergence, .. result.HasModes ? [AllModes, Modes] : Enumerable.Empty<SweepMeasure>(), .. result.HasAccuracy ? [Accuracy] : Enumerable.Empty<SweepMeasure>()];

    /// <summary>A divergence or a distance in two digits.</summary>
    public static string Number(double value) =>
        !double.IsFinite(value) ? "–" : value >= 1000 ? value.ToString("0e0", CultureInfo.InvariantCulture) : value.ToString(value < 10 ? "G2" : "F0", CultureInfo.InvariantCulture);

    private static string Percent(double share) =>
        !double.IsFinite(share) ? "–" : Math.Round(100 * share, MidpointRounding.AwayFromZero).ToString("F0", CultureInfo.InvariantCulture);

    private static double LogDivergence(Outcomes cell) => double.IsFinite(cell.KlDivergence.Median) ? Math.Log10(Math.Max(cell.KlDivergence.Median, 1e-6)) : double.NaN;
}

/// <summary>From nearly white, no member, over the blue of what converged to a dark blue, all members.</summary>
internal sealed class ShareColormap : IColormap
{
    private static readonly Color None = Color.FromHex("#F4F7FA");
    private static readonly Color All = Color.FromHex("#08305C");

    /// <inheritdoc/>
    public string Name => "Share of the members";

    /// <inheritdoc/>
    public Color GetColor(double position) => SequentialColors.Mix(None, PlotColors.Blue, All, position);
}

/// <summary>From a dark teal, near, to nearly white, far.</summary>
internal sealed class DistanceColormap : IColormap
{
    private static readonly Color Near = Color.FromHex("#00443C");
    private static readonly Color Middle = Color.FromHex("#009988");
    private static readonly Color Far = Color.FromHex("#F3F8F6");

    /// <inheritdoc/>
    public string Name => "Distance";

    /// <inheritdoc/>
    public Color GetColor(double position) => SequentialColors.Mix(Near, Middle, Far, position);
}

/// <summary>Colours between three.</summary>
internal static class SequentialColors
{
    /// <summary>Where there is no number.</summary>
    public static readonly Color Missing = Color.FromHex("#DDDDDD");

    /// <summary>The first at 0, the second at 0.5, the last at 1.</summary>
    public static Color Mix(Color from, Color middle, Color to, double position)
    {
        if (double.IsNaN(position))
        {
            return Missing;
        }

        double place = Math.Clamp(position, 0, 1);
        return place < 0.5 ? from.MixedWith(middle, place / 0.5) : middle.MixedWith(to, (place - 0.5) / 0.5);
    }
}
