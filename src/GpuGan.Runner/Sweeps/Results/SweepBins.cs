using System.Globalization;
using GpuGan.Runner.Sweeps.Specification;

namespace GpuGan.Runner.Sweeps.Results;

/// <summary>
/// The places of an axis's values in a picture: one for each, or, where random draws have left no two members the same value,
/// intervals of equal length, on a logarithmic scale where a logarithm was drawn.
/// </summary>
internal sealed class SweepBins
{
    // As many cells as a picture can show beside each other, and as many as are worth one each where members are strewn.
    private const int MostListed = 128;
    private const int MostDrawn = 16;
    private const int Bins = 16;
    private const char About = '≈';
    private const double LogarithmicFrom = 20;

    private readonly Dictionary<string, int> places;

    private SweepBins(string name, IReadOnlyList<string> labels, IReadOnlyList<double>? numbers, bool logarithmic, Dictionary<string, int> places) =>
        (Name, Labels, Numbers, IsLogarithmic, this.places) = (name, labels, numbers, logarithmic, places);

    /// <summary>The axis's name.</summary>
    public string Name { get; }

    /// <summary>What stands at each place.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>The number at each place; null where the values are words.</summary>
    public IReadOnlyList<double>? Numbers { get; }

    /// <summary>Whether a place is an interval, named by its middle.</summary>
    public bool AreIntervals => Labels[0].StartsWith(About);

    /// <summary>Number of places.</summary>
    public int Count => Labels.Count;

    /// <summary>Whether the numbers belong on a logarithmic scale.</summary>
    public bool IsLogarithmic { get; }

    /// <summary>The axes on which members differ.</summary>
    public static IEnumerable<SweepBins> All(SweepResult result) =>
        result.Axes.Select(axis => Of(axis, result.Rows)).Where(axis => axis.Count > 1);

    /// <summary>The places of an axis.</summary>
    /// <param name="axis">The axis; the only value of a random one is its distribution.</param>
    /// <param name="rows">All members.</param>
    public static SweepBins Of(SweepAxis axis, IReadOnlyList<SweepRow> rows)
    {
        string[] drawn = [.. rows.Select(row => row.Settings[axis.Name]).Distinct()];
        HashSet<string> listed = [.. axis.Values];
        bool isListed = drawn.All(listed.Contains);
        IReadOnlyList<string> values = isListed ? axis.Values : InOrder(drawn);
        double[]? numbers = NumbersOf(values);

        // What was drawn, as it was drawn: its intervals are filled alike.
        bool logarithmic = numbers is not null && (Distribution.Is(axis.Values[0]) ? Distribution.Parse(axis.Values[0]).Log : SpansLogarithmic(numbers));
        if (numbers is null || numbers.Length <= (isListed ? MostListed : MostDrawn))
        {
            string[] labels = [.. numbers?.Select(Short) ?? values];

            // Where short labels would coincide, they stand as typed.
            return new SweepBins(
                axis.Name,
                labels.Distinct().Count() == labels.Length ? labels : values,
                numbers,
                logarithmic,
                values.Select((value, i) => (value, i)).ToDictionary(pair => pair.value, pair => pair.i));
        }

        double Place(double number) => logarithmic ? Math.Log(number) : number;
        double from = Place(numbers.Min()), length = Place(numbers.Max()) - from;
        double[] centres = [.. Enumerable.Range(0, Bins).Select(bin => from + ((bin + 0.5) * length / Bins)).Select(place => logarithmic ? Math.Exp(place) : place)];
        return new SweepBins(
            axis.Name,
            [.. centres.Select(centre => $"{About}{Short(centre)}")],
            centres,
            logarithmic,
            values.Zip(numbers).ToDictionary(pair => pair.First, pair => Math.Min(Bins - 1, (int)((Place(pair.Second) - from) / length * Bins))));
    }

    /// <summary>The place of a member.</summary>
    public int PlaceOf(SweepRow row) => places[row.Settings[Name]];

    private static string[] InOrder(string[] drawn) =>
        NumbersOf(drawn) is double[] numbers ? [.. drawn.Zip(numbers).OrderBy(pair => pair.Second).Select(pair => pair.First)] : drawn;

    private static double[]? NumbersOf(IReadOnlyList<string> values)
    {
        double[] numbers = [.. values.Select(value => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN)];
        return numbers.All(double.IsFinite) ? numbers : null;
    }

    private static bool SpansLogarithmic(IReadOnlyList<double> numbers) => numbers.Min() > 0 && numbers.Max() / numbers.Min() >= LogarithmicFrom;

    // Three digits; whole numbers below a million stand as they are.
    private static string Short(double number) =>
        number.ToString(Math.Abs(number) is >= 1000 and < 1e6 ? "0" : "G3", CultureInfo.InvariantCulture);
}
