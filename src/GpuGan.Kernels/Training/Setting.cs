using System.Globalization;
using System.Text.RegularExpressions;
using GpuGan.Kernels.Networks;

namespace GpuGan.Kernels.Training;

/// <summary>
/// A setting of a training, declared once, in <see cref="SettingTable"/>: what it is called, what it means, its range, how it is read and
/// written. Options, help, axes of sweeps, files and checks follow from it.
/// </summary>
/// <param name="property">The property of <see cref="TrainingSettings"/> or of its parts, in C#'s spelling.</param>
/// <param name="description">What it decides, for the help.</param>
internal abstract partial class Setting(string property, string description)
{
    /// <summary>The property's name, such as <c>LrD</c>; an <see cref="InvalidSettingException"/> has it.</summary>
    public string Property { get; } = property;

    /// <summary>Its name in files, such as <c>lr_d</c>.</summary>
    public string Name { get; } = WordStart().Replace(property, "_$0").ToLowerInvariant();

    /// <summary>What it decides, for the help.</summary>
    public string Description { get; } = description;

    /// <summary>What it was called in files of before; null where it was called the same.</summary>
    public string? FormerName { get; init; }

    /// <summary>All names by which files have it, that of today first.</summary>
    public IReadOnlyList<string> Names => FormerName is null ? [Name] : [Name, FormerName];

    /// <summary>Whether there are files that are older than it; its default was meant there.</summary>
    public bool IsNew { get; init; }

    /// <summary>The setting that decides where this one is not given; null where its own default does.</summary>
    public string? Follows { get; init; }

    /// <summary>Type of its values: <c>double</c>, <c>int</c>, <c>bool</c> or <c>string</c>.</summary>
    public abstract Type Type { get; }

    /// <summary>What the help shows for a value.</summary>
    public abstract string Form { get; }

    /// <summary>Whether it is the widths of a network, whose default the columns of the data decide.</summary>
    public virtual bool IsWidths => false;

    /// <summary>Whether the code of the kernels depends on it; else each member of a population has its own.</summary>
    public virtual bool DecidesCode => true;

    /// <summary>The words that there are; none where it is a number.</summary>
    public virtual IReadOnlyList<string> Words => [];

    /// <summary>The value as files and tables have it: a <c>double</c>, an <c>int</c>, a <c>bool</c> or a <c>string</c>.</summary>
    public abstract object Read(TrainingSettings settings);

    /// <summary>Sets the value that a text means.</summary>
    /// <exception cref="FormatException">It means none; the message follows the text.</exception>
    public abstract TrainingSettings Apply(TrainingSettings settings, string text);

    /// <summary>The text of the value, which <see cref="Apply"/> reads to the same bits.</summary>
    public virtual string TextOf(TrainingSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return Read(settings) switch
        {
            bool value => value ? "true" : "false",
            object value => string.Create(CultureInfo.InvariantCulture, $"{value}"),
        };
    }

    /// <summary>The nearest number that is a value; null where it takes no numbers.</summary>
    public abstract double? Round(double number);

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex WordStart();
}

