using System.Globalization;

namespace GpuGan.Kernels.Distributions;

/// <summary>Distributions in words, such as <c>ring:8:1:0.01</c>, and what their numbers may be.</summary>
internal static class DistributionText
{
    // Squares and sums of such numbers are neither zero nor infinite in float32.
    private const double Largest = 1e15, Smallest = 1e-15;

    /// <summary>The word and its numbers, each in the fewest digits that give it again.</summary>
    public static string Of(string word, params IConvertible[] numbers) =>
        string.Join(':', [word, .. numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))]);

    /// <summary>Numbers between commas, each in the fewest digits that give it again.</summary>
    public static string List(IEnumerable<float> numbers) => string.Join(',', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Refuses a count that is out of range.</summary>
    /// <param name="distribution">Which has it.</param>
    /// <param name="kind">What it is, with its article.</param>
    /// <param name="name">What is counted.</param>
    /// <param name="value">How many.</param>
    /// <param name="most">The most.</param>
    /// <exception cref="ArgumentException">There are none, or too many.</exception>
    public static void RequireCount(IDistribution distribution, string kind, string name, int value, int most)
    {
        if (value < 1 || value > most)
        {
            throw new ArgumentException($"{distribution} has {value} {name}; {kind} has at {(value < 1 ? "least 1" : $"most {most}")}");
        }
    }

    /// <summary>Refuses what is no length.</summary>
    /// <param name="distribution">Which has it.</param>
    /// <param name="name">What it is.</param>
    /// <param name="value">The number.</param>
    /// <exception cref="ArgumentException">It is not positive, or too small or too large for float32.</exception>
    public static void RequireLength(IDistribution distribution, string name, double value)
    {
        if (!(value is >= Smallest and <= Largest))
        {
            throw new ArgumentException(FormattableString.Invariant($"{distribution} has the {name} {value}; it must be positive, from 1e-15 to 1e15"));
        }
    }

    /// <summary>Refuses numbers that are not finite, or too large.</summary>
    /// <param name="distribution">Which has them.</param>
    /// <param name="values">The numbers.</param>
    /// <exception cref="ArgumentException">One is out of range.</exception>
    public static void RequireNumbers(IDistribution distribution, IEnumerable<float> values)
    {
        if (!values.All(value => Math.Abs(value) <= Largest))
        {
            throw new ArgumentException($"{distribution} has a number that is none or too large; they may be from -1e15 to 1e15");
        }
    }
}
