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

    /// <summary>The same with a margin; where all values are equal, an interval around them that a float can resolve.</summary>
    public Interval WithMargin()
    {
        double margin = Length > 0 ? 0.06 * Length : Math.Max(1, 0.01 * Math.Abs(From));
        return new Interval(From - margin, To + margin);
    }
}
