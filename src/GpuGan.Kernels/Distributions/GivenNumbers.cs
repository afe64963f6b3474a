using System.Globalization;

namespace GpuGan.Kernels.Distributions;

/// <summary>The numbers that were given behind a word.</summary>
/// <param name="Text">All of it, for messages.</param>
/// <param name="Parts">What stands between the colons.</param>
internal sealed record GivenNumbers(string Text, IReadOnlyList<string> Parts)
{
    /// <summary>A whole number.</summary>
    /// <param name="part">Its place, from 0.</param>
    /// <param name="usual">What it is where it is left out.</param>
    /// <exception cref="ArgumentException">It is none.</exception>
    public int Whole(int part, int usual) => part >= Parts.Count ? usual
        : int.TryParse(Parts[part], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number
        : throw new ArgumentException($"{Text}: {Parts[part]} is no whole number");

    /// <summary>A number.</summary>
    /// <inheritdoc cref="Whole"/>
    public double Number(int part, double usual) => part >= Parts.Count ? usual : Parse(Parts[part]);

    /// <summary>Numbers between commas, rounded to floats.</summary>
    /// <param name="part">Their place, from 0.</param>
    /// <exception cref="ArgumentException">One is none.</exception>
    public IReadOnlyList<float> Floats(int part) => [.. Parts[part].Split(',').Select(word => (float)Parse(word))];

    private double Parse(string word) =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number
            : throw new ArgumentException($"{Text}: {(word.Length == 0 ? "nothing" : word)} is no number");
}
