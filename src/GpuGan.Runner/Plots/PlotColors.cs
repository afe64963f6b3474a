using ScottPlot;

namespace GpuGan.Runner.Plots;

/// <summary>
/// The colours of the pictures: P. Tol's "vibrant" scheme, whose hues stay apart for colour-blind readers.
/// Real and generated rows differ in shape as well.
/// </summary>
internal static class PlotColors
{
    /// <summary>The prior.</summary>
    public static readonly Color Red = Color.FromHex("#CC3311");

    /// <summary>Real rows, and the generator's loss.</summary>
    public static readonly Color Blue = Color.FromHex("#0077BB");

    /// <summary>Generated rows, and the discriminator's loss.</summary>
    public static readonly Color Orange = Color.FromHex("#EE7733");

    /// <summary>Text, axes and the lines that are no data.</summary>
    public static readonly Color Ink = Color.FromHex("#333333");
}

/// <summary>
/// Probability 0 in a tint of the generated rows' colour, 1 in a tint of the real rows', 0.5 nearly white.
/// The tints are light enough for the points to be seen on them.
/// </summary>
internal sealed class ProbabilityColormap : IColormap
{
    private static readonly Color Generated = Color.FromHex("#F6BC97");
    private static readonly Color Undecided = Color.FromHex("#FAFAFA");
    private static readonly Color Real = Color.FromHex("#85BEDF");

    /// <inheritdoc/>
    public string Name => "Probability of being real";

    /// <inheritdoc/>
    public Color GetColor(double position)
    {
        if (double.IsNaN(position))
        {
            return Colors.Transparent;
        }

        double fromUndecided = Math.Clamp(position, 0, 1) * 2 - 1;
        return Undecided.MixedWith(fromUndecided < 0 ? Generated : Real, Math.Abs(fromUndecided));
    }
}
