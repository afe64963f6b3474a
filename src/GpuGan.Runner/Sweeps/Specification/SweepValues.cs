using System.Globalization;
using GpuGan.Kernels;

namespace GpuGan.Runner.Sweeps.Specification;

/// <summary>Reads what is written for a setting: values and ranges between commas, or a distribution.</summary>
internal static class SweepValues
{
    /// <summary>The axis that some texts make.</summary>
    /// <param name="setting">What they are for.</param>
    /// <param name="texts">Values, ranges, or one distribution.</param>
    /// <param name="basis">The settings that are not swept, for what depends on them.</param>
    /// <param name="columns">Columns of the data.</param>
    /// <exception cref="FormatException">Something is wrong with a text; the message names it.</exception>
    public static SweepAxis Parse(SweepSetting setting, IReadOnlyList<string> texts, MemberSettings basis, int columns)
    {
        if (texts.Count == 0)
        {
            throw new FormatException("has no values");
        }

        if (texts is [string only] && Distribution.Is(only))
        {
            return new SweepAxis(setting.Name, [ParseDistribution(only)]);
        }

        List<string> values = [];
        HashSet<string> seen = [];
        foreach (string text in texts)
        {
            foreach (string value in About(text, () => Expand(setting, text)).Distinct())
            {
                string canonical = About(value, () => Canonical(value));
                if (!seen.Add(canonical))
                {
                    throw new FormatException($"has {canonical} twice");
                }

                values.Add(canonical);
            }
        }

        return new SweepAxis(setting.Name, values);

        string ParseDistribution(string text) => About(text, () =>
        {
            Distribution distribution = Distribution.Parse(text);
            _ = Canonical(TextOf(setting.Round(distribution.From)));
            _ = Canonical(TextOf(setting.Round(distribution.To)));
            return distribution.ToString();
        });

        string Canonical(string value)
        {
            MemberSettings settings = setting.Set(basis, value);
            try
            {
                settings.Training.Validate(columns);
            }
            catch (InvalidSettingException exception) when (exception.Setting == setting.Property)
            {
                throw new FormatException($"is refused: {exception.Problem}", exception);
            }

            return setting.TextOf(settings);
        }
    }

    /// <summary>How many values some texts will make, as far as they are right: to refuse too many before they are made.</summary>
    public static int Count(IReadOnlyList<string> texts) =>
        (int)Math.Min(int.MaxValue, texts.Sum(text => NumberRange.Is(text) ? NumberRange.CountOf(text) ?? 1L : 1));

    /// <summary>Says of ranges that have fewer numbers than were asked for, as of whole ones, that equal ones are dropped.</summary>
    /// <param name="setting">What they are for.</param>
    /// <param name="texts">That <see cref="Parse"/> takes.</param>
    public static IEnumerable<string> Dropped(SweepSetting setting, IReadOnlyList<string> texts) =>
        from text in texts
        where NumberRange.Is(text)
        let different = Expand(setting, text).Distinct().Count()
        where different < NumberRange.CountOf(text)
        select $"{OneLine.Quote(text)} has {different} different {(setting.Type == typeof(int) ? "whole " : "")}numbers, not {NumberRange.CountOf(text)}; equal ones are dropped";

    /// <summary>The text of a number.</summary>
    public static string TextOf(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static IReadOnlyList<string> Expand(SweepSetting setting, string text) =>
        Distribution.Is(text) ? throw new FormatException("is a distribution; it stands alone, without other values")
        : NumberRange.Is(text) ? [.. NumberRange.Parse(text).Select(number => TextOf(setting.Round(number)))]
        : [text];

    private static T About<T>(string text, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException exception)
        {
            throw new FormatException($"{OneLine.Quote(text)} {exception.Message}", exception);
        }
    }
}
