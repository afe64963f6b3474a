namespace GpuGan.Kernels.Files;

/// <summary>Files that appear complete or not at all.</summary>
internal static class AtomicFile
{
    private const string Unfinished = ".tmp";

    /// <summary>Writes beside the final name, flushes to the disk, and renames.</summary>
    /// <param name="path">Final name; a file that is there is replaced.</param>
    /// <param name="write">Writes the contents.</param>
    /// <exception cref="FileContentException">The file cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        if (IsDevice(path))
        {
            WriteDevice(path, write);
            return;
        }

        // A dot hides what a kill leaves behind, and no reader takes it for a result.
        string beside = Path.Join(Path.GetDirectoryName(path), $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}{Unfinished}");
        try
        {
            using (FileStream stream = new(beside, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(beside, path, overwrite: true);
        }
        catch (Exception exception) when (FileContentException.IsAboutFiles(exception))
        {
            if (File.Exists(beside))
            {
                File.Delete(beside);
            }

            throw FileContentException.Of(path, exception);
        }
    }

    /// <summary>Deletes what kills left behind while they wrote; not what a process is writing.</summary>
    /// <exception cref="FileContentException">They cannot be deleted.</exception>
    public static void Tidy(string folder)
    {
        try
        {
            foreach (string file in Directory.GetFiles(folder, $".*{Unfinished}").Where(IsLeft))
            {
                File.Delete(file);
            }
        }
        catch (Exception exception) when (FileContentException.IsAboutFiles(exception))
        {
            throw FileContentException.Of(folder, exception);
        }
    }

    /// <summary>Writes text in UTF-8, without a byte-order mark.</summary>
    public static void Write(string path, string text) => Write(path, stream =>
    {
        using StreamWriter writer = new(stream, leaveOpen: true);
        writer.Write(text);
    });

    // Who writes a file has it open for itself.
    private static bool IsLeft(string file)
    {
        try
        {
            new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.None).Dispose();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    // A file renamed to /dev/null or /dev/stdout would take its place for all programs. What lies in /dev/shm are files as any other.
    private static bool IsDevice(string path) => Path.GetDirectoryName(Path.GetFullPath(path)) is "/dev" or "/dev/fd" or "/dev/pts";

    private static void WriteDevice(string path, Action<Stream> write)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            write(stream);
        }
        catch (Exception exception) when (FileContentException.IsAboutFiles(exception))
        {
            throw FileContentException.Of(path, exception);
        }
    }
}
