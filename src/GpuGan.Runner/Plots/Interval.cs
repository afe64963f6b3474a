namespace GpuGan.Runner.Plots;

/// <summary>What an axis shows.</summary>
internal readonly record struct Interval(double From, double To)
{
    /// <summary>Length of the interval.</summary>
    public double Length => To - From;

    /// <summary>The smallest interval with all values; none for no value.</summary>
    public static Interval? Around(IEnumerable<double> values)
    {
        double from = double.PositiveInfinity, to = double.NegativeInfinity;
        foreach (double value in values)
        {
            from = Math.Min(from, value);
            to = Math.Max(to, value);
        }

        return from <= to ? new Interval(from, to) : null;
    }

    /// <summary>
    /// The same with a margin; where all values are equal, an interval around them that a float can resolve. It is never so short that
    /// the nine digits of <see cref="PlotFrame.Number"/> would not tell its ticks apart.
    /// </summary>
    /// <param name="part">The margin on each side, as a part of the length.</param>
    public Interval WithMargin(double part = 0.06)
    {
        double magnitude = Math.Max(Math.Abs(From), Math.Abs(To));
        double margin = Length > 0 ? Math.Max(part * Length, 1e-7 * magnitude) : Math.Max(1, 0.01 * magnitude);
        return new Interval(From - margin, To + margin);
    }
}
