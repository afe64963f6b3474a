using System.Globalization;
using GpuGan.Runner.Wording;

namespace GpuGan.Runner.Reproductions;

/// <summary>A number of a paper, or what it leaves open.</summary>
/// <param name="Text">As it is printed.</param>
/// <param name="Low">The least that it may mean.</param>
/// <param name="High">The greatest.</param>
/// <param name="Rounding">Half a unit of its last digit; 0 where it is a formula's.</param>
internal sealed record Published(string Text, double Low, double High, double Rounding = 0)
{
    /// <summary>Where ours is subtracted from.</summary>
    public double Value => (Low + High) / 2;

    /// <summary>A number as it is printed, such as <c>3.097</c> or <c>2.643e-6</c>.</summary>
    public static Published Number(string text)
    {
        double value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        string[] parts = text.Split('e');
        int point = parts[0].IndexOf('.', StringComparison.Ordinal);
        int digits = (point < 0 ? 0 : parts[0].Length - point - 1) - (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0);
        return new Published(text, value, value, 0.5 * Math.Pow(10, -digits));
    }

    /// <summary>What a formula gives.</summary>
    /// <param name="text">The formula, or its value.</param>
    /// <param name="value">Its value.</param>
    public static Published Formula(string text, double value) => new(text, value, value);

    /// <summary>Anything between two numbers.</summary>
    public static Published Range(string text, double low, double high) => new(text, low, high);

    /// <summary>A share of so many trainings, with what it says of all: the 95 % interval of Wilson.</summary>
    public static Published ShareOf(int count, int of)
    {
        Share share = new(count, of);
        return new Published($"{count} of {of}", share.Interval.Low, share.Interval.High);
    }
}
