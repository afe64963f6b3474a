using GpuGan.Runner.Sweeps.Results;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Reproductions;

/// <summary>A number of ours beside a published one, and what ours leaves open.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Published">The other; null where there is none.</param>
/// <param name="Ours">NaN where a training diverged.</param>
/// <param name="Low">The least that agrees with ours.</param>
/// <param name="High">The greatest.</param>
/// <param name="Within">What lies between these two.</param>
internal sealed record Finding(string Name, Published? Published, double Ours, double Low, double High, string Within)
{
    // Orbits of some hundred steps in float32.
    private const double RelativeTolerance = 1e-4;

    // Both ends leave half a per cent.
    private const double Tail = 0.005;

    /// <summary>What is to be known of it beside.</summary>
    public string? Remark { get; init; }

    /// <summary>Whether it is of a training that came to its end; of one that was cut off nothing is judged.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>Whether the two agree; null where there is nothing to agree with. A number that is none agrees with nothing.</summary>
    public bool? Holds => Published is null || !IsWhole ? null : Low <= Published.High && Published.Low <= High;

    /// <summary>Ours less the published one; NaN where there is none.</summary>
    public double Difference => Published is null ? double.NaN : Ours - Published.Value;

    /// <summary>A number that is the same in each training: to half a unit of the last digit that is printed, or a ten-thousandth, whichever is more.</summary>
    public static Finding Exact(string name, Published published, double ours)
    {
        double tolerance = Math.Max(published.Rounding, RelativeTolerance * Math.Abs(published.Value));
        return new Finding(name, published, ours, ours - tolerance, ours + tolerance, "tolerance");
    }

    /// <summary>A share of seeds, with the 95 % interval of Wilson.</summary>
    public static Finding OfShare(string name, Published? published, Share share) =>
        new(name, published, share.Value, share.Interval.Low, share.Interval.High, "95 % interval") { Remark = $"{share.Count} of {share.Of} seeds" };

    /// <summary>A single published run among ours: whether it lies in the middle 99 %.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="published">The run.</param>
    /// <param name="values">Of all our seeds, those that diverged NaN.</param>
    public static Finding Among(string name, Published published, IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        int below = sorted.Count(value => value < published.Value);
        return new Finding(
            name, published, PopulationResult.Quantile(sorted, 0.5), PopulationResult.Quantile(sorted, Tail), PopulationResult.Quantile(sorted, 1 - Tail), "middle 99 %")
        {
            Remark = FormattableString.Invariant($"{100.0 * below / values.Count:f1} % of {values.Count} seeds lie below"),
        };
    }

    /// <summary>The median of a number over seeds.</summary>
    public static Finding Over(string name, Published? published, IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        double median = PopulationResult.Quantile(sorted, 0.5);
        return new Finding(name, published, median, median, median, "median")
        {
            Remark = sorted.Length == 0 ? null : FormattableString.Invariant($"of {sorted.Length} seeds, {sorted[0]:g4} to {sorted[^1]:g4}"),
        };
    }
}
