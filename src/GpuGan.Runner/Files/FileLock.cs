namespace GpuGan.Runner.Files;

/// <summary>
/// What one process has and others do not, by a lock of the operating system on a file. It ends with the process, however that ends; the
/// file may stay, and means nothing.
/// </summary>
internal sealed class FileLock : IDisposable
{
    // How the systems say that another has the lock: Linux and macOS by their numbers, Windows by its code of a sharing violation.
    private static readonly int[] Taken = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream stream;

    private FileLock(FileStream stream) => this.stream = stream;

    /// <summary>Takes the lock; null where another has it.</summary>
    /// <param name="path">The file, in a folder that is there.</param>
    /// <exception cref="FileContentException">The file cannot be made.</exception>
    public static FileLock? TryTake(string path)
    {
        try
        {
            return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception) when (Taken.Contains(exception.HResult))
        {
            return null;
        }
        catch (Exception exception) when (FileContentException.IsAboutFiles(exception))
        {
            throw FileContentException.Of(path, exception);
        }
    }

    /// <summary>Waits for the lock.</summary>
    /// <param name="path">The file, in a folder that is there.</param>
    /// <param name="most">How long.</param>
    /// <exception cref="FileContentException">The file cannot be made, or another has the lock all that time.</exception>
    public static FileLock Take(string path, TimeSpan most)
    {
        for (DateTime end = DateTime.UtcNow + most; ; Thread.Sleep(20))
        {
            if (TryTake(path) is FileLock taken)
            {
                return taken;
            }

            if (DateTime.UtcNow > end)
            {
                throw new FileContentException(path, $"another process has held it for {most.TotalSeconds:f0} seconds; end that process");
            }
        }
    }

    public void Dispose() => stream.Dispose();
}
