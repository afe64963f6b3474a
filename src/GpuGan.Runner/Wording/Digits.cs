using System.Globalization;

namespace GpuGan.Runner.Wording;

/// <summary>Numbers as reports show them.</summary>
internal static class Digits
{
    private const double Large = 1e6;

    /// <summary>Four digits after the point, of large numbers five in all; what rounds to zero has no sign.</summary>
    /// <param name="value">Any number.</param>
    /// <param name="unknown">What stands for one that is not finite.</param>
    public static string Of(double value, string unknown) =>
        !double.IsFinite(value) ? unknown : Math.Abs(value) < Large ? Fixed(value) : value.ToString("g5", CultureInfo.InvariantCulture);

    /// <summary>Four digits after the point; what rounds to zero has no sign.</summary>
    public static string Fixed(double value) => (Math.Abs(value) < 0.00005 ? 0 : value).ToString("f4", CultureInfo.InvariantCulture);
}
