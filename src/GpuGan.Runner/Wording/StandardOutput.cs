using Microsoft.Win32.SafeHandles;

namespace GpuGan.Runner.Wording;

/// <summary>Standard output for rows without an end in sight, whose reader may have enough of them.</summary>
internal static class StandardOutput
{
    // EPIPE of Linux and macOS.
    private const int BrokenPipe = 32;

    /// <summary>Writes until all is written, or until nobody reads any more: both are success, as after <c>| head</c>.</summary>
    /// <param name="output">The command's output.</param>
    /// <param name="write">Writes to the writer that it gets.</param>
    public static void Write(TextWriter output, Action<TextWriter> write)
    {
        try
        {
            // .NET's own writer goes on silently when a pipe is closed. In a file it keeps the place for programs that write after it.
            using FileStream? own = output == Console.Out && Console.IsOutputRedirected && !OperatingSystem.IsWindows()
                ? new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write)
                : null;
            if (own is { CanSeek: false })
            {
                using StreamWriter writer = new(own);
                write(writer);
            }
            else
            {
                write(output);
            }
        }
        catch (IOException exception) when (exception.HResult == BrokenPipe)
        {
        }
    }
}
