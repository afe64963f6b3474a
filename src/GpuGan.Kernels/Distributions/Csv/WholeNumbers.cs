using System.Globalization;
using System.Numerics;

namespace GpuGan.Kernels.Distributions.Csv;

/// <summary>Tells a column of whole numbers so long that float64 cannot tell them apart, as ids of 19 digits are.</summary>
internal struct WholeNumbers
{
    // The first whole number whose next one float64 lacks.
    private const double FirstInexact = 9007199254740992;

    private double error;
    private HashSet<BigInteger>? written;

    /// <summary>Takes a cell, and what was read of it.</summary>
    public void Add(string cell, double value)
    {
        if (Math.Abs(value) >= FirstInexact && double.IsFinite(value) && BigInteger.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger whole))
        {
            error = Math.Max(error, (double)BigInteger.Abs(whole - new BigInteger(value)));
            (written ??= []).Add(whole);
        }
    }

    /// <summary>What the column loses, in words; null where it loses nothing that could be learnt.</summary>
    /// <param name="table">What was read.</param>
    /// <param name="column">The column of the cells.</param>
    public readonly string? LossIn(Table table, int column)
    {
        if (error == 0 || written is null)
        {
            return null;
        }

        double[] values = table.Column(column);
        double mean = values.Average();
        int left = values.Where(value => Math.Abs(value) >= FirstInexact).Distinct().Count();
        return left < written.Count && error > RoundingLoss.HarmlessError * Math.Sqrt(values.Average(value => (value - mean) * (value - mean)))
            ? $"has {written.Count} different whole numbers, as float64 {left}"
            : null;
    }
}