/// <summary>A setting that is a number, of which each member of a population has its own; the code of the kernels does not depend on it.</summary>
/// <param name="property">The property.</param>
/// <param name="description">What it decides.</param>
/// <param name="get">Reads it.</param>
/// <param name="set">Makes settings that have it.</param>
internal sealed class NumberSetting(
    string property, string description, Func<TrainingSettings, double> get, Func<TrainingSettings, double, TrainingSettings> set)
    : Setting(property, description)
{
    /// <summary>The least value.</summary>
    public double Least { get; init; }

    /// <summary>The greatest value.</summary>
    public double Most { get; init; } = double.PositiveInfinity;

    /// <summary>What the value, rounded to a float, must be below.</summary>
    public double Below { get; init; } = double.PositiveInfinity;

    /// <summary>Whether zero turns something off, so that the code depends on whether it is zero.</summary>
    public bool IsOffAtZero { get; init; }

    /// <inheritdoc/>
    public override Type Type => typeof(double);

    /// <inheritdoc/>
    public override string Form => "NUMBER";

    /// <inheritdoc/>
    public override object Read(TrainingSettings settings) => get(settings);

    /// <summary>The value.</summary>
    public double Of(TrainingSettings settings) => get(settings);

    /// <inheritdoc/>
    public override TrainingSettings Apply(TrainingSettings settings, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? set(settings, value)
            : throw new FormatException("is no finite number, such as 0.05 or 1e-8");

    /// <inheritdoc/>
    public override double? Round(double number) => number;

    /// <inheritdoc/>
    public override bool DecidesCode => IsOffAtZero;

    /// <summary>The settings with what the code depends on, and nothing else, of this number.</summary>
    internal TrainingSettings Neutral(TrainingSettings settings) => set(settings, IsOffAtZero && get(settings) != 0 ? 1 : 0);

    /// <summary>Checks the value.</summary>
    /// <exception cref="InvalidSettingException">It is out of range.</exception>
    internal void Require(TrainingSettings settings)
    {
        double value = get(settings);

        // The message is made where it is needed: a population has millions of numbers.
        string? problem = !float.IsFinite((float)value) ? "is not a finite float32 number"
            : value < Least ? Least == 0 ? "is negative; it must be at least 0" : $"is too small; it must be at least {Text(Least)}"
            : value > Most ? $"is too large; it must be at most {Text(Most).Replace("E+", "e", StringComparison.Ordinal)}"
            : (float)value >= Below ? $"is too large; it must be below {Text(Below)}"
            : null;
        if (problem is not null)
        {
            throw new InvalidSettingException(Property, $"{Text(value)} {problem}");
        }

        static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
    }
}

/// <summary>A setting that is a whole number from 1 on.</summary>
/// <param name="property">The property.</param>
/// <param name="description">What it decides.</param>
/// <param name="get">Reads it.</param>
/// <param name="set">Makes settings that have it.</param>
internal sealed class CountSetting(string property, string description, Func<TrainingSettings, int> get, Func<TrainingSettings, int, TrainingSettings> set)
    : Setting(property, description)
{
    private const string All = "all";

    /// <summary>Whether it counts rows, of which there may be all.</summary>
    public bool TakesAll { get; init; }

    /// <inheritdoc/>
    public override Type Type => typeof(int);

    /// <inheritdoc/>
    public override string Form => TakesAll ? $"N|{All}" : "N";

    /// <inheritdoc/>
    public override string TextOf(TrainingSettings settings) => TakesAll && get(settings) == TrainingSettings.AllRows ? All : base.TextOf(settings);

    /// <inheritdoc/>
    public override object Read(TrainingSettings settings) => get(settings);

    /// <inheritdoc/>
    public override TrainingSettings Apply(TrainingSettings settings, string text) =>
        TakesAll && text == All ? set(settings, TrainingSettings.AllRows)
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= 1
            ? set(settings, value)
            : throw new FormatException($"is {(TakesAll ? $"neither {All} nor a" : "no")} whole number from 1 to {int.MaxValue}");

    /// <inheritdoc/>
    public override double? Round(double number) => Math.Round(number);

    /// <summary>Checks the value.</summary>
    /// <exception cref="InvalidSettingException">It is too small.</exception>
    internal void Require(TrainingSettings settings)
    {
        if (get(settings) < 1)
        {
            throw new InvalidSettingException(Property, $"{get(settings)} is too small; it must be at least 1");
        }
    }
}

/// <summary>A setting that is true or false.</summary>
/// <param name="property">The property.</param>
/// <param name="description">What it decides.</param>
/// <param name="get">Reads it.</param>
/// <param name="set">Makes settings that have it.</param>
internal sealed class SwitchSetting(string property, string description, Func<TrainingSettings, bool> get, Func<TrainingSettings, bool, TrainingSettings> set)
    : Setting(property, description)
{
    /// <inheritdoc/>
    public override Type Type => typeof(bool);

    /// <inheritdoc/>
    public override string Form => "true|false";

    /// <inheritdoc/>
    public override object Read(TrainingSettings settings) => get(settings);

    /// <inheritdoc/>
    public override TrainingSettings Apply(TrainingSettings settings, string text) => text is "true" or "false"
        ? set(settings, text == "true")
        : throw new FormatException("is neither true nor false");

    /// <inheritdoc/>
    public override double? Round(double number) => null;
}

/// <summary>A setting that is a word of a table.</summary>
/// <typeparam name="T">What the words stand for.</typeparam>
/// <param name="property">The property.</param>
/// <param name="description">What it decides.</param>
/// <param name="table">The words.</param>
/// <param name="wordOf">The word of what the settings have.</param>
/// <param name="set">Makes settings that have it.</param>
internal sealed class WordSetting<T>(
    string property, string description, WordTable<T> table, Func<TrainingSettings, string> wordOf, Func<TrainingSettings, T, TrainingSettings> set)
    : Setting(property, description)
    where T : notnull
{
    /// <inheritdoc/>
    public override Type Type => typeof(string);

    /// <inheritdoc/>
    public override string Form => string.Join('|', table.Forms);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Words => table.Words;

    /// <inheritdoc/>
    public override object Read(TrainingSettings settings) => wordOf(settings);

    /// <inheritdoc/>
    public override TrainingSettings Apply(TrainingSettings settings, string text) => set(settings, table.Parse(text));

    /// <inheritdoc/>
    public override double? Round(double number) => null;
}

/// <summary>A setting that is the widths of a network.</summary>
/// <param name="property">The property.</param>
/// <param name="description">What it decides.</param>
/// <param name="get">Reads the network.</param>
/// <param name="set">Makes settings that have it.</param>
internal sealed class WidthsSetting(
    string property, string description, Func<TrainingSettings, Network> get, Func<TrainingSettings, Network, TrainingSettings> set)
    : Setting(property, description)
{
    /// <inheritdoc/>
    public override Type Type => typeof(string);

    /// <inheritdoc/>
    public override string Form => "WIDTHS";

    /// <inheritdoc/>
    public override bool IsWidths => true;

    /// <inheritdoc/>
    public override object Read(TrainingSettings settings) => get(settings).ToString();

    /// <inheritdoc/>
    public override TrainingSettings Apply(TrainingSettings settings, string text)
    {
        try
        {
            return set(settings, get(settings).WithWidths([.. Network.Parse(text).Widths]));
        }
        catch (ArgumentException exception)
        {
            throw new FormatException($"is refused: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public override double? Round(double number) => null;
}
