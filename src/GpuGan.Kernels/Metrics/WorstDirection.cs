using System.Globalization;
using GpuGan.Kernels.Distributions;

namespace GpuGan.Kernels.Metrics;

/// <summary>Where a generator is most wrong: a weighted sum of the columns, along which it is too wide, too narrow or off.</summary>
/// <param name="Weights"><c>[column]</c>: the sum's; its standard deviation in the target is 1.</param>
/// <param name="Deviations"><c>[column]</c>: the standard deviations of the target's columns.</param>
/// <param name="Size">
/// The generator's standard deviation along it, in those of the target; of a shift, how far its mean is off, in the same units.
/// </param>
/// <param name="IsShift">Whether the mean is what is wrong.</param>
internal sealed record WorstDirection(IReadOnlyList<double> Weights, IReadOnlyList<double> Deviations, double Size, bool IsShift)
{
    // A column that counts for less than this part of the largest is not named.
    private const double LeastPart = 0.05;
    private const int MostColumns = 4;

    /// <summary>In words, such as <c>along x1 - 0.5 x2 the generator is 23 times too narrow</c>.</summary>
    /// <param name="names">Of the columns; null where they have none.</param>
    /// <exception cref="ArgumentException">There is another number of names.</exception>
    public string Describe(IReadOnlyList<string>? names)
    {
        if (names is not null && names.Count != Weights.Count)
        {
            throw new ArgumentException($"{names.Count} names do not fit {Weights.Count} columns");
        }

        double[] parts = [.. Weights.Zip(Deviations, (weight, deviation) => Math.Abs(weight * deviation))];
        int[] named =
        [
            .. Enumerable.Range(0, parts.Length).Where(i => parts[i] >= LeastPart * parts.Max()).OrderByDescending(i => parts[i]).Take(MostColumns).Order(),
        ];
        int first = named[0];
        string sum = string.Concat(named.Select(i => Term(i, Weights[i] / Weights[first], i == first, names)));
        return $"along {sum} the generator is {HowWrong()}";
    }

    /// <summary>The same in the units of the data.</summary>
    /// <param name="standardization">What the units of this direction came from.</param>
    internal WorstDirection Undo(Standardization standardization) => standardization.IsNone ? this : this with
    {
        Weights = [.. Weights.Zip(standardization.Scale, (weight, scale) => weight / scale)],
        Deviations = [.. Deviations.Zip(standardization.Scale, (deviation, scale) => deviation * scale)],
    };

    private static string Term(int column, double weight, bool isFirst, IReadOnlyList<string>? names)
    {
        string name = names?[column] ?? $"x{column + 1}";
        string size = Digits(Math.Abs(weight));
        return isFirst ? name : $" {(weight < 0 ? "-" : "+")} {(size == "1" ? "" : size + " ")}{name}";
    }

    private string HowWrong() => (IsShift, Size) switch
    {
        (true, _) => $"off by {Digits(Size)} standard deviations of the data",
        (_, 0 or double.NaN) => "flat: it has no spread",
        (_, < 1) => $"{Digits(1 / Size)} times too narrow",
        _ => $"{Digits(Size)} times too wide",
    };

    private static string Digits(double value) => value switch
    {
        >= 1e6 or < 1e-3 => value.ToString("0.#e0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0", CultureInfo.InvariantCulture),
        _ => value.ToString("G2", CultureInfo.InvariantCulture),
    };
}
