using ScottPlot.TickGenerators;

namespace GpuGan.Runner.Plots;

/// <summary>Ticks at round numbers of an axis that shows their logarithms: this is how ScottPlot draws logarithmic axes.</summary>
internal static class LogTicks
{
    private const double ManyDecades = 3.2;

    /// <summary>Ticks at 1, 2 and 5 times the powers of ten; over many decades at the powers alone; over a part of one, at more.</summary>
    /// <param name="range">Logarithms to the base of ten.</param>
    public static NumericManual Over(Interval range)
    {
        double[] digits = range.Length > ManyDecades ? [1] : range.Length > 0.5 ? [1, 2, 5] : [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8];
        NumericManual ticks = new();
        for (int power = (int)Math.Floor(range.From); power <= range.To; power++)
        {
            foreach (double digit in digits)
            {
                double place = power + Math.Log10(digit);
                if (place >= range.From && place <= range.To)
                {
                    ticks.AddMajor(place, PlotFrame.Number(Math.Round(digit * Math.Pow(10, power), 10)));
                }
            }
        }

        return ticks;
    }
}
