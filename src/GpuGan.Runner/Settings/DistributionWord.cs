using System.Text.Json;
using System.Text.RegularExpressions;
using GpuGan.Kernels.Distributions;

namespace GpuGan.Runner.Settings;

/// <summary>How options, files and reports say what rows are drawn from.</summary>
internal static partial class DistributionWord
{
    /// <summary>Its name in files.</summary>
    public const string Name = "distribution";

    /// <summary>Why <c>--distribution</c> does not go with <c>--data</c>.</summary>
    public const string NothingToDraw = "is for drawn rows, and --data reads a file's; leave one of them out";

    /// <summary>What is meant where nothing is said.</summary>
    public static readonly string Usual = $"{Gaussian.Chapter}";

    /// <summary>All words with their numbers, for the help.</summary>
    public static string Forms => string.Join('|', DistributionTable.All.Values);

    /// <summary>Finds what a text means.</summary>
    /// <exception cref="FormatException">It means nothing; the message follows the text.</exception>
    public static IDistribution Parse(string text)
    {
        try
        {
            return DistributionTable.Parse(text);
        }
        catch (ArgumentException exception)
        {
            throw new FormatException($"is refused: {exception.Message}", exception);
        }
    }

    /// <summary>The texts of a list: a comma before a number belongs to the numbers of one.</summary>
    public static string[] Split(string list) => BetweenWords().Split(list);

    /// <summary>What settings in JSON say; those that do not mean the chapter's.</summary>
    /// <exception cref="FormatException">They say what there is not.</exception>
    public static IDistribution Read(JsonElement settings)
    {
        string text = settings.TryGetProperty(Name, out JsonElement word) ? word.GetString() ?? Usual : Usual;
        try
        {
            return Parse(text);
        }
        catch (FormatException exception)
        {
            throw new FormatException($"{Name} {text} {exception.Message}", exception);
        }
    }

    /// <summary>What reports call it.</summary>
    public static string Describe(IDistribution distribution) => distribution.Equals(Gaussian.Chapter) ? "Gaussian" : $"{distribution}";

    [GeneratedRegex(",(?=[a-z])")]
    private static partial Regex BetweenWords();
}
