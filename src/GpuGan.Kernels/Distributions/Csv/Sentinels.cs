namespace GpuGan.Kernels.Distributions.Csv;

/// <summary>Tells a number that may stand for a missing one, such as -999: nothing but nines, more than once, far from all others.</summary>
internal static class Sentinels
{
    private static readonly HashSet<double> Nines = [99, 999, 9999, 99999, 999999, 9999999, 99999999, 999999999];

    /// <summary>Such a number of a column and how often it is there; null where there is none.</summary>
    public static (double Value, int Count)? In(Table table, int column)
    {
        double[] values = table.Column(column);
        foreach (double value in (ReadOnlySpan<double>)[values.Min(), values.Max()])
        {
            double[] others = Nines.Contains(Math.Abs(value)) ? [.. values.Where(other => other != value)] : [];
            if (others.Length == 0 || values.Length - others.Length < 2)
            {
                continue;
            }

            // Numbers that are all alike have no distance that others could be far beyond.
            (double least, double most) = (others.Min(), others.Max());
            if (most > least && Math.Max(least - value, value - most) > most - least)
            {
                return (value, values.Length - others.Length);
            }
        }

        return null;
    }
}
