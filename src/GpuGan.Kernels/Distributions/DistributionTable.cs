namespace GpuGan.Kernels.Distributions;

/// <summary>Finds a distribution by its word and its numbers, such as <c>ring:8:1:0.01</c>; numbers that are left out are the usual ones.</summary>
internal static class DistributionTable
{
    /// <summary>All that there are, by their words.</summary>
    public static IReadOnlyDictionary<string, DistributionForm> All { get; } = new[]
    {
        new DistributionForm("chapter", [], _ => Gaussian.Chapter),
        new DistributionForm("gaussian", ["A11,A12,A21,A22", "B1,B2"], given => new Gaussian(given.Floats(0), given.Floats(1)), required: 2),
        new DistributionForm("normal", ["COLUMNS"], given => Gaussian.Standard(given.Whole(0, 1)), required: 1),
        new DistributionForm("ring", ["MODES", "RADIUS", "STD"], given => new Ring(given.Whole(0, 8), given.Number(1, 1), given.Number(2, 0.01))),
        new DistributionForm("grid", ["SIDE", "SPACING", "STD"], given => new Grid(given.Whole(0, 5), given.Number(1, 2), given.Number(2, 0.05))),
        new DistributionForm("spiral", ["TURNS", "RADIUS", "STD"], given => new Spiral(given.Whole(0, 2), given.Number(1, 1), given.Number(2, 0.02))),
        new DistributionForm("moons", ["STD"], given => new Moons(given.Number(0, 0.05))),
        new DistributionForm("circles", ["FACTOR", "STD"], given => new Circles(given.Number(0, 0.5), given.Number(1, 0.05))),
        new DistributionForm("line", ["STD"], given => new Line(given.Number(0, 0.05))),
        new DistributionForm("point", ["X,Y"], given => new Point(given.Floats(0)), required: 1),
    }.ToDictionary(form => form.Word);

    /// <summary>Finds a distribution.</summary>
    /// <param name="text">Its word, and its numbers behind colons.</param>
    /// <returns>The distribution, whose own text gives it again.</returns>
    /// <exception cref="ArgumentException">There is no such word, or its numbers are none, too many or out of range.</exception>
    public static IDistribution Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split(':');
        if (!All.TryGetValue(parts[0], out DistributionForm? form))
        {
            throw new ArgumentException($"there is no distribution {parts[0]}; there are {string.Join(", ", All.Keys)}");
        }

        if (parts.Length - 1 < form.Required || parts.Length - 1 > form.Numbers.Count)
        {
            string most = form.Numbers.Count == 0 ? "it takes no numbers" : $"write {form}";
            throw new ArgumentException($"{text} has {parts.Length - 1} numbers behind colons; {most}");
        }

        return form.Make(new GivenNumbers(text, parts[1..]));
    }
}
