using System.Text.Json.Nodes;

namespace GpuGan.Runner.Wording;

/// <summary>How many of a population have a property, and what that says of all seeds.</summary>
/// <param name="Count">How many have it.</param>
/// <param name="Of">Of how many; at least 1.</param>
internal readonly record struct Share(int Count, int Of)
{
    // The 97.5 % quantile of the standard normal distribution.
    private const double Z = 1.959963984540054;

    public double Value => (double)Count / Of;

    /// <summary>
    /// The 95 % interval of Wilson ("Probable Inference, the Law of Succession, and Statistical Inference", 1927), which also
    /// holds for shares near 0 and 1.
    /// </summary>
    public (double Low, double High) Interval
    {
        get
        {
            double z2 = Z * Z / Of;
            double middle = (Value + (z2 / 2)) / (1 + z2);
            double half = Z / (1 + z2) * Math.Sqrt(((Value * (1 - Value)) + (z2 / 4)) / Of);
            return (Math.Max(0, middle - half), Math.Min(1, middle + half));
        }
    }

    public override string ToString() => $"{Count} of {Of}, {100 * Value:f1} %  (95 % interval {100 * Interval.Low:f1} to {100 * Interval.High:f1} %)";

    /// <summary>Adds the count, the share and its interval to a summary.</summary>
    public void AddTo(JsonObject json, string name)
    {
        json[name] = Count;
        json[$"{name}_share"] = Value;
        json[$"{name}_low"] = Interval.Low;
        json[$"{name}_high"] = Interval.High;
    }
}
