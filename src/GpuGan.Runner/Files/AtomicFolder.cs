namespace GpuGan.Runner.Files;

/// <summary>Folders that appear complete or not at all.</summary>
internal static class AtomicFolder
{
    /// <summary>Makes a folder beside, fills it, and renames it. With something in it, it takes a free name only: two that do this at once never get the same one.</summary>
    /// <param name="path">Final name.</param>
    /// <param name="fill">Writes at least one file into the folder whose path it gets.</param>
    /// <returns>Whether the name was free.</returns>
    /// <exception cref="FileContentException">The folder cannot be made.</exception>
    public static bool TryCreate(string path, Action<string> fill)
    {
        if (Exists(path))
        {
            return false;
        }

        string beside = $"{Path.TrimEndingDirectorySeparator(path)}.{Path.GetRandomFileName()}.tmp";
        try
        {
            Directory.CreateDirectory(beside);
            fill(beside);
            Directory.Move(beside, path);
            return true;
        }
        catch (Exception exception) when (FileContentException.IsAboutFiles(exception))
        {
            return Exists(path) ? false : throw new FileContentException(path, $"the folder cannot be made: {FileContentException.Describe(path, exception)}");
        }
        finally
        {
            if (Directory.Exists(beside))
            {
                Directory.Delete(beside, recursive: true);
            }
        }
    }

    /// <summary>Whether a name is taken, by a folder or a file.</summary>
    public static bool Exists(string path) => Directory.Exists(path) || File.Exists(path);
}
