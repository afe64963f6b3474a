using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace GpuGan.Runner.Plots;

/// <summary>Ticks at round numbers of an axis that shows their logarithms: this is how ScottPlot draws logarithmic axes.</summary>
internal static class LogTicks
{
    /// <summary>What stands for zero.</summary>
    public const double Least = 1e-9;

    private const int Fewest = 3, Most = 10;

    private static readonly double[][] Digits =
    [
        [1],
        [1, 2, 5],
        [1, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8],
        [.. Enumerable.Range(10, 90).Select(tenths => tenths / 10.0)],
    ];

    /// <summary>Ticks at whole powers of ten on both axes.</summary>
    /// <param name="plot">Shows logarithms to the base of ten.</param>
    /// <param name="label">Of a power.</param>
    public static void AtPowers(Plot plot, Func<double, string> label)
    {
        foreach (IAxis axis in (IAxis[])[plot.Axes.Bottom, plot.Axes.Left])
        {
            axis.TickGenerator = new NumericAutomatic
            {
                LabelFormatter = exponent => label(Math.Round(Math.Pow(10, exponent))),
                IntegerTicksOnly = true,
                MinorTickGenerator = new LogMinorTickGenerator(),
            };
        }
    }

    /// <summary>Ticks at the powers of ten, or, where these would be fewer than three, at more numbers; at last at evenly spaced ones.</summary>
    /// <param name="range">Logarithms to the base of ten.</param>
    public static NumericManual Over(Interval range) => new(At(range));

    /// <inheritdoc cref="Over"/>
    internal static Tick[] At(Interval range)
    {
        IEnumerable<Tick[]> candidates = Digits.Select(digits => Ticks(range, digits));
        return candidates.FirstOrDefault(ticks => ticks.Length >= Fewest) ?? EvenTicks(range);
    }

    // The largest round step that gives enough of them. So short a range is almost the same logarithmic and not.
    private static Tick[] EvenTicks(Interval range)
    {
        double from = Math.Pow(10, range.From), to = Math.Pow(10, range.To);
        if (from == to)
        {
            return [new Tick(range.From, PlotFrame.Number(from))];
        }

        double power = Math.Pow(10, Math.Floor(Math.Log10(to - from)));
        double step = power * ((double[])[1, 0.5, 0.2, 0.1]).First(part => Math.Floor(to / (part * power)) - Math.Ceiling(from / (part * power)) + 1 >= Fewest);
        long first = (long)Math.Ceiling(from / step), last = (long)Math.Floor(to / step);
        return
        [
            .. Enumerable.Range(0, (int)(last - first) + 1).Select(i => (first + i) * step)
                .Select(place => new Tick(Math.Log10(place), PlotFrame.Number(place))).DistinctBy(tick => tick.Label),
        ];
    }

    private static Tick[] Ticks(Interval range, double[] digits)
    {
        int first = (int)Math.Floor(range.From), last = (int)Math.Floor(range.To), step = Math.Max(1, (last - first + Most - 1) / Most);
        return
        [
            .. from power in Enumerable.Range(first, last - first + 1)
               where power % step == 0
               from digit in digits
               let place = power + Math.Log10(digit)
               where place >= range.From && place <= range.To
               select new Tick(place, Label(digit, power)),
        ];
    }

    // Long numbers would touch each other.
    private static string Label(double digit, int power) => power is >= -5 and <= 5
        ? PlotFrame.Number(Math.Round(digit * Math.Pow(10, power), 10))
        : string.Create(CultureInfo.InvariantCulture, $"{digit}e{power}");
}
