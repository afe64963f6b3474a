using System.Security;

namespace GpuGan.Kernels.Files;

/// <summary>A file or folder is missing, cannot be used, or does not hold what it should.</summary>
/// <param name="path">The path as it was given.</param>
/// <param name="problem">What is wrong, where in the file, and what would be right.</param>
public sealed class FileContentException(string path, string problem) : Exception($"{path}: {problem}")
{
    /// <summary>What is wrong, without the file.</summary>
    public string Problem => problem;

    /// <summary>Whether an exception is one of those that opening, reading and writing files throw.</summary>
    internal static bool IsAboutFiles(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or SecurityException or ArgumentException or NotSupportedException;

    /// <summary>Names the file of a failed operation.</summary>
    internal static FileContentException Of(string path, Exception exception) => new(path, Describe(path, exception));

    /// <summary>Says in a few words what a file operation failed of.</summary>
    internal static string Describe(string path, Exception exception) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException => "no such file or folder",
        _ when Directory.Exists(path) && exception is UnauthorizedAccessException => "is a folder, or may not be used",
        UnauthorizedAccessException => "permission denied",
        PathTooLongException => "the path is too long",

        // .NET adds the name of the file beside, which is gone.
        IOException => exception.Message.Split(" : '")[0],
        _ => exception.Message,
    };
}
