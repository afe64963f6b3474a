using GpuGan.Kernels.Distributions.Csv;
using GpuGan.Kernels.Files;

namespace GpuGan.Kernels.Distributions;

/// <summary>Whether the first row of a data file holds the names of its columns.</summary>
public enum HeaderRow
{
    /// <summary>The rows below it tell.</summary>
    Auto,

    /// <summary>It does.</summary>
    Yes,

    /// <summary>It holds numbers.</summary>
    No,
}

/// <summary>How a data file is read. What is left out is found in the file, or refused with the setting that helps.</summary>
public sealed record CsvOptions
{
    /// <summary>The columns that are read, in their order: names, numbers from 1, and ranges of either, such as <c>2-4,waiting</c>; null for all.</summary>
    /// <exception cref="InvalidSettingException">The text chooses nothing, or a quote in it is not closed.</exception>
    public string? Columns
    {
        get;
        init
        {
            Selection = value is null ? null : SelectionOf(value);
            field = value;
        }
    }

    /// <summary>Whether rows with missing values are left out.</summary>
    public bool SkipMissing { get; init; }

    /// <summary>The decimal sign: a point or a comma.</summary>
#pragma warning disable CA1720 // It is the type's name too; who reads files elsewhere knows it by this one.
    public char Decimal { get; init; } = '.';
#pragma warning restore CA1720

    /// <summary>What stands between cells, a blank for runs of them; null where the file tells.</summary>
    public char? Delimiter { get; init; }

    /// <summary>Whether the first row holds names.</summary>
    public HeaderRow Header { get; init; }

    /// <summary>Whether columns may lose values where their numbers become floats.</summary>
    public bool AllowRounding { get; init; }

    /// <summary>How messages call a setting.</summary>
    internal SettingName Setting { get; init; } = SettingNames.Property;

    /// <summary>The columns that are read; null for all.</summary>
    internal ColumnSelection? Selection { get; private init; }

    private static ColumnSelection SelectionOf(string text)
    {
        try
        {
            return ColumnSelection.Parse(text);
        }
        catch (FormatException exception)
        {
            throw new InvalidSettingException(nameof(Columns), $"{OneLine.Quote(text)} {exception.Message}");
        }
    }
}
