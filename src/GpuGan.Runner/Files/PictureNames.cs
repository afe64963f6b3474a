using GpuGan.Runner.Settings;

namespace GpuGan.Runner.Files;

/// <summary>The names of pictures, by which a folder knows its own.</summary>
internal static class PictureNames
{
    /// <summary>How far members of a population are from their target.</summary>
    public const string Errors = "errors";

    /// <summary>Those that a population may have.</summary>
    public static readonly IReadOnlyList<string> Population = [.. FigureNames.AllNames, Errors];

    /// <summary>Those of the way of a training.</summary>
    public static readonly IReadOnlyList<string> History = ["history", "orbit"];

    /// <summary>The files of a sweep.</summary>
    public static readonly IReadOnlyList<string> SweepFiles = ["curves.???", "heat_*.???", "multiples.???"];
}
